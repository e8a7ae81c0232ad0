using System.Text.Json;
using TrustCenter.Agreements;
using TrustCenter.Engine;
using TrustCenter.Prospects;

namespace TrustCenter.Tests.Abuse;

/// <summary>The agreement stands before everything gated, and its records are the server's own.</summary>
[Collection(AbuseCases.Name)]
public sealed class AgreementTests(AbuseHouse house)
{
    [Fact, Trait("Case", "T-030")]
    public async Task Before_the_agreement_nothing_of_a_document_is_shown_or_handed_out()
    {
        var (link, _) = await house.Share(("documents", house.North.Report.ToString()), ("summary", "yes"));
        var inside = await house.Enter(link);
        var othersFile = await TestHouse.Download(inside.Browser, inside.Room, house.North.Report.ToString());
        var room = await (await house.Enter(link)).Browser.Get(inside.Room);
        room.Status.ShouldBe(404);

        var (browser, path) = await Proven(link);
        var page = await browser.Get(path);
        page.Dom.QuerySelector("form[action$='/acceptances']").ShouldNotBeNull();
        foreach (var told in new[] { "audit report", " KiB", " kB", " pages", " page ", "two vaults", "Open the summary", house.North.Report.ToString() }) page.Dom.Body!.TextContent.ShouldNotContain(told);
        page.Text.ShouldNotContain(house.North.Report.ToString());

        var nothing = (await browser.Get("/room/" + Guid.NewGuid())).Fingerprint;
        var (_, fields) = Browser.FormOf(page, "/acceptances");
        foreach (var document in new[] { house.North.Report.ToString(), house.North.Architecture.ToString(), "summary" })
            (await browser.Post(path + "/downloads", [.. fields, ("document", document)])).Fingerprint.ShouldBe(nothing, document);
        (await browser.Post(path + "/next-steps", [.. fields])).Fingerprint.ShouldBe(nothing);
        var access = othersFile.Split('/')[^1];
        foreach (var closed in new[] { $"{path}/downloads/{access}", othersFile, $"/documents/{house.North.Report}/versions/1", $"/documents/{house.North.Architecture}/versions/1", $"/documents/{house.North.Report}" })
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
                foreach (var range in new[] { "", "bytes=0-10" })
                {
                    var answer = await browser.Send(method, closed, null, ("Range", range));
                    answer.Status.ShouldBe(404, closed);
                    answer.Headers.Keys.Intersect(["ETag", "Content-Disposition", "Last-Modified", "Accept-Ranges"]).ShouldBeEmpty();
                }
    }

    [Fact, Trait("Case", "T-030")]
    public async Task The_public_pages_tell_neither_the_length_nor_the_file_name_of_a_gated_document()
    {
        using var anybody = house.North.Visitor();
        var version = (await house.App.Engine.Read<TrustCenter.Evidence.EvidenceDocument>(house.North.Scope.Id<TrustCenter.Evidence.EvidenceDocument>(house.North.Report)))!.Current!;
        var listed = 0;
        foreach (var path in new[] { "/", "/documents", "/for/reviewer", "/trust.json", $"/claims/{house.North.PublicClaim}", "/updates" })
        {
            var page = await anybody.Get(path);
            page.Status.ShouldBe(200, path);
            if (page.Text.Contains("audit report", StringComparison.Ordinal)) listed++;
            foreach (var told in new[] { version.Template!.Sha, version.File.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), "audit report.pdf" }) page.Text.ShouldNotContain(told, Case.Insensitive, path);
        }
        listed.ShouldBeGreaterThan(0); // that it exists may be known
    }

    [Fact, Trait("Case", "T-031")]
    public async Task What_the_form_says_of_the_reader_is_ignored()
    {
        var (link, _) = await house.Share();
        var (browser, path) = await Proven(link);
        var before = house.App.Clock.GetUtcNow();
        var forged = new (string, string)[]
        {
            ("agree", "yes"), ("email", "ceo@acme.com"), ("Email", "ceo@acme.com"), ("person", Guid.NewGuid().ToString()), ("ip", "8.8.8.8"), ("address", "8.8.8.8"), ("Address", "8.8.8.8"), ("agent", "forged"), ("Agent", "forged"), ("version", "99"), ("Version", "99"),
            ("time", "2001-01-01"), ("at", "2001-01-01T00:00:00Z"), ("At", "2001-01-01T00:00:00Z"), ("visit", Guid.NewGuid().ToString()), ("link", Guid.NewGuid().ToString()), ("tenant", house.South.Scope.Tenant.ToString()),
        };
        var person = (await Visit(path)).Person;
        var (action, fields) = Browser.FormOf(await browser.Get(path), "/acceptances", forged);
        (await browser.Send(HttpMethod.Post, action, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), ("User-Agent", "The-true-agent/1.0"), ("X-Forwarded-For", "8.8.8.8"))).Status.ShouldBe(303);
        var visit = await Visit(path);
        var current = await Current();
        var record = visit.Acceptances.Single();
        (record.Version, record.Hash, record.Address, record.Agent).ShouldBe((current.Number, current.Hash, "127.0.0.1", "The-true-agent/1.0"));
        record.At.ShouldBeInRange(before, house.App.Clock.GetUtcNow());
        visit.Person.ShouldBe(person);
    }

    [Fact, Trait("Case", "T-032")]
    public async Task Nobody_accepts_reads_or_writes_in_anothers_visit()
    {
        var (link, _) = await house.Share();
        var (ana, room) = await Proven(link);
        var bo = await house.Enter(link);
        var file = await TestHouse.Download(bo.Browser, bo.Room, house.North.Report.ToString());
        var (_, fields) = Browser.FormOf(await ana.Get(room), "/acceptances", ("agree", "yes"));
        var (_, bosFields) = Browser.FormOf(await bo.Browser.Get(bo.Room), "/downloads", ("document", house.North.Report.ToString()));
        (ana.Cookies[$"__Host-room-{bo.VisitId:N}"], bo.Browser.Cookies[$"__Host-room-{Guid.Parse(room.Split('/')[^1]):N}"]) = (ana.Cookies.Values.Single(), bo.Browser.Cookies.Values.Single());

        foreach (var (browser, theirs, own) in new[] { (ana, bo.Room, fields), (bo.Browser, room, bosFields) })
        {
            (await browser.Get(theirs)).Status.ShouldBe(404);
            foreach (var action in new[] { "/code-tries", "/acceptances", "/downloads", "/next-steps" }) (await browser.Post(theirs + action, [.. own])).Status.ShouldBe(404, action);
        }
        (await ana.Get(file)).Status.ShouldBe(404);
        (await ana.Get(room + "/downloads/" + file.Split('/')[^1])).Status.ShouldBe(404);
        (await Visit(room)).Acceptances.ShouldBeEmpty();
        (await house.VisitOf(bo)).Accesses.Count.ShouldBe(1);
    }

    [Fact, Trait("Case", "T-032")]
    public async Task A_form_id_chosen_by_the_reader_overwrites_no_trace()
    {
        var (link, id) = await house.Share();
        var chosen = ("command", Guid.NewGuid().ToString()[..^1] + "1");
        for (var visit = 0; visit < 2; visit++)
        {
            var email = house.NewEmail();
            using var browser = house.North.Visitor();
            var room = (await browser.Submit(await browser.Get(link), link, ("email", email), chosen)).Location!;
            (await browser.Submit(await browser.Get(room), "/code-tries", ("code", (await house.North.Code(email))!), ("command", chosen.Item2[..^1] + "0"))).Status.ShouldBe(303);
        }
        var traces = await house.Store.Query(sql => sql.Query("select what from touch_rows where link = @link", r => r.Text(0), ("@link", id)));
        traces.Count(t => t.StartsWith("asked", StringComparison.Ordinal)).ShouldBe(2, string.Join("; ", traces));
        traces.Count(t => t.StartsWith("proved", StringComparison.Ordinal)).ShouldBe(2, string.Join("; ", traces));
    }

    [Fact, Trait("Case", "T-034")]
    public async Task Accepting_twice_is_one_record_and_the_reader_stays_inside()
    {
        var (link, _) = await house.Share();
        for (var n = 0; n < 5; n++)
        {
            var (browser, path) = await Proven(link);
            var (action, fields) = Browser.FormOf(await browser.Get(path), "/acceptances", ("agree", "yes"));
            var entries = await house.Count("select count(*) from entries where what = 'agreement.accepted'");
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => browser.Post(action, [.. fields.Where(f => f.Name != "command" || i < 2), .. i < 2 ? [] : new[] { ("command", Guid.NewGuid().ToString()) }])));
            answers.ShouldContain(a => a.Status == 303);
            (await Visit(path)).Acceptances.Count.ShouldBe(1);
            (await house.Count("select count(*) from entries where what = 'agreement.accepted'")).ShouldBe(entries + 1);
            (await browser.Get(path)).Status.ShouldBe(200, $"attempt {n}");
        }
    }

    [Fact, Trait("Case", "T-033")]
    public async Task A_new_version_of_the_agreement_asks_again_in_running_sessions_and_for_bytes()
    {
        var south = house.South;
        using var rep = await south.SignIn(TrustCenter.Staff.Role.Rep);
        var (link, _) = await south.Share(rep, ("people", ""), ("domains", "acme.com"));
        var guest = await house.Enter(link, south);
        var file = await TestHouse.Download(guest.Browser, guest.Room, south.Report.ToString());
        (await guest.Browser.Get(file)).Status.ShouldBe(200);
        var stale = Browser.FormOf(await guest.Browser.Get(guest.Room), "/downloads", ("document", south.Report.ToString()));
        var first = JsonSerializer.Serialize((await house.VisitOf(guest, south)).Acceptances.Single());

        await south.Decide(Agreement.Only, new PublishAgreement { Id = Guid.NewGuid(), Title = "Reading agreement", Body = "A stricter text." });
        (await guest.Browser.Get(file)).Status.ShouldBe(404);
        (await guest.Browser.Get(file, ("Range", "bytes=0-10"))).Status.ShouldBe(404);
        (await guest.Browser.Send(HttpMethod.Head, file)).Status.ShouldBe(404);
        (await guest.Browser.Post(stale.Action, [.. stale.Fields])).Status.ShouldBe(404);
        var page = await guest.Browser.Get(guest.Room);
        page.Text.ShouldContain("A stricter text.");
        page.Text.ShouldNotContain("audit report");
        (await guest.Browser.Submit(page, "/acceptances", ("agree", "yes"), ("hash", AgreementVersion.HashOf("Reading agreement", TestHouse.AgreementBody)))).Status.ShouldBe(422); // the old text's form
        (await guest.Browser.Submit(page, "/acceptances", ("agree", "yes"))).Status.ShouldBe(303);
        (await guest.Browser.Get(file)).Status.ShouldBe(200);
        var records = (await house.VisitOf(guest, south)).Acceptances;
        records.Select(r => r.Version).ShouldBe([1, 2]);
        JsonSerializer.Serialize(records[0]).ShouldBe(first);
        records[0].Hash.ShouldBe(AgreementVersion.HashOf("Reading agreement", TestHouse.AgreementBody));
    }

    // Address proven, agreement not yet accepted.
    private async Task<(Browser Browser, string Room)> Proven(string link)
    {
        var (browser, email) = (house.North.Visitor(), house.NewEmail());
        var room = await TestHouse.Ask(browser, link, email);
        (await browser.Submit(await browser.Get(room), "/code-tries", ("code", (await house.North.Code(email))!))).Status.ShouldBe(303);
        return (browser, room);
    }

    private async Task<Visit> Visit(string room) => (await house.App.Engine.Read<Visit>(house.North.Scope.Id<Visit>(Guid.Parse(room.Split('/')[^1]))))!;

    private async Task<AgreementVersion> Current() => (await house.App.Engine.Read<Agreement>(house.North.Scope.Id<Agreement>(Agreement.Only)))!.Current!;
}
