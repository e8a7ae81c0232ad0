using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Journal;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Cluster;

/// <summary>The database server dies and comes back: nothing wrong is served meanwhile, nothing acknowledged is lost, and nobody restarts the host.</summary>
public sealed class DatabaseGoneTests : IAsyncLifetime
{
    private readonly PostgresServer server = new();
    private string database = "";
    private RealApp app = null!;
    private TestHouse house = null!;

    public async Task InitializeAsync()
    {
        database = server.Create();
        app = await RealApp.Start(o => (o.Demo, o.Postgres) = (true, database));
        house = await TestHouse.Build(app, "north", "North");
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        server.Dispose();
    }

    [Fact]
    [Trait("Case", "T-124")]
    public async Task While_it_is_away_public_pages_stay_and_all_else_is_refused_and_then_all_is_back()
    {
        using var reader = house.Visitor();
        using var prospect = house.Visitor();
        using var rep = await house.SignIn(Role.Rep);
        var room = await house.Enter(prospect, (await house.Share(rep)).Path);
        (await prospect.Get(room)).Status.ShouldBe(200);
        (await reader.Get("/")).Status.ShouldBe(200);
        var form = await rep.Get("/console/links/new");

        server.Kill();

        (await reader.Get("/")).Status.ShouldBe(200);
        foreach (var refused in new[] { await prospect.Get(room), await rep.Get("/console/deals"), await rep.Submit(form, "/console/links", ("account", "Acme")) })
        {
            refused.Status.ShouldBe(503);
            refused.Headers.Keys.ShouldContain("Retry-After");
            refused.Text.ShouldContain("Nothing was changed");
        }

        server.Start();
        var back = Stopwatch.StartNew();
        while ((await rep.Get("/console/deals")).Status != 200) back.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), "the host does not find its database again");
        (await prospect.Get(room)).Status.ShouldBe(200);
        (await house.Share(rep)).Path.ShouldNotBeEmpty();
        (await app.Services.GetRequiredService<IStore>().Query(sql => CopyOf(sql))).ShouldBeNull();
    }

    // Every seal, entry and signature.
    private string? CopyOf(Sql sql) => TrustCenter.Operation.CopyCheck.Run(sql, 0, app.Services.GetRequiredService<Keys.HostKeys>()).Problem;
}
