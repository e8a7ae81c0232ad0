using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using TrustCenter.Engine;
using TrustCenter.Orleans;
using TrustCenter.Store;
using TrustCenter.Tests.Engine;
using TrustCenter.Tests.Faults;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Orleans;

/// <summary>Where the silo is, and whose.</summary>
public sealed class OwnSiloTests
{
    [Fact]
    public async Task An_app_that_has_a_silo_keeps_it_as_it_is_and_the_engine_works_in_it()
    {
        using var folder = new DataFolder();
        await using var store = folder.Open();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(HostProcess.FreePort(), 0, serviceId: "shop", clusterId: "shop").Configure<ClusterMembershipOptions>(o => o.ProbeTimeout = TimeSpan.FromSeconds(7)));
        builder.Services.AddSingleton<IStore>(store);
        builder.Services.AddSingleton(DataFolder.Keys);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseOrleansEngine();
        builder.Services.AddSingleton(new CommandTags(TallyCommands.Default));
        using var host = builder.Build();
        await host.StartAsync();
        var id = new Scope(Guid.CreateVersion7()).Id<Tally>(Guid.CreateVersion7());

        (await host.Services.GetRequiredService<IEngine>().Decide(id, new CountOne { Id = Guid.CreateVersion7() }, Actor.System)).ShouldBe(new Outcome.Done(1));

        host.Services.GetRequiredService<ActiveGrains>().Ids.ShouldBe([id]);
        host.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId.ShouldBe("shop");
        host.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value.ProbeTimeout.ShouldBe(TimeSpan.FromSeconds(7));
        await host.StopAsync();
    }

    [Theory]
    [Trait("Case", "T-131")]
    [InlineData("0.0.0.0:11111")]
    [InlineData("[::]:11111")]
    [InlineData("93.184.216.34:11111")]
    [InlineData("10.0.0.5")]
    [InlineData("silo.example.com:11111")]
    public void A_silo_at_an_address_that_strangers_reach_is_refused(string silo)
        => Should.Throw<InvalidOperationException>(() => new OrleansEngineOptions { Silo = silo }.Endpoint).Message.ShouldContain("private address");

    [Theory]
    [InlineData("10.0.0.5:11111")]
    [InlineData("192.168.1.2:5000")]
    [InlineData("[fd00::5]:11111")]
    public void A_private_one_is_taken(string silo) => new OrleansEngineOptions { Silo = silo }.Endpoint.Port.ShouldBeGreaterThan(0);
}
