using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using TrustCenter.Engine;
using TrustCenter.Orleans;
using TrustCenter.Store;
using TrustCenter.Tests.Faults;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Orleans;

/// <summary>A real silo over a store, without the web; of the cluster in that database, or of its own.</summary>
internal sealed class Silo : IAsyncDisposable
{
    private readonly IHost host;

    private Silo(IHost host) => this.host = host;

    public IEngine Engine => host.Services.GetRequiredService<IEngine>();

    /// <summary>What is in its memory.</summary>
    public IReadOnlyCollection<AggregateId> Ids => host.Services.GetRequiredService<ActiveGrains>().Ids;

    public int Active => Ids.Count;

    /// <summary>The cluster's own count of them.</summary>
    public async Task<int> Activations() => (await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics())
        .Where(g => g.GrainType.Contains(nameof(AggregateGrain), StringComparison.Ordinal)).Sum(g => g.ActivationCount);

    /// <summary>Another engine at the same silo, which gives up after this time.</summary>
    public IEngine EngineWithin(TimeSpan longest) => ActivatorUtilities.CreateInstance<OrleansEngine>(host.Services, longest);

    /// <param name="isRunning">False: the engine as the host's commands have it, without a silo.</param>
    /// <param name="most">Aggregates in its memory; null: as many as by default.</param>
    public static async Task<Silo> Start(IStore over, string? cluster = null, bool isRunning = true, int? most = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["TrustCenter:Orleans:Silo"] = $"127.0.0.1:{HostProcess.FreePort()}";
        var services = builder.Services;
        services.AddLogging();
        services.Configure<TrustCenterOptions>(o => o.Postgres = cluster);
        services.AddSingleton(over);
        services.AddSingleton(DataFolder.Keys);
        services.AddSingleton(TimeProvider.System);
        builder.UseOrleansEngine();
        services.AddSingleton(new CommandTags(CommandJson.Default, TallyCommands.Default));
        if (most is { } few) services.AddSingleton(new ActiveGrains(TimeProvider.System, few));
        services.Configure<ClusterMembershipOptions>(o => o.ProbeTimeout = o.MaxProbeTimeout = TimeSpan.FromMinutes(1)); // who is voted dead ends the process, which is all tests; nobody dies in here
        var host = builder.Build();
        if (isRunning) await host.StartAsync();
        return new Silo(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
