using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Orleans;

/// <summary>Where this process's silo is found by the others; read from the section <c>TrustCenter:Orleans</c>.</summary>
public sealed class OrleansEngineOptions
{
    public const string Section = TrustCenterOptions.Section + ":Orleans";

    private const string Alone = "127.0.0.1:11111";

    /// <summary>
    /// Address and port that the other processes reach this one at, such as <c>10.0.0.5:11111</c>: private, each process its own. What comes in there is believed.
    /// Beside <c>TrustCenter:Postgres</c> it must be written: two machines that both call themselves 127.0.0.1 declare each other dead. Alone it is 127.0.0.1:11111.
    /// </summary>
    public string? Silo { get; set; }

    internal IPEndPoint? Endpoint => IPEndPoint.TryParse(Silo ?? Alone, out var endpoint) && endpoint.Port > 0 && IsPrivate(endpoint.Address) ? endpoint : null;

    private static readonly IPNetwork[] Private = [.. new[] { "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10" }.Select(IPNetwork.Parse)];

    private static bool IsPrivate(IPAddress address) => Private.Any(network => network.Contains(address));
}

/// <summary>Says what is wrong and what to change, before the silo is there.</summary>
internal sealed class OrleansEngineOptionsCheck(IOptions<TrustCenterOptions> product) : IValidateOptions<OrleansEngineOptions>
{
    private const string Silo = OrleansEngineOptions.Section + ":Silo";

    public ValidateOptionsResult Validate(string? name, OrleansEngineOptions options)
        => options.Silo is null && product.Value.Postgres is not null ? ValidateOptionsResult.Fail($"{Silo} is not set, and TrustCenter:Postgres is. Write the private address and port at which the other processes reach this one, such as 10.0.0.5:11111; on one machine 127.0.0.1, with a port of its own for each.")
            : options.Endpoint is null ? ValidateOptionsResult.Fail($"{Silo} is \"{options.Silo}\". Write a private address of this machine with a port, such as 10.0.0.5:11111: whoever reaches it may decide everything.")
            : ValidateOptionsResult.Success;
}

/// <summary>The engine for a cluster, in place of the one that works in its process alone.</summary>
public static class OrleansEngineModule
{
    private const string Cluster = "trust-center";

    /// <summary>Decisions are made by one grain for each aggregate, over the same store. Comes after <c>AddTrustCenter</c>; an app that has a silo already keeps it as it is, with what it logs.</summary>
    public static IHostApplicationBuilder UseOrleansEngine(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new CommandTags(CommandJson.Default));
        services.AddSingleton<ActiveGrains>();
        services.AddSingleton<SiloState>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<SiloState>());
        services.AddSingleton(provider => new InProcessEngine(provider.GetRequiredService<IStore>(), provider.GetRequiredService<HostKeys>(), provider.GetRequiredService<TimeProvider>(), isAlone: false));
        services.Replace(ServiceDescriptor.Singleton<IEngine, OrleansEngine>());
        if (services.Any(s => s.ServiceType == typeof(ILocalSiloDetails))) return builder;
        services.AddOptions<OrleansEngineOptions>().Bind(builder.Configuration.GetSection(OrleansEngineOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OrleansEngineOptions>, OrleansEngineOptionsCheck>();
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        // A key that moves is said by its caller, when it matters; each message that went to where it was is not.
        builder.Logging.AddFilter("Orleans.Messaging", LogLevel.None);
        builder.UseOrleans(AddSilo);
        return builder;
    }

    private static void AddSilo(ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(serviceId: Cluster, clusterId: Cluster);
        silo.Services.AddOptions<EndpointOptions>().Configure<IOptions<OrleansEngineOptions>>((endpoints, options) =>
        {
            var at = options.Value.Endpoint!;
            (endpoints.AdvertisedIPAddress, endpoints.SiloPort, endpoints.SiloListeningEndpoint, endpoints.GatewayPort) = (at.Address, at.Port, at, 0); // no gateway: nobody outside asks the cluster
        });
        // Several processes share PostgreSQL, and find each other in it; over a file there is one.
        var alone = silo.Services.Last(s => s.ServiceType == typeof(IMembershipTable)).ImplementationFactory!;
        silo.Services.AddSingleton(provider => provider.GetRequiredService<IOptions<TrustCenterOptions>>().Value.Postgres is { } shared
            ? new PostgresMembership(shared, provider.GetRequiredService<IOptions<ClusterOptions>>()) : (IMembershipTable)alone(provider));
        silo.Configure<ClusterMembershipOptions>(Liveness);
        // A state that nobody asked for in this time leaves memory.
        silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromMinutes(5));
    }

    // By default a killed silo is missed for 12 s and a frozen one for 8; like this for about one and two and a half.
    private static void Liveness(ClusterMembershipOptions liveness)
    {
        liveness.ProbeTimeout = liveness.MaxProbeTimeout = TimeSpan.FromSeconds(1); // without the bound a silo that hangs is waited for four times as long
        liveness.NumMissedProbesLimit = 2;
        liveness.TableRefreshTimeout = TimeSpan.FromSeconds(3);
        liveness.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(30);
        liveness.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5); // whoever starts alone after all were killed waits for the others as long as three of these
    }
}
