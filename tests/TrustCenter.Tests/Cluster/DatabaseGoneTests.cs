using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using TrustCenter.Journal;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;
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
        using var byName = new Browser(app, await OwnName());
        foreach (var one in new[] { reader, byName }) (await one.Get("/")).Status.ShouldBe(200);
        var form = await rep.Get("/console/links/new");
        await ContentRises(); // what memory holds is compared with the database, and not dropped for it

        server.Kill();

        foreach (var one in new[] { reader, byName }) (await one.Get("/")).Status.ShouldBe(200);
        foreach (var refused in new[] { await prospect.Get(room), await rep.Get("/console/deals"), await rep.Submit(form, "/console/links", ("account", "Acme")) })
        {
            refused.Status.ShouldBe(503);
            refused.Headers.Keys.ShouldContain("Retry-After");
            refused.Text.ShouldContain("Nothing was changed");
        }

        using var balancer = new Browser(app, "10.0.0.1");
        (await balancer.Get("/health/live")).Status.ShouldBe(200);
        (await balancer.Get("/health/ready")).Status.ShouldBe(503);

        server.Start();
        var back = Stopwatch.StartNew();
        while ((await rep.Get("/console/deals")).Status != 200) back.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), "the host does not find its database again");
        (await balancer.Get("/health/ready")).Status.ShouldBe(200);
        (await prospect.Get(room)).Status.ShouldBe(200);
        (await house.Share(rep)).Path.ShouldNotBeEmpty();
        (await app.Services.GetRequiredService<IStore>().Query(sql => CopyOf(sql))).ShouldBeNull();
    }

    [Fact]
    public async Task While_it_may_only_be_read_no_balancer_sends_anybody()
    {
        using var balancer = new Browser(app, "10.0.0.1");
        (await balancer.Get("/health/ready")).Status.ShouldBe(200);
        foreach (var (mode, status) in new[] { ("on", 503), ("off", 200) })
        {
            PostgresServer.Execute(database, $"begin read write; alter database {new NpgsqlConnectionStringBuilder(database).Database} set default_transaction_read_only = {mode}; commit");
            PostgresServer.Execute(database, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
            // Not once: a connection that was ended is missed for a moment in either case.
            var (inRow, waited) = (0, Stopwatch.StartNew());
            for (; inRow < 20; inRow = (await balancer.Get("/health/ready")).Status == status ? inRow + 1 : 0) waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), $"not {status} with read only {mode}");
        }
    }

    private async Task<string> OwnName()
    {
        var host = Guid.CreateVersion7();
        const string name = "trust.north.example";
        await house.Decide(HostNames.Only, new AskHostName { Id = host, Name = name, Token = "AAAAAAAAAAAAAAAAAAAAAA", Platform = "localhost" });
        await house.Decide(HostNames.Only, new RecordHostCheck { Id = Guid.NewGuid(), Host = host, Seen = HostSeen.Found });
        return name;
    }

    private async Task ContentRises()
    {
        using var rep = await house.SignIn(Role.Rep);
        await house.Share(rep);
        await Task.Delay(5 * app.Services.GetRequiredService<IOptions<TrustCenterOptions>>().Value.LookForChanges);
    }

    // Every seal, entry and signature.
    private string? CopyOf(Sql sql) => TrustCenter.Operation.CopyCheck.Run(sql, 0, app.Services.GetRequiredService<Keys.HostKeys>()).Problem;
}
