using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Erasures;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Erasures;

/// <summary>What is personal can be forgotten without breaking a proof (DESIGN, invariant 12).</summary>
public sealed class ForgettingTests : IAsyncLifetime
{
    private const string Ana = "ana@acme.com";

    private RealApp app = null!;
    private TestHouse house = null!;
    private Browser rep = null!, admin = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => o.Demo = true);
        house = await TestHouse.Build(app, "alpha", "Alpha Records");
        (rep, admin) = (await house.SignIn(Role.Rep), await house.SignIn(Role.Admin));
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_forgotten_person_is_out_of_every_list_and_mail_and_the_journal_still_proves()
    {
        var (link, id) = await house.Share(rep, ("documents", house.Policy.ToString()), ("agreement", ""));
        using var ana = house.Visitor();
        var room = await house.Enter(ana, link);
        var file = await TestHouse.Download(ana, room, house.Policy.ToString());
        (await Exported()).ShouldContain(Ana);

        (await Forget(Ana)).ShouldContain("2 records were destroyed."); // the link's and the visit's

        foreach (var path in new[] { room, file }) (await ana.Get(path)).Status.ShouldBe(404, path);
        var page = await rep.Get($"/console/links/{id}");
        page.Text.ShouldNotContain(Ana);
        page.Text.ShouldContain("(forgotten)");
        page.Text.ShouldContain("bo@acme.com");
        (await admin.Get("/mailbox")).Text.ShouldNotContain(Ana);
        var export = await Exported();
        export.ShouldNotContain(Ana);
        var report = Verified(export);
        report.First.ShouldBeNull(report.First?.What);
        await NothingSays(Ana);
        using var again = house.Visitor();
        await TestHouse.Ask(again, link);
        (await house.Code(Ana)).ShouldBeNull("her address is on no list any more");
        (await Forget("nobody@acme.com")).ShouldContain("Nothing is held under this address");
    }

    [Fact]
    public async Task Who_asked_for_access_is_forgotten_with_every_word_and_at_the_end_by_itself()
    {
        var asked = (await Requests.Asker.Waits(house, Ana, house.Architecture), await Requests.Asker.Waits(house, "bo@acme.com", house.Architecture));
        var dana = await house.SignIn(Role.DecisionMaker);
        var page = await dana.Get($"/console/requests/{asked.Item1.Id}");
        (await dana.Submit(page, "/answers", ("answer", "Granted"), ("words", "Dear Ana, welcome."))).Status.ShouldBe(303);
        (await Exported()).ShouldContain(Ana);

        (await Forget(Ana)).ShouldContain("4 records were destroyed."); // address, words, answer, the link's

        page = await dana.Get($"/console/requests/{asked.Item1.Id}");
        page.Text.ShouldContain("(forgotten)");
        foreach (var text in new[] { page.Text, await Exported(), (await admin.Get("/mailbox")).Text })
            foreach (var word in new[] { Ana, Requests.Asker.NameOf(Ana), "Dear Ana" }) text.ShouldNotContain(word);
        (await asked.Item1.Browser.Get(asked.Item1.Path)).Status.ShouldBe(404);
        await NothingSays(Ana);

        await Retain(("people", "60"));
        app.Clock.Advance(TimeSpan.FromDays(2 * 365 + 5)); // what Bo was told
        await Due();
        (await asked.Item2.State()).Stage.ShouldBe("Forgotten");
        await NothingSays("bo@acme.com");
        Verified(await Exported()).First.ShouldBeNull();
    }

    [Fact]
    public async Task The_proof_of_an_accepted_agreement_stays_sealed_for_the_time_that_was_told()
    {
        var (link, id) = await house.Share(rep);
        using var ana = house.Visitor();
        var room = await house.Enter(ana, link);
        var visit = house.Scope.Id<Visit>(Guid.Parse(room.Split('/')[^1]));

        (await Forget(Ana)).ShouldContain("1 record stays sealed");

        (await ana.Get(room)).Status.ShouldBe(404);
        (await rep.Get($"/console/links/{id}")).Text.ShouldNotContain(Ana);
        (await Exported()).ShouldContain(Ana);
        (await app.Engine.Read<Visit>(visit))!.Accepted!.Agent.Length.ShouldBeGreaterThanOrEqualTo(0);

        app.Clock.Advance(TimeSpan.FromDays(365 * 5));
        await Due();
        (await Exported()).ShouldContain(Ana);
        app.Clock.Advance(TimeSpan.FromDays(366 + 31));
        await Due();
        var export = await Exported();
        export.ShouldNotContain(Ana);
        Verified(export).First.ShouldBeNull();
        var kept = (await app.Engine.Read<Visit>(visit))!;
        kept.Acceptances.Count.ShouldBe(1, "that it was accepted stays");
        (kept.Accepted!.Address + kept.Accepted.Agent + kept.Lookup + kept.Host).ShouldBe("");
    }

    [Fact]
    public async Task What_is_over_is_forgotten_by_itself_and_nothing_before()
    {
        var (link, id) = await house.Share(rep, ("documents", house.Policy.ToString()), ("agreement", ""));
        using var ana = house.Visitor();
        await house.Enter(ana, link);
        app.Clock.Advance(TimeSpan.FromDays(2 * 365 - 5));
        await Due();
        (await rep.Get($"/console/links/{id}")).Status.ShouldBe(303, "the session of the rep is long over");
        rep = await house.SignIn(Role.Rep);
        (await rep.Get($"/console/links/{id}")).Text.ShouldContain(Ana);

        app.Clock.Advance(TimeSpan.FromDays(10));
        await Due();

        rep = await house.SignIn(Role.Rep);
        (await rep.Get($"/console/links/{id}")).Text.ShouldNotContain(Ana);
        (await rep.Get($"/console/links/{id}")).Text.ShouldContain("asked for a code"); // that somebody came stays
        app.Clock.Advance(TimeSpan.FromDays(370));
        await Due();
        rep = await house.SignIn(Role.Rep);
        (await rep.Get($"/console/links/{id}")).Text.ShouldNotContain("asked for a code");
        await NothingSays(Ana);
        var export = await Exported();
        Verified(export).First.ShouldBeNull();
    }

    [Fact]
    public async Task Who_was_told_a_shorter_period_is_forgotten_by_that()
    {
        await Retain(("people", "7"));
        var (link, id) = await house.Share(rep, ("documents", house.Policy.ToString()), ("agreement", ""), ("people", "bo@acme.com"), ("domains", "acme.com"));
        using var ana = house.Visitor();
        var room = await house.Enter(ana, link);
        await Retain(("people", "60"));
        app.Clock.Advance(TimeSpan.FromDays(220));
        await Due();

        (await app.Engine.Read<Visit>(house.Scope.Id<Visit>(Guid.Parse(room.Split('/')[^1]))))!.Forgotten.ShouldNotBeNull();
        rep = await house.SignIn(Role.Rep);
        var page = (await rep.Get($"/console/links/{id}")).Text;
        page.ShouldNotContain(Ana);
        page.ShouldContain("bo@acme.com"); // nobody told him a period; the vendor's own counts
    }

    [Fact, Trait("Case", "T-133")]
    public async Task A_restored_database_forgets_again_whom_the_list_names()
    {
        await house.Share(rep);
        var (link, id) = await house.Share(rep, ("documents", house.Policy.ToString()), ("agreement", ""));
        using var ana = house.Visitor();
        await house.Enter(ana, link);
        var before = await Personal();
        await Forget(Ana);
        (await Personal()).Count.ShouldBeLessThan(before.Count);

        await Restore(before);
        (await Exported()).ShouldContain(Ana);
        (await app.Services.GetRequiredService<RetentionWorker>().Replay(default)).ShouldBe(3);

        var export = await Exported();
        export.ShouldNotContain(Ana);
        Verified(export).First.ShouldBeNull();
        (await app.Services.GetRequiredService<RetentionWorker>().Replay(default)).ShouldBe(0);
        File.ReadAllText(Path.Combine(app.Folder, "erasures.jsonl")).ShouldNotContain("@");
    }

    [Fact]
    public void A_torn_line_of_the_list_is_passed_over_and_the_next_is_read()
    {
        var file = Path.Combine(app.Folder, "torn.txt");
        var list = new ErasureList(file);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        list.Append(DateTimeOffset.UnixEpoch, (first, first, false));
        File.AppendAllText(file, $"{{\"tenant\":\"{second}");
        list.Append(DateTimeOffset.UnixEpoch, (second, second, true));

        list.Read().Select(e => (e.Id, e.IsSealed)).ShouldBe([(first, false), (second, true)]);
    }

    [Fact]
    public async Task The_names_in_an_old_deal_go_and_its_figures_stay()
    {
        var deal = Guid.CreateVersion7();
        var words = new DealWords
        {
            Account = "Acme Corp", Domain = "acme.com", Owner = "Rosa", Manager = "Max", Amount = 1_000, Outcome = DealOutcome.Lost, Closed = app.Clock.Today.AddDays(-3), Stage = "Closed",
            Factor = new SecurityFactor { Kind = FactorKind.Blocked, Reason = "Ana said so.", SaidBy = SaidBy.BuyersWords, Requirement = "Acme's own" },
        };
        await house.Decide(deal, new SetDeal { Id = Guid.NewGuid(), Words = words, BasedOn = 0 });
        await Retain(("deals", "12"));
        await Due();
        (await app.Engine.Read<Deal>(house.Scope.Id<Deal>(deal)))!.Words.ShouldBe(words);
        app.Clock.Advance(TimeSpan.FromDays(370));
        await Due();

        var left = (await app.Engine.Read<Deal>(house.Scope.Id<Deal>(deal)))!.Words;
        new[] { "Acme", "acme", "Rosa", "Max", "Ana" }.ShouldAllBe(name => !left.ToString().Contains(name));
        (left.Amount, left.Outcome, left.Closed, left.Factor.Kind).ShouldBe((words.Amount, words.Outcome, words.Closed, words.Factor.Kind));
    }

    [Theory]
    [InlineData("", "yes", "email")]
    [InlineData("ana@acme.com, bo@acme.com", "yes", "email")]
    [InlineData(Ana, "", "sure")]
    public async Task Forgetting_asks_for_one_address_and_for_certainty(string email, string sure, string field)
    {
        var answer = await admin.Submit(await admin.Get("/console/settings/erasures"), "/erasures", ("email", email), ("sure", sure));
        answer.Status.ShouldBe(422);
        answer.Dom.QuerySelector(".errors a")!.GetAttribute("href").ShouldBe("#f-" + field);
        answer.Dom.QuerySelector("#f-email")!.GetAttribute("value").ShouldBe(email);
    }

    [Fact]
    public async Task A_visit_records_the_notice_that_was_shown_and_a_stale_one_is_shown_again()
    {
        var (link, _) = await house.Share(rep);
        using var ana = house.Visitor();
        var old = await ana.Get(link);
        old.Text.ShouldContain("destroyed 2 years after you typed it");
        (await admin.Submit(await admin.Get("/console/settings/notice"), "/settings/notice", ("body", "We keep *little*."))).Status.ShouldBe(303);
        var refused = await ana.Submit(old, link, ("email", Ana));
        refused.Status.ShouldBe(422);
        refused.Text.ShouldContain("<em>little</em>");
        refused.Dom.QuerySelector("#f-email")!.GetAttribute("value").ShouldBe(Ana);

        var room = (await ana.Submit(refused, link, ("email", Ana))).Location!;

        var visit = (await app.Engine.Read<Visit>(house.Scope.Id<Visit>(Guid.Parse(room.Split('/')[^1]))))!;
        var notice = (await app.Engine.Settings(house.Scope)).Notice;
        visit.Notice.ShouldBe(new NoticeShown(1, notice.Hash, 24, 72));
    }

    private Task Due() => app.Services.GetRequiredService<RetentionWorker>().ForgetDue(default);

    private async Task Retain(params (string, string)[] typed) => (await admin.Submit(await admin.Get("/console/settings/retention"), "/retention", typed)).Status.ShouldBe(303);

    private async Task<string> Forget(string email)
    {
        var answer = await admin.Submit(await admin.Get("/console/settings/erasures"), "/erasures", ("email", email), ("sure", "yes"));
        answer.Status.ShouldBe(200);
        return answer.Dom.QuerySelector("[role=status]")!.TextContent;
    }

    private async Task<string> Exported()
    {
        admin = await house.SignIn(Role.Admin);
        return (await admin.Submit(await admin.Get("/console/journal"), "/journal/exports", ("personal", "revealed"))).Text;
    }

    private static VerifyReport Verified(string export) => JournalVerifier.Verify(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(export)), new VerifyOptions());

    // No state of this vendor says the address, nor its pseudonym.
    private async Task NothingSays(string email)
    {
        var store = app.Services.GetRequiredService<IStore>();
        var lookup = Convert.ToHexStringLower(app.Services.GetRequiredService<Keys.HostKeys>().Lookup(house.Scope.Tenant, email));
        var bodies = await store.Query(sql => sql.Query("select body from states where tenant = @tenant", r => System.Text.Encoding.UTF8.GetString(r.Bytes(0)), ("@tenant", house.Scope.Tenant)));
        bodies.ShouldAllBe(body => !body.Contains(email) && !body.Contains(lookup));
    }

    private Task<List<(byte[] Id, string Field, byte[] Lookup, byte[] Key, byte[] Value, long Utc)>> Personal() => app.Services.GetRequiredService<IStore>().Query(sql =>
        sql.Query("select id, field, lookup, sealed_key, sealed_value, utc from personal where tenant = @tenant", r => (r.Bytes(0), r.Text(1), r.Bytes(2), r.Bytes(3), r.Bytes(4), r.Number(5)), ("@tenant", house.Scope.Tenant)));

    // As an older copy of the database has it.
    private Task Restore(List<(byte[] Id, string Field, byte[] Lookup, byte[] Key, byte[] Value, long Utc)> rows) => app.Services.GetRequiredService<IStore>().Write(sql =>
    {
        foreach (var row in rows)
            sql.Execute("insert into personal (tenant, id, field, lookup, sealed_key, sealed_value, utc) values (@tenant, @id, @field, @lookup, @key, @value, @utc) on conflict (tenant, id) do nothing",
                ("@tenant", house.Scope.Tenant), ("@id", row.Id), ("@field", row.Field), ("@lookup", row.Lookup), ("@key", row.Key), ("@value", row.Value), ("@utc", row.Utc));
    });
}
