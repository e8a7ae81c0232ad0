using System.Globalization;
using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Operation;
using TrustCenter.Orleans;
using TrustCenter.Tests.Faults;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Orleans;

/// <summary>Where the silo is, and whose.</summary>
public sealed class OwnSiloTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trust-center-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_app_that_has_a_silo_keeps_it_as_it_is_and_the_engine_works_in_it()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.UseOrleans(silo => silo.UseLocalhostClustering(HostProcess.FreePort(), 0, serviceId: "shop", clusterId: "shop").Configure<ClusterMembershipOptions>(o => o.ProbeTimeout = TimeSpan.FromSeconds(7)));
        builder.AddTrustCenter(o => (o.DataFolder, o.LogSetupCode) = (folder.FullName, false)).UseOrleansEngine();
        await using var app = builder.Build();
        app.MapTrustCenter();
        await app.StartAsync();
        var id = new Scope(Guid.CreateVersion7()).Id<Deal>(Guid.CreateVersion7());

        (await app.Services.GetRequiredService<IEngine>().Decide(id, new SetDeal { Id = Guid.CreateVersion7(), BasedOn = 0, Words = new DealWords { Account = "Acme" } }, Actor.Staff(Guid.CreateVersion7()))).ShouldBe(new Outcome.Done(1));

        app.Services.GetRequiredService<ActiveGrains>().Ids.ShouldContain(id);
        app.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId.ShouldBe("shop");
        app.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value.ProbeTimeout.ShouldBe(TimeSpan.FromSeconds(7));
        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Orleans.Messaging").IsEnabled(LogLevel.Warning).ShouldBeTrue("what the app's own silo says is the app's");
        int.Parse((await app.Services.GetRequiredService<PlatformFigures>().Read(default)).Sizes.Single(s => s.What == "States in memory").Value, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        await app.StopAsync();
    }

    [Fact]
    public void A_silo_of_ours_misses_the_others_quickly_and_lets_go_of_what_nobody_asks_for()
    {
        using var host = Built();

        var liveness = host.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value;
        (liveness.ProbeTimeout, liveness.MaxProbeTimeout, liveness.NumMissedProbesLimit).ShouldBe((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 2));
        (liveness.TableRefreshTimeout, liveness.DeathVoteExpirationTimeout).ShouldBe((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30)));
        host.Services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value.CollectionAge.ShouldBe(TimeSpan.FromMinutes(5));
        typeof(IAggregateGrain).GetMethod(nameof(IAggregateGrain.Decide))!.GetCustomAttribute<ResponseTimeoutAttribute>()!.Timeout.ShouldBe(TimeSpan.FromSeconds(4));
        var loggers = host.Services.GetRequiredService<ILoggerFactory>();
        loggers.CreateLogger("Orleans.Messaging").IsEnabled(LogLevel.Critical).ShouldBeFalse();
        loggers.CreateLogger("Orleans.Runtime").IsEnabled(LogLevel.Information).ShouldBeFalse();
        loggers.CreateLogger("Orleans.Runtime").IsEnabled(LogLevel.Warning).ShouldBeTrue();
    }

    [Theory]
    [Trait("Case", "T-130")]
    [InlineData("0.0.0.0:11111")]
    [InlineData("[::]:11111")]
    [InlineData("93.184.216.34:11111")]
    [InlineData("10.0.0.5")]
    [InlineData("silo.example.com:11111")]
    [InlineData("")]
    public void A_silo_at_an_address_that_strangers_reach_is_refused(string silo) => Should.Throw<OptionsValidationException>(() => EndpointOf(silo)).Message.ShouldContain("private address");

    [Theory]
    [InlineData("10.0.0.5:11111")]
    [InlineData("192.168.1.2:5000")]
    [InlineData("[fd00::5]:11111")]
    public void A_private_one_is_taken(string silo) => EndpointOf(silo).SiloListeningEndpoint.ShouldBe(IPEndPoint.Parse(silo));

    [Fact]
    public void Alone_it_is_at_this_machine_and_beside_others_where_it_is_written()
    {
        const string Shared = "Host=10.0.0.6";
        EndpointOf(null).SiloListeningEndpoint.ShouldBe(new IPEndPoint(IPAddress.Loopback, 11111));
        EndpointOf("127.0.0.1:11112", Shared).SiloListeningEndpoint.ShouldBe(new IPEndPoint(IPAddress.Loopback, 11112), "several processes on one machine");
        Should.Throw<OptionsValidationException>(() => EndpointOf(null, Shared)).Message.ShouldContain("TrustCenter:Orleans:Silo is not set");
    }

    [Fact]
    public async Task Beside_others_a_host_that_was_not_told_where_its_silo_is_says_so_and_ends()
    {
        var database = PostgresServer.NewDatabase();
        using (var host = HostProcess.StartOver(database, folder.FullName, HostProcess.FreePort(), "--TrustCenter:Engine=orleans"))
        {
            var (code, said) = await host.End();

            code.ShouldBe(1);
            said.ShouldContain("TrustCenter:Orleans:Silo is not set");
        }
        PostgresServer.Drop(database);
    }

    private static EndpointOptions EndpointOf(string? silo, string? postgres = null)
    {
        using var host = Built(silo, postgres);
        return host.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
    }

    private static IHost Built(string? silo = null, string? postgres = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["TrustCenter:Orleans:Silo"] = silo;
        builder.Logging.AddConsole();
        builder.AddTrustCenter(o => o.Postgres = postgres).UseOrleansEngine();
        return builder.Build();
    }
}
