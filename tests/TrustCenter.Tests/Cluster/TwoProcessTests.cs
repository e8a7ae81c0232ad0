using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Staff.Team;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Cluster;

/// <summary>Two hosts over one database: what one acknowledged holds at the other, at once where a gate is asked and within a second on public pages.</summary>
public sealed class TwoProcessTests : IAsyncLifetime
{
    private static readonly byte[] Root = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly string database = PostgresServer.NewDatabase();
    private RealApp here = null!, there = null!;
    private TestHouse house = null!, elsewhere = null!;

    public async Task InitializeAsync()
    {
        here = await Start();
        there = await Start();
        house = await TestHouse.Build(here, "north", "North");
        elsewhere = house.In(there);
    }

    public async Task DisposeAsync()
    {
        await here.DisposeAsync();
        await there.DisposeAsync();
        PostgresServer.Drop(database);
    }

    private Task<RealApp> Start() => RealApp.Start(o =>
    {
        o.Demo = true;
        o.Postgres = database;
        if (!Directory.Exists(Path.Combine(o.DataFolder, "keys"))) HostKeys.Keep(Path.Combine(o.DataFolder, "keys"), Root);
    });

    [Fact]
    [Trait("Case", "T-034")]
    public async Task What_one_publishes_the_other_shows_within_a_second()
    {
        using var reader = elsewhere.Visitor();
        (await reader.Get("/")).Text.ShouldContain("encrypts all records at rest");
        var quickest = TimeSpan.MaxValue;
        for (var turn = 1; turn <= 5; turn++)
        {
            await house.Claim(house.PublicClaim, $"North changed its words for the {turn}. time.", Visibility.Public);
            await here.Compiled(house.Scope);
            var waited = Stopwatch.StartNew();
            while (!(await reader.Get("/")).Text.Contains($"the {turn}. time")) waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), "the other process still shows the old words");
            if (waited.Elapsed < quickest) quickest = waited.Elapsed;
        }
        quickest.ShouldBeLessThan(TimeSpan.FromSeconds(1)); // each of them, where the tests are alone on the machine
    }

    [Fact]
    public async Task News_come_also_after_the_databases_clock_was_set_back()
    {
        using var reader = elsewhere.Visitor();
        (await reader.Get("/")).Status.ShouldBe(200);
        // What was committed before that bears a time which is still to come.
        await here.Services.GetRequiredService<IStore>().Write(sql => sql.Execute("update heads set changed = changed + 3600000000, content = content + 1 where tenant = @tenant", ("@tenant", house.Scope.Tenant)).ShouldBe(1));
        await Task.Delay(5 * there.Services.GetRequiredService<IOptions<TrustCenterOptions>>().Value.LookForChanges);

        await house.Claim(house.PublicClaim, "North has news.", Visibility.Public);
        await here.Compiled(house.Scope);

        var waited = Stopwatch.StartNew();
        while (!(await reader.Get("/")).Text.Contains("North has news.")) waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), "the other process still shows the old words");
    }

    [Fact]
    public async Task One_vendors_damaged_record_keeps_no_other_vendors_news()
    {
        var damaged = await TestHouse.Build(here, "south", "South");
        using var other = damaged.In(there).Visitor();
        using var reader = elsewhere.Visitor();
        foreach (var one in new[] { other, reader }) (await one.Get("/")).Status.ShouldBe(200);
        await damaged.Decide(LinkSuspension.Only, new SuspendLinks { Id = Guid.NewGuid(), Since = here.Clock.GetUtcNow(), Backup = "" });
        await here.Services.GetRequiredService<IStore>().Write(sql => sql.Execute("update states set etag = etag + 1 where tenant = @tenant and kind = 'link-suspension'", ("@tenant", damaged.Scope.Tenant)).ShouldBe(1));

        await damaged.Claim(damaged.PublicClaim, "South has news.", Visibility.Public);
        await house.Claim(house.PublicClaim, "North has news.", Visibility.Public);
        await here.Compiled(house.Scope);

        var waited = Stopwatch.StartNew();
        while (!(await reader.Get("/")).Text.Contains("North has news.")) waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), "the other process still shows the old words");
    }

    [Fact]
    [Trait("Case", "T-005")]
    public async Task After_a_revocation_was_acknowledged_no_process_begins_an_answer()
    {
        using var rep = await house.SignIn(Role.Rep);
        for (var turn = 0; turn < 8; turn++)
        {
            using var prospect = elsewhere.Visitor();
            var (link, id) = await house.Share(rep, ("domains", "acme.com"));
            var room = await elsewhere.Enter(prospect, link, $"reader{turn}@acme.com");
            (await prospect.Get(room)).Status.ShouldBe(200);
            (await prospect.Get(room)).Status.ShouldBe(200); // held in memory by now
            var file = await TestHouse.Download(prospect, room, house.Report.ToString());
            (await prospect.Get(file)).Status.ShouldBe(200);

            (await rep.Submit(await rep.Get($"/console/links/{id}"), "/revocations")).Status.ShouldBe(303);

            (await prospect.Get(file)).Status.ShouldNotBe(200);
            (await prospect.Get(room)).Status.ShouldNotBe(200);
        }
    }

    [Fact]
    [Trait("Case", "T-011")]
    public async Task Of_four_hundred_guesses_at_two_processes_at_once_five_are_looked_at()
    {
        using var browser = house.Visitor();
        var (link, _) = await house.Share(await house.SignIn(Role.Rep));
        var room = await TestHouse.Ask(browser, link);
        var (action, fields) = Browser.FormOf(await browser.Get(room), "/code-tries");
        using var moved = elsewhere.Visitor();
        foreach (var (name, value) in browser.Cookies) moved.Cookies[name] = value;
        var code = (await house.Code())!;
        Task<Answer> Guess(Browser at, string guess) => at.Post(action, [.. fields.Where(f => f.Name is not ("code" or "command")), ("code", guess), ("command", Guid.NewGuid().ToString())]);

        await Parallel.ForEachAsync(Enumerable.Range(1, 400), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, _) =>
            (await Guess(n % 2 == 0 ? browser : moved, ((int.Parse(code, CultureInfo.InvariantCulture) + n) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture))).Status.ShouldBe(422));

        var store = there.Services.GetRequiredService<IStore>();
        (await store.Query(sql => sql.Number("select count(*) from entries where what in ('visit.code_wrong', 'visit.code_burnt')"))).ShouldBe(MailedCode.MostTries);
        var visit = (await there.Engine.Read<Visit>(house.Scope.Id<Visit>(Guid.Parse(room.Split('/')[^1]))))!;
        (visit.Tries, visit.CodeHash).ShouldBe((MailedCode.MostTries, null));
        foreach (var at in new[] { browser, moved }) (await Guess(at, code)).Status.ShouldBe(422);
    }

    [Fact]
    [Trait("Case", "T-082")]
    public async Task Who_was_removed_at_one_is_out_at_the_other_with_his_next_request()
    {
        using var rep = await elsewhere.SignIn(Role.Rep);
        (await rep.Get("/console/deals")).Status.ShouldBe(200);

        await house.Decide(house.StaffId(Role.Rep), new RemoveMember { Id = Guid.CreateVersion7(), Granter = [Role.Admin], Member = house.StaffId(Role.Rep) }, house.StaffId(Role.Admin));

        (await rep.Get("/console/deals")).Status.ShouldNotBe(200);
    }

    [Fact]
    [Trait("Case", "T-131")]
    public async Task A_tenant_suspended_at_one_is_closed_at_the_other()
    {
        using var rep = await house.SignIn(Role.Rep);
        using var prospect = elsewhere.Visitor();
        var room = await elsewhere.Enter(prospect, (await house.Share(rep)).Path);
        (await prospect.Get(room)).Status.ShouldBe(200);
        (await prospect.Get("/")).Status.ShouldBe(200);

        await here.Services.GetRequiredService<TenantStandings>().Decide(house.Scope.Tenant, new SuspendTenant { Id = Guid.CreateVersion7(), Name = "North", Host = "north" }, Actor.System, default);

        (await prospect.Get(room)).Status.ShouldNotBe(200);
        var waited = Stopwatch.StartNew();
        while ((await prospect.Get("/")).Status == 200) waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), "its public page is still served");
    }

    [Fact]
    public async Task A_session_of_one_is_a_session_at_the_other()
    {
        using var rep = await house.SignIn(Role.Rep);
        using var moved = new Browser(there, "console.localhost");
        foreach (var (name, value) in rep.Cookies) moved.Cookies[name] = value;

        (await moved.Get("/console/deals")).Status.ShouldBe(200);
    }

    [Fact]
    [Trait("Case", "T-104")]
    public async Task Each_mail_is_taken_once_and_each_worker_runs_in_one_process()
    {
        using var rep = await house.SignIn(Role.Rep);
        foreach (var name in Enumerable.Range(0, 6))
        {
            using var prospect = (name % 2 == 0 ? house : elsewhere).Visitor();
            await TestHouse.Ask(prospect, (await house.Share(rep, ("domains", "acme.com"))).Path, $"reader{name}@acme.com");
        }
        var store = here.Services.GetRequiredService<IStore>();
        for (var tries = 0; tries < 200 && await Waiting() > 0; tries++) await Task.Delay(50);

        (await Waiting()).ShouldBe(0);
        (await store.Query(sql => sql.Number("select max(attempts) from mails"))).ShouldBe(1);
        (await store.Query(sql => sql.Query("select name from leases where name in ('mail', 'checkpoints', 'pages') order by name", r => r.Text(0)))).ShouldBe(["checkpoints", "mail", "pages"]);

        Task<long> Waiting() => store.Query(sql => sql.Number("select count(*) from mails where state = 'waiting'"));
    }

    [Fact]
    public async Task When_one_process_ends_the_other_takes_its_work_over()
    {
        await here.DisposeAsync();
        using var rep = await elsewhere.SignIn(Role.Rep);
        using var prospect = elsewhere.Visitor();
        await TestHouse.Ask(prospect, (await elsewhere.Share(rep)).Path);
        var store = there.Services.GetRequiredService<IStore>();

        var waited = Stopwatch.StartNew();
        while (await store.Query(sql => sql.Number("select count(*) from mails where state = 'waiting'")) > 0)
        {
            waited.Elapsed.ShouldBeLessThan(Leases.Life * 3, "nobody sends the mail");
            await Task.Delay(100);
        }
        here = await Start();
    }
}
