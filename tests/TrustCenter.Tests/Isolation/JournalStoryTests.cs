using System.Text.Json;
using System.Text.RegularExpressions;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Journal;
using TrustCenter.Staff;
using TrustCenter.Tests.Journal;

namespace TrustCenter.Tests.Isolation;

/// <summary>What people did over HTTP, told by the export that an admin takes over HTTP.</summary>
public sealed class JournalStoryTests : IAsyncLifetime
{
    private readonly string kept = Directory.CreateTempSubdirectory("journal-").FullName;
    private RealApp app = null!;
    private TestHouse house = null!;
    private Browser rep = null!, admin = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => (o.Demo, o.DataFolder) = (true, Path.Combine(kept, "data")));
        house = await TestHouse.Build(app, "alpha", "Alpha Records");
        (rep, admin) = (await house.SignIn(Role.Rep), await house.SignIn(Role.Admin));
    }

    public async Task DisposeAsync()
    {
        if (Directory.Exists(app.Folder)) await app.DisposeAsync();
        Directory.Delete(kept, recursive: true);
    }

    [Fact]
    public async Task The_journal_is_read_by_who_what_about_what_and_when_and_page_by_page()
    {
        var claim = Guid.CreateVersion7();
        await house.Claim(claim, "Backups are 100% encrypted.", Visibility.Public);
        var (_, link) = await house.Share(rep, ("account", "Hooli"));
        var (editor, today) = ($"staff:{house.StaffId(Role.Editor)}", app.Clock.GetUtcNow().ToString("yyyy-MM-dd"));
        async Task<List<string>> Shown(string query, Browser? by = null) => [.. (await (by ?? admin).Get("/console/journal?" + query)).Dom.QuerySelectorAll("tbody tr").Select(row => string.Join(' ', row.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)))];

        var drafted = await Shown($"who={editor}&what=claim&about=100%25&from={today}&to={today}");
        drafted.ShouldNotBeEmpty();
        drafted.ShouldAllBe(row => row.Contains("Backups are 100% encrypted.") && row.Contains("Edda"));
        (await Shown($"who={editor}&about=Hooli")).ShouldBeEmpty();
        (await Shown("about=Hooli")).ShouldHaveSingleItem().ShouldContain("Link created Hooli");
        (await Shown("about=100_")).ShouldBeEmpty(); // nothing that was typed is a pattern
        (await Shown("to=2001-01-01")).ShouldBeEmpty();
        await house.Decide(house.StaffId(Role.Auditor), new SetStaffMember { Id = Guid.NewGuid(), Name = "Olga Brandt", Roles = [Role.Auditor] });
        using var auditor = await house.SignIn(Role.Auditor);
        (await Shown("about=Hooli", auditor)).ShouldBeEmpty(); // nor is a name told that he may not read in its list
        (await auditor.Get("/console/journal")).Text.ShouldNotContain("Hooli");

        for (var n = 0; n < 60; n++) await house.Decide(Guid.CreateVersion7(), new SaveClaim { Id = Guid.NewGuid(), Wording = TestVendor.Wording($"Draft {n}."), BasedOnEdit = 0 }, house.StaffId(Role.Editor));
        var first = await admin.Get("/console/journal?what=claim");
        first.Dom.QuerySelectorAll("tbody tr").Length.ShouldBe(50);
        var second = await admin.Get(first.Dom.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        second.Dom.QuerySelector("#f-what option[selected]")!.GetAttribute("value").ShouldBe("claim");
        second.Dom.QuerySelectorAll("tbody tr").Length.ShouldBeGreaterThan(10);
        Numbers(first).Concat(Numbers(second)).ShouldBeUnique();

        static IEnumerable<string> Numbers(Answer page) => page.Dom.QuerySelectorAll("tbody td.n").Select(n => n.TextContent);
    }

    [Fact]
    [Trait("Case", "T-090")]
    public async Task Every_act_stands_in_the_journal_once_with_who_what_and_when()
    {
        var begin = app.Clock.GetUtcNow();
        var claim = await Withdrawn();
        var (link, linkId) = await house.Share(rep);
        var prospect = house.Visitor();
        var room = await house.Enter(prospect, link);
        var access = await TestHouse.Download(prospect, room, house.Report.ToString());
        for (var i = 0; i < 3; i++) (await prospect.Get(access)).Status.ShouldBe(200); // one access, however often its bytes are asked for
        await rep.Submit(await rep.Get($"/console/links/{linkId}"), "/revocations");
        var deal = (await rep.Submit(await rep.Get("/console/deals/new"), "/console/deals", ("account", "Acme"))).Location!.Split('/')[^1];
        var visit = room.Split('/')[^1];
        var (path, _) = await Export("withheld");
        var entries = Entries(path, begin);

        void Once(string what, string subject, string actor) => entries.Count(e => e == (what, subject, actor)).ShouldBe(1, $"{what} of {subject} by {actor}");
        var (editor, approver, seller) = ($"staff:{house.StaffId(Role.Editor)}", $"staff:{house.StaffId(Role.Approver)}", $"staff:{house.StaffId(Role.Rep)}");
        Once("claim.drafted", $"claim:{claim}", editor);
        Once("claim.published", $"claim:{claim}", approver);
        Once("claim.withdrawn", $"claim:{claim}", approver);
        Once("link.created", $"link:{linkId}", seller);
        Once("link.revoked", $"link:{linkId}", seller);
        foreach (var step in new[] { "visit.asked", "visit.proven", "agreement.accepted", "document.accessed" }) Once(step, $"visit:{visit}", $"prospect:{visit}");
        Once("deal.recorded", $"deal:{deal}", seller);
        Once("journal.exported", $"staff:{house.StaffId(Role.Admin)}", $"staff:{house.StaffId(Role.Admin)}");
        var all = Entries(path, DateTimeOffset.UnixEpoch);
        foreach (var document in new[] { house.Policy, house.Architecture, house.Report }) all.Count(e => e.What == "evidence.published" && e.Subject == $"evidence:{document}").ShouldBe(1);
        entries.ShouldContain(e => e.What == "room.viewed");
    }

    [Fact]
    [Trait("Case", "T-093")]
    public async Task The_export_holds_no_secret_and_without_reveal_no_address()
    {
        var (link, linkId) = await house.Share(rep);
        var prospect = house.Visitor();
        var room = await house.Enter(prospect, link);
        await TestHouse.Download(prospect, room, house.Report.ToString());
        var code = await house.Code();
        var (withheld, _) = await Export("withheld");
        var (revealed, _) = await Export("revealed");
        var (hidden, open) = (await File.ReadAllTextAsync(withheld), await File.ReadAllTextAsync(revealed));
        hidden.ShouldContain(linkId.ToString());
        hidden.ShouldNotContain("acme.com");
        open.ShouldContain("ana@acme.com");
        foreach (var text in new[] { hidden, open })
        {
            Regex.IsMatch(text, $"(?<![0-9A-Za-z]){code}(?![0-9A-Za-z])").ShouldBeFalse("the code");
            foreach (var secret in (string[])[link.Split('/')[^1], .. prospect.Cookies.Values, .. rep.Cookies.Values, .. admin.Cookies.Values, await Stage.StampOf(rep), await Stage.StampOf(admin), "__Host-", "PRIVATE KEY", "\"d\":"])
                text.ShouldNotContain(secret);
        }
    }

    [Fact]
    [Trait("Case", "T-091")]
    public async Task An_export_of_the_admin_is_proven_and_two_hundred_changes_of_it_are_found()
    {
        await house.Share(rep);
        var (path, _) = await Export("withheld");
        (await Verify(path)).ShouldBe(0);
        var file = await File.ReadAllBytesAsync(path);
        var random = new Random(20261121);
        var tried = 0;
        while (tried < 200)
        {
            var (name, apply) = FileMutations.All[random.Next(FileMutations.All.Length)];
            if (apply(file, random) is not { } changed || changed.AsSpan().SequenceEqual(file)) continue;
            using var stream = new MemoryStream(changed);
            JournalVerifier.Verify(stream).Ok.ShouldBeFalse($"{name}, try {tried}");
            tried++;
        }
    }

    [Fact]
    [Trait("Case", "T-091")]
    public async Task A_database_that_was_put_back_is_found_out_by_a_checkpoint_kept_outside()
    {
        await house.Share(rep);
        await app.DisposeAsync(); // the copy of a moment
        Copy(Path.Combine(kept, "data"), Path.Combine(kept, "old"));
        var since = Path.Combine(kept, "since.txt");
        await Again("data", async () =>
        {
            for (var i = 0; i < 3; i++) await rep.Submit(await rep.Get("/console/deals/new"), "/console/deals", ("account", $"Acme {i}"));
            var (path, checkpoint) = await Export("withheld");
            await File.WriteAllTextAsync(since, checkpoint);
            (await Verify(path, "--since", since)).ShouldBe(0);
        });
        await Again("old", async () =>
        {
            var (path, _) = await Export("withheld");
            (await Verify(path)).ShouldBe(0); // in itself it is sound: only the checkpoint tells
            (await Verify(path, "--since", since)).ShouldBe(1, "entries are missing at the end");
            for (var i = 0; i < 8; i++) await rep.Submit(await rep.Get("/console/deals/new"), "/console/deals", ("account", $"Other {i}"));
            var (longer, _) = await Export("withheld");
            (await Verify(longer)).ShouldBe(0);
            (await Verify(longer, "--since", since)).ShouldBe(1, "as long as before, and another story");
        });
    }

    private async Task Again(string folder, Func<Task> act)
    {
        app = await RealApp.Start(o => (o.Demo, o.DataFolder) = (true, Path.Combine(kept, folder)));
        var (rights, oversight) = (rep.Cookies, admin.Cookies);
        (rep, admin) = (new Browser(app, "console.localhost"), new Browser(app, "console.localhost"));
        foreach (var (name, value) in rights) rep.Cookies[name] = value;
        foreach (var (name, value) in oversight) admin.Cookies[name] = value;
        await act();
        await app.DisposeAsync();
    }

    private async Task<Guid> Withdrawn()
    {
        var claim = Guid.NewGuid();
        await house.Claim(claim, "Alpha Records keeps its logs for a year.", Visibility.Public);
        await house.Decide(claim, new ProposeClaimWithdrawal { Id = Guid.NewGuid(), Reason = "It is two years now." }, house.StaffId(Role.Editor));
        await house.Decide(claim, new ApproveClaim { Id = Guid.NewGuid(), Edit = 2 }, house.StaffId(Role.Approver));
        return claim;
    }

    private async Task<(string Path, string Checkpoint)> Export(string personal)
    {
        await Task.Delay(1_500); // views of rooms are written a little later
        var page = await admin.Get("/console/journal");
        var answer = await admin.Submit(page, "/console/journal/exports", ("personal", personal));
        answer.Status.ShouldBe(200);
        answer.Headers["Content-Type"].ShouldBe("application/jsonl");
        var path = Path.Combine(kept, $"{Guid.NewGuid():N}.jsonl");
        await File.WriteAllBytesAsync(path, answer.Bytes);
        using var said = new StringWriter();
        await VerifyCommand.Run([path], said, TextWriter.Null);
        return (path, said.ToString().Split('\n').First(l => l.StartsWith("Keep for the next time (--since), journal: ", StringComparison.Ordinal)).Split(": ")[1].Trim());
    }

    private static Task<int> Verify(string path, params string[] more) => VerifyCommand.Run([path, .. more], TextWriter.Null, TextWriter.Null);

    private static List<(string What, string Subject, string Actor)> Entries(string path, DateTimeOffset since)
    {
        var entries = new List<(string, string, string)>();
        foreach (var line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            if (!json.RootElement.TryGetProperty("log", out var log) || log.GetString() != "journal" || !json.RootElement.TryGetProperty("n", out _)) continue;
            var at = DateTimeOffset.UnixEpoch.AddMicroseconds(json.RootElement.GetProperty("utc").GetInt64());
            at.ShouldBeLessThan(DateTimeOffset.UtcNow.AddMinutes(1));
            if (at >= since.AddSeconds(-1)) entries.Add((Text("what"), Text("subject"), Text("actor")));
            string Text(string name) => json.RootElement.GetProperty(name).GetString()!;
        }
        return entries;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
