using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Claims;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tests.Documents;
using TrustCenter.Tests.Isolation;
using TrustCenter.Web;
using static TrustCenter.Tests.Claims.ClaimExamples;
using Claim = TrustCenter.Claims.Claim;

namespace TrustCenter.Tests.Claims;

/// <summary>What is not public yet, or not any more, is in nothing that strangers can reach: every public route, every stored page, the logs and the summary.</summary>
[Trait("Case", "T-066")]
public sealed class EmbargoTests
{
    private const string Draft = "quokka-draft", Waits = "quokka-waiting", Hour = "quokka-embargoed", Again = "quokka-second", Room = "quokka-room", Returned = "quokka-returned", German = "quokka-deutsch", Comment = "quokka-comment", Off = "quokka-withdrawn";

    [Fact]
    public async Task What_is_not_public_is_on_no_public_sink_and_cannot_be_guessed_from_a_hash()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        await house.Claim(house.PublicClaim, "Alpha Records keeps its word.", Visibility.Public);
        var gone = Guid.CreateVersion7();
        await house.Claim(gone, $"Alpha Records had a {Off}.", Visibility.Public);
        await app.Compiled(house.Scope);
        var before = await Sinks(app, house);
        before.ShouldContain(s => s.Text.Contains(Off, StringComparison.Ordinal)); // the net catches what is there

        var hidden = await Hide(app, house);
        await Task.Delay(1_500); // workers and compilers had their turn
        await app.Compiled(house.Scope);

        foreach (var (where, text) in await Sinks(app, house))
        {
            foreach (var word in new[] { Draft, Waits, Hour, Again, Room, Returned, German, Comment })
                text.Contains(word, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{word} at {where}");
            foreach (var (what, value) in hidden) text.Contains(value, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{what} at {where}");
        }
        using var visitor = house.Visitor();
        Counts((await visitor.Get("/")).Text).ShouldBe(Counts(before.Single(s => s.Where == "/").Text), "counts do not tell that something is coming");
    }

    [Fact]
    public async Task A_withdrawn_claim_leaves_the_lists_and_the_summary_and_keeps_only_its_own_history()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        var gone = Guid.CreateVersion7();
        await house.Claim(gone, $"Alpha Records had a {Off}.", Visibility.Public);
        await house.Decide(gone, new ProposeClaimWithdrawal { Id = Guid.NewGuid(), Reason = "It ended." }, house.StaffId(Role.Editor));
        await house.Decide(gone, Approve(2), house.StaffId(Role.Approver));
        await app.Compiled(house.Scope);
        string[] history = [$"/claims/{gone}", $"/claims/{gone}/history.json", "/updates", "/updates.atom", "/trust.json"]; // what was published stays readable as what it is: withdrawn
        (await Sinks(app, house)).Where(s => s.Text.Contains(Off, StringComparison.Ordinal)).Select(s => s.Where)
            .Where(w => w != "the public rows" && !history.Any(h => w.Split('?')[0].EndsWith(h, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    // Every way of not being public, and what could be tried against a hash for each.
    private static async Task<List<(string What, string Value)>> Hide(RealApp app, TestHouse house)
    {
        var (editor, approver) = (house.StaffId(Role.Editor), house.StaffId(Role.Approver));
        var (draft, waits, returned) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var (claim, text) in new[] { (draft, Draft), (waits, Waits), (returned, Returned) }) await house.Decide(claim, Save(Wording($"Alpha Records plans {text}.")), editor);
        foreach (var claim in new[] { waits, returned }) await house.Decide(claim, Ask(), editor);
        await house.Decide(returned, Return(1, $"No {Comment} here."), approver);
        await house.Decide(waits, new AddClaimComment { Id = Guid.NewGuid(), Text = Comment }, editor);
        var hour = await ScheduleTests.Scheduled(app, house, $"Alpha Records announces {Hour}.", TimeSpan.FromDays(2));
        // A second version of a public claim: embargoed; its German waits too.
        var edits = (await app.Engine.Read<Claim>(house.Scope.Id<Claim>(house.PublicClaim)))!.Edits;
        await house.Decide(house.PublicClaim, Save(Wording($"Alpha Records keeps its {Again}.") with { Topic = "data" }, edits), editor);
        await house.Decide(house.PublicClaim, Ask(), editor);
        await house.Decide(house.PublicClaim, new ApproveClaim { Id = Guid.NewGuid(), Edit = edits + 1, PublishAt = app.Clock.GetUtcNow().AddDays(2) }, approver);
        await house.Decide(house.PublicClaim, TranslationTests.Translate($"Alpha Records hält {German}.", of: 2), editor);
        // One that was public and went on in rooms.
        var moved = Guid.CreateVersion7();
        await house.Claim(moved, "Alpha Records said this in public.", Visibility.Public);
        await house.Claim(moved, $"Alpha Records says {Room}.", Visibility.Room);
        var hidden = new List<(string, string)>();
        foreach (var claim in new[] { draft, waits, returned, hour }) hidden.Add(("the id of a claim that was never public", claim.ToString()));
        // Somebody who guesses the words and knows the hash before them must find their hash nowhere.
        foreach (var id in new[] { hour, house.PublicClaim, waits, draft })
        {
            var claim = (await app.Engine.Read<Claim>(house.Scope.Id<Claim>(id)))!;
            hidden.Add(("the hash of guessed words", ClaimVersion.HashOf(claim.Latest?.Hash ?? "", null, claim.Proposal!.Wording)));
            hidden.Add(("the hash of guessed words alone", Convert.ToHexStringLower(SHA256.HashData(claim.Proposal.Wording.Bytes()))));
        }
        var room = (await app.Engine.Read<Claim>(house.Scope.Id<Claim>(moved)))!;
        hidden.Add(("the hash of guessed words for rooms", ClaimVersion.HashOf(room.Published[0].Hash, null, room.Published[1].Wording)));
        return hidden;
    }

    // Everything that a stranger can have: all routes for anybody, all stored pages packed and unpacked, what lists hold for the public, the log and a summary.
    private static async Task<List<(string Where, string Text)>> Sinks(RealApp app, TestHouse house)
    {
        var sinks = new List<(string, string)>();
        using var visitor = house.Visitor();
        var paths = RouteTable.Of(app).Where(r => r is { Changes: false, Parameters.Count: 0, Guard.Reader: Reader.Anybody }).Select(r => r.Pattern).ToList();
        var store = app.Services.GetRequiredService<IStore>();
        var stored = await store.Query(sql => sql.Query("select page, body, brotli from snapshots where tenant = @tenant", r => (Page: r.Text(0), Body: r.Bytes(1), Brotli: r.Bytes(2)), ("@tenant", house.Scope.Tenant)));
        foreach (var path in paths.Concat(stored.Select(s => s.Page).Where(p => p.StartsWith('/'))).Append("/for/reviewer").Distinct())
            sinks.Add((path, (await visitor.Get(path)).Text));
        foreach (var word in new[] { "quokka", "plans", "announces" })
            foreach (var path in new[] { "/search?q=", "/?q=", "/updates?q=" }) sinks.Add((path + word, WithoutQuestion((await visitor.Get(path + word)).Text, word)));
        foreach (var (page, body, brotli) in stored)
        {
            sinks.Add(("stored " + page, Encoding.UTF8.GetString(body)));
            if (brotli.Length > 0) sinks.Add(("packed " + page, await Unpacked(brotli)));
        }
        sinks.Add(("the public log", string.Concat(await store.Query(sql => sql.Query("select body from entries where tenant = @tenant and log = 'publications'", r => Encoding.UTF8.GetString(r.Bytes(0)) + Convert.ToHexStringLower(r.Bytes(0)), ("@tenant", house.Scope.Tenant))))));
        sinks.Add(("the public rows", string.Concat(await store.Query(sql => sql.Query("select published from claim_rows where tenant = @tenant and published is not null", r => r.Text(0), ("@tenant", house.Scope.Tenant))))));
        sinks.Add(("the summary", await Summary(house)));
        return sinks;
    }

    // A search page may say again what was asked for.
    private static string WithoutQuestion(string text, string word) => text.Replace($"{word}\"", "", StringComparison.Ordinal).Replace($"“{word}”", "", StringComparison.Ordinal);

    private static async Task<string> Unpacked(byte[] brotli)
    {
        await using var stream = new BrotliStream(new MemoryStream(brotli), CompressionMode.Decompress);
        return await new StreamReader(stream).ReadToEndAsync();
    }

    private static async Task<string> Summary(TestHouse house)
    {
        var rep = await house.SignIn(Role.Rep);
        var (_, link) = await house.Share(rep, ("summary", "yes"), ("domains", "acme.com"));
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, (await rep.Get($"/console/links/{link}/summary")).Bytes);
            return string.Concat(Samples.PageTexts(file)) + Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
        }
        finally { File.Delete(file); }
    }

    private static string Counts(string html) => new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html).QuerySelector(".figures")!.TextContent;
}
