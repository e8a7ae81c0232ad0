using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Operation;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Operation;

/// <summary>Tenants are made, paused and deleted by the operator.</summary>
public sealed class TenantTests : IAsyncLifetime
{
    private const string Secret = "Xylophon-7731-Quittenbrot";

    private RealApp app = null!;

    public async Task InitializeAsync() => app = await RealApp.Start(o => (o.Demo, o.DeletionWaitDays) = (true, 0));

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_new_tenant_has_a_page_at_its_host_name()
    {
        using var ana = await OperatorDesk.SignIn(app);
        var tenant = await OperatorDesk.Make(ana, "fresh", "Fresh Ledger");
        await app.Compiled(new Scope(tenant));
        using var visitor = new Browser(app, "fresh.localhost");
        (await visitor.Get("/")).Text.ShouldContain("Fresh Ledger");
        (await ana.Get("/operator/tenants")).Text.ShouldContain("Fresh Ledger");
        var taken = await ana.Submit(await ana.Get("/operator/tenants/new"), "/operator/tenants", ("name", "Other"), ("host", "fresh"));
        taken.Status.ShouldBe(422);
        taken.Text.ShouldContain("This host name is taken.");
        foreach (var host in new[] { "console", "www", "", "-a", "ä", "a.b", new string('a', 64) })
            (await ana.Submit(await ana.Get("/operator/tenants/new"), "/operator/tenants", ("name", "Other"), ("host", host))).Status.ShouldBe(422, host);
    }

    [Fact]
    public async Task The_same_form_twice_makes_one_tenant_and_nobody_names_its_id()
    {
        using var ana = await OperatorDesk.SignIn(app);
        var page = await ana.Get("/operator/tenants/new");
        var (first, second) = (await ana.Submit(page, "/operator/tenants", ("name", "A"), ("host", "aaa")), await ana.Submit(page, "/operator/tenants", ("name", "A"), ("host", "aaa")));
        second.Location.ShouldBe(first.Location);
        page.Dom.QuerySelector("main input[name=command]")!.GetAttribute("value")!.ShouldNotBe(first.Location!.Split('/')[^1]);
        var tenant = first.Location.Split('/')[^1];
        (await ana.Submit(page, "/operator/tenants", ("name", "Evil"), ("host", "evil"), ("command", tenant))).Location!.ShouldNotContain(tenant);
    }

    [Fact]
    public async Task A_suspended_tenant_is_closed_everywhere_at_once_and_opens_again_as_it_was()
    {
        var house = await TestHouse.Build(app, "north", "North");
        using var ana = await OperatorDesk.SignIn(app);
        using var rep = await house.SignIn(Role.Rep);
        using var prospect = house.Visitor();
        var (link, _) = await house.Share(rep);
        var room = await house.Enter(prospect, link);
        var file = await TestHouse.Download(prospect, room, house.Report.ToString());

        (await OperatorDesk.Change(ana, house.Scope.Tenant, "suspensions")).Status.ShouldBe(303);
        using var visitor = house.Visitor();
        foreach (var path in new[] { "/", "/trust.json", "/documents", $"/claims/{house.PublicClaim}" })
        {
            var paused = await visitor.Get(path);
            paused.Status.ShouldBe(503, path);
            paused.Text.ShouldContain("This page is paused");
            paused.Text.ShouldNotContain("North");
        }
        var nothing = (await new Browser(app, "stranger.localhost").Get("/s/AAAAAAAAAAAAAAAAAAAAAA")).Fingerprint;
        foreach (var path in new[] { link, room, file }) (await prospect.Get(path)).Fingerprint.ShouldBe(nothing, path);
        (await rep.Get("/console")).Status.ShouldBe(303);
        var signIn = await new Browser(app, "console.localhost").Get("/console/sign-in");
        var (action, fields) = Browser.FormOf(signIn, "/console/sessions", ("vendor", house.Scope.Tenant.ToString()), ("role", nameof(Role.Rep)));
        (await new Browser(app, "console.localhost").Post(action, [.. fields])).Status.ShouldBe(404);

        (await OperatorDesk.Change(ana, house.Scope.Tenant, "resumptions")).Status.ShouldBe(303);
        (await visitor.Get("/")).Status.ShouldBe(200);
        (await prospect.Get(file)).Status.ShouldBe(200);
        (await rep.Get("/console")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Mail_of_a_suspended_tenant_is_held()
    {
        var house = await TestHouse.Build(app, "north", "North");
        using var ana = await OperatorDesk.SignIn(app);
        await OperatorDesk.Change(ana, house.Scope.Tenant, "suspensions");
        var store = app.Services.GetRequiredService<IStore>();
        await store.Commit(new Commit { Tenant = house.Scope.Tenant, Mails = [new OutgoingMail(Guid.NewGuid(), "ana@acme.com", "Later", "Later.")] }, default);
        var queue = app.Services.GetRequiredService<MailQueue>();
        (await queue.Due(app.Clock.GetUtcNow().AddHours(1), 10, default)).ShouldBeEmpty();
        await Task.Delay(1_200); // two turns of the worker
        (await store.Query(sql => sql.Number("select count(*) from mails where state = 'waiting'"))).ShouldBe(1);
        await OperatorDesk.Change(ana, house.Scope.Tenant, "resumptions");
        for (var tries = 0; tries < 100 && await store.Query(sql => sql.Number("select count(*) from mails where state = 'waiting'")) > 0; tries++) await Task.Delay(50);
        (await store.Query(sql => sql.Number("select count(*) from mails where state = 'waiting'"))).ShouldBe(0);
    }

    [Fact, Trait("Case", "T-077")]
    public async Task A_deleted_tenant_leaves_nothing_and_the_proof_lists_it()
    {
        var (doomed, other) = (await TestHouse.Build(app, "doomed", "Doomed " + Secret), await TestHouse.Build(app, "other", "Other"));
        await doomed.Claim(Guid.NewGuid(), $"Our {Secret} is kept in two vaults.", Visibility.Room);
        using var rep = await doomed.SignIn(Role.Rep);
        using var prospect = doomed.Visitor();
        var room = await doomed.Enter(prospect, (await doomed.Share(rep)).Path);
        await prospect.Get(await TestHouse.Download(prospect, room, doomed.Report.ToString()));
        await rep.Submit(await rep.Get("/console/deals/new"), "/console/deals", ("account", Secret));
        await FillDesk(doomed);
        var (store, upkeep) = (app.Services.GetRequiredService<IStore>(), app.Services.GetRequiredService<IStoreUpkeep>());
        var tables = await upkeep.TenantTables(default);
        Task<Dictionary<string, long>> Rows(Guid tenant) => store.Query(sql => tables.ToDictionary(t => t, t => sql.Number($"select count(*) from {t} where tenant = @tenant", ("@tenant", tenant))));
        for (var tries = 0; tries < 200 && await store.Query(sql => sql.Number("select count(*) from states where kind = 'room_template'")) == 0; tries++) await Task.Delay(50);
        var before = await Rows(doomed.Scope.Tenant);
        before.Values.Count(n => n > 0).ShouldBeGreaterThan(20, "the test must have something to lose");
        string[] kinds = ["request", "api_key", "claim_batch", "room_template"];
        kinds.Except(await store.Query(sql => sql.Query("select distinct kind from states where tenant = @tenant", r => r.Text(0), ("@tenant", doomed.Scope.Tenant)))).ShouldBeEmpty();
        Found(Secret).ShouldNotBeEmpty("the search must find what is there");
        await app.Services.GetRequiredService<JournalLog>().SignGrown(app.Clock.GetUtcNow(), default);
        Func<KeyValuePair<string, long>, bool> isKept = r => r.Key != "outbox"; // its own work goes on
        var others = (await Rows(other.Scope.Tenant)).Where(isKept).ToList();

        using var ana = await OperatorDesk.SignIn(app);
        (await OperatorDesk.Change(ana, doomed.Scope.Tenant, "deletions", ("typed", "doomd"))).Status.ShouldBe(422);
        (await Standing(doomed)).ShouldBe(TenancyStatus.Active);
        (await OperatorDesk.Change(ana, doomed.Scope.Tenant, "deletions", ("typed", "doomed"))).Status.ShouldBe(303);
        for (var tries = 0; tries < 400 && await Standing(doomed) != TenancyStatus.Deleted; tries++) await Task.Delay(50);
        (await Standing(doomed)).ShouldBe(TenancyStatus.Deleted, string.Join('\n', app.Log.Lines.Select(l => l.Text).TakeLast(5)));

        (await Rows(doomed.Scope.Tenant)).Where(r => r.Value > 0).ShouldBeEmpty();
        (await Rows(other.Scope.Tenant)).Where(isKept).ShouldBe(others);
        await upkeep.Rewrite(0, default); // the log alone: what was decided after the file was written anew
        Found(Secret).ShouldBeEmpty();
        (await new Browser(app, "doomed.localhost").Get("/")).Status.ShouldBe(404);
        (await app.Engine.Read<Vendor>(doomed.Scope.Id<Vendor>(Vendor.Only))).ShouldBeNull();
        (await app.Services.GetRequiredService<TenantDirectory>().FindLabel("doomed", default)).ShouldBeNull();
        (await rep.Get("/console")).Status.ShouldBe(303);

        var proof = await ana.Get($"/operator/tenants/{doomed.Scope.Tenant}/proof.txt");
        var lines = proof.Text.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length == 3).ToDictionary(w => w[0], w => (Before: long.Parse(w[1], System.Globalization.CultureInfo.InvariantCulture), After: w[2]));
        foreach (var table in tables)
        {
            lines[table].After.ShouldBe("0", table);
            lines[table].Before.ShouldBeGreaterThanOrEqualTo(table is "outbox" ? 0 : before[table], table);
        }
        var text = proof.Text.Split("\nSigned by")[0];
        using var key = await app.Services.GetRequiredService<TenantKeys>().SigningKey(Platform.Scope.Tenant, default);
        Jws.TryOpen(proof.Text.Trim().Split('\n')[^1], Erasure.StatementType, PublicJwk.Of(key), out var signed).ShouldBeTrue();
        Encoding.UTF8.GetString(signed!).ShouldBe(text);
        (await ana.Get($"/operator/tenants/{doomed.Scope.Tenant}")).Text.ShouldContain("Nothing is left");
    }

    [Fact, Trait("Case", "T-077")]
    public async Task The_id_of_a_deleted_tenant_is_never_used_again()
    {
        var house = await TestHouse.Build(app, "doomed", "Doomed");
        await Delete(house);
        var words = NewTenant.Words("Again", "again");
        await Should.ThrowAsync<StoreException>(() => app.Engine.Decide(house.Scope.Id<Vendor>(Vendor.Only), new DefineVendor { Id = Guid.NewGuid(), Words = words }, Actor.System));
        using var ana = await OperatorDesk.SignIn(app);
        (await OperatorDesk.Make(ana, "doomed")).ShouldNotBe(house.Scope.Tenant);
        new ErasureList(Path.Combine(app.Folder, "erasures.jsonl")).Read().Select(e => (e.Tenant, e.Id)).ShouldBe([(house.Scope.Tenant, null)]);
    }

    [Fact, Trait("Case", "T-077")]
    public async Task What_is_written_after_a_deletion_is_swept()
    {
        var house = await TestHouse.Build(app, "doomed", "Doomed");
        await Delete(house);
        using var late = new MemoryStream(new byte[3 * 1024 * 1024]);
        await app.Services.GetRequiredService<TrustCenter.Evidence.FileStore>().Stage(house.Scope, late, long.MaxValue, default);
        (await app.Services.GetRequiredService<Erasure>().SweepLeftovers(default)).ShouldBe(3);
    }

    [Fact, Trait("Case", "T-077")]
    public async Task Every_table_that_could_hold_a_tenants_rows_says_whose_they_are()
        => (await app.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'", r => r.Text(0))))
            .Except(["leases", "store_key"]) // of the processes; a lease is over within seconds and swept within the hour
            .Except(await app.Services.GetRequiredService<IStoreUpkeep>().TenantTables(default)).ShouldBeEmpty("A table without a tenant column is left when a tenant is deleted.");

    [Fact]
    public async Task A_deletion_waits_and_can_be_thought_better_of()
    {
        await using var patient = await RealApp.Start(o => (o.Demo, o.DeletionWaitDays) = (true, 14));
        var house = await TestHouse.Build(patient, "north", "North");
        using var ana = await OperatorDesk.SignIn(patient);
        await OperatorDesk.Change(ana, house.Scope.Tenant, "deletions", ("typed", "north"));
        (await house.Visitor().Get("/")).Status.ShouldBe(503);
        var erasure = patient.Services.GetRequiredService<Erasure>();
        patient.Clock.Advance(TimeSpan.FromDays(13.9));
        (await erasure.RunDue(default)).ShouldBe(0);
        using var bo = await OperatorDesk.SignIn(patient);
        await OperatorDesk.Change(bo, house.Scope.Tenant, "resumptions");
        patient.Clock.Advance(TimeSpan.FromDays(1));
        (await erasure.RunDue(default)).ShouldBe(0);
        using var cy = await OperatorDesk.SignIn(patient);
        await OperatorDesk.Change(cy, house.Scope.Tenant, "resumptions");
        (await house.Visitor().Get("/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_operators_did_stands_in_the_platforms_own_journal_and_proves_itself()
    {
        var name = OperatorDesk.NewName();
        using var ana = await OperatorDesk.SignIn(app, name);
        var tenant = await OperatorDesk.Make(ana, "fresh");
        await OperatorDesk.Change(ana, tenant, "suspensions");
        var page = await ana.Get("/operator/journal");
        foreach (var what in new[] { "Operator signed in", "Tenant created", "Tenant suspended" }) page.Text.ShouldContain(what);
        page.Text.ShouldContain(name);
        var export = await ana.Submit(page, "/operator/journal/exports");
        var report = JournalVerifier.Verify(new MemoryStream(export.Bytes));
        report.Ok.ShouldBeTrue(report.First?.What);
        report.Logs.Single(l => l.Log == JournalEntry.Journal).Size.ShouldBeGreaterThanOrEqualTo(4);
    }

    [Fact, Trait("Case", "T-131")]
    public async Task The_operators_pages_show_nothing_that_a_tenant_wrote()
    {
        var house = await TestHouse.Build(app, "north", "North");
        await house.Claim(Guid.NewGuid(), $"Our {Secret} is kept in two vaults.", Visibility.Public);
        using var rep = await house.SignIn(Role.Rep);
        await rep.Submit(await rep.Get("/console/deals/new"), "/console/deals", ("account", "Acme " + Secret));
        using var prospect = house.Visitor();
        await house.Enter(prospect, (await house.Share(rep)).Path);
        using var ana = await OperatorDesk.SignIn(app);
        foreach (var path in new[] { "/operator", "/operator/tenants", $"/operator/tenants/{house.Scope.Tenant}", "/operator/journal", "/operator/checkpoints.txt" })
        {
            var page = await ana.Get(path);
            page.Status.ShouldBe(200);
            foreach (var word in new[] { Secret, "acme.com", "Edda Brandt", "encrypts", "audit report" }) page.Text.ShouldNotContain(word);
        }
    }

    // What a vendor's people and askers leave beside claims, links and deals.
    private static async Task FillDesk(TestHouse house)
    {
        await Requests.Asker.Ask(house, $"{Secret.ToLowerInvariant()}@acme.com", house.Report);
        await Requests.Asker.Waits(house, "cy@acme.com", house.Report);
        await Isolation.ClaimActRows.Scheduled(house);
        await Isolation.ClaimActRows.Begun(house);
        await house.Translate(house.PublicClaim, "de", $"{Secret} verschlüsselt.");
        await house.Decide(house.PublicClaim, new AddClaimComment { Id = Guid.NewGuid(), Text = $"Does {Secret} say so?" }, house.StaffId(Role.Editor));
        await Api.Program.Of(house.App, house.Scope, await Api.Program.Hire(house.App, house.Scope, Role.Admin), Right.ReadJournal);
    }

    private async Task<TenancyStatus> Standing(TestHouse house) => (await app.Engine.Read<Tenancy>(Platform.Scope.Id<Tenancy>(house.Scope.Tenant)))?.Status ?? TenancyStatus.Active;

    private async Task Delete(TestHouse house)
    {
        using var ana = await OperatorDesk.SignIn(app);
        await OperatorDesk.Change(ana, house.Scope.Tenant, "deletions", ("typed", house.Host));
        for (var tries = 0; tries < 400 && await Standing(house) != TenancyStatus.Deleted; tries++) await Task.Delay(50);
        (await Standing(house)).ShouldBe(TenancyStatus.Deleted);
    }

    // The database and its log, byte by byte.
    private List<string> Found(string needle) => [.. Directory.GetFiles(app.Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).Where(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(needle)) >= 0;
    }).Select(file => Path.GetFileName(file))];
}
