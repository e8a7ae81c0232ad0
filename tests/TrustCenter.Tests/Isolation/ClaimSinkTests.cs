using System.Text.Json;
using TrustCenter.Claims;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>The places that show what was typed since claims are translated, commented, checked together and read as of a day.</summary>
[Trait("Case", "T-060")]
public sealed class ClaimSinkTests(SinkStage stage) : IClassFixture<SinkStage>
{
    private IEnumerable<(string Text, Guid Naughty, Guid Plain)> Some => stage.Claims.Where((_, n) => n % 4 == 0);

    [Fact]
    public async Task A_translation_is_shown_as_typed_wherever_it_stands()
    {
        foreach (var (text, bad, good) in Some)
        {
            await stage.Naughty.Translate(bad, "de", text, SinkStage.Cut(text, 80));
            await stage.Plain.Translate(good, "de", "Schlichte Worte.", "Schlichte Rolle");
        }
        await stage.App.Compiled(stage.Naughty.Scope);
        await stage.App.Compiled(stage.Plain.Scope);
        using var naughty = stage.Naughty.Visitor();
        using var plain = stage.Plain.Visitor();
        Shape.Of((await naughty.Get("/de/")).Dom).Where(s => s != "div[lang]").ShouldBe(Shape.Of((await plain.Get("/de/")).Dom).Where(s => s != "div[lang]")); // an untranslated one may have more to open
        var (editor, other) = (await stage.Naughty.SignIn(Role.Editor), await stage.Plain.SignIn(Role.Editor));
        foreach (var (text, bad, good) in Some)
        {
            (await naughty.Get($"/de/claims/{bad}")).ShouldBeThatOf(await plain.Get($"/de/claims/{good}"), text);
            (await editor.Get($"/console/claims/{bad}/translations/de")).ShouldBeThatOf(await other.Get($"/console/claims/{good}/translations/de"), text);
        }
        using var json = JsonDocument.Parse((await naughty.Get("/trust.json")).Bytes);
        var said = json.RootElement.GetProperty("claims").EnumerateArray().Where(c => c.TryGetProperty("translations", out _)).Select(c => c.GetProperty("translations")[0].GetProperty("statement").GetString()).ToHashSet();
        Some.Select(s => s.Text).Where(t => !said.Contains(t)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_comment_is_shown_as_typed()
    {
        var (editor, other) = (await stage.Naughty.SignIn(Role.Approver), await stage.Plain.SignIn(Role.Approver));
        foreach (var (text, _, good) in Some.Where(s => s.Text.Trim().Length > 0))
        {
            // On a plain claim both times: what differs is the comment.
            var (with, without) = (stage.Claims[1].Naughty, good);
            await stage.Naughty.Decide(with, new AddClaimComment { Id = Guid.NewGuid(), Text = text });
            var page = await editor.Get($"/console/claims/{with}");
            var shown = page.Dom.QuerySelectorAll("section[aria-labelledby=comments] li:last-child");
            shown.Length.ShouldBe(1, text);
            shown[0].QuerySelectorAll("*").Select(e => e.LocalName).ShouldBe(["b", "span", "time", "p"], text);
            if (!text.Any(char.IsControl)) shown[0].QuerySelector("p")!.TextContent.ShouldBe(text.Trim());
            (await other.Get($"/console/claims/{without}")).Status.ShouldBe(200);
        }
    }

    [Theory]
    [InlineData("/console/claims?sort=statement&order=down&page=2")]
    [InlineData("/console/claims/as-of?date=2099-12-31")]
    public async Task A_list_of_claims_keeps_its_shape(string path)
        => (await (await stage.Naughty.SignIn(Role.Editor)).Get(path)).ShouldBeThatOf(await (await stage.Plain.SignIn(Role.Editor)).Get(path), path);

    [Fact]
    public async Task A_look_at_several_and_its_result_keep_their_shape()
    {
        var (naughty, plain) = (await stage.Naughty.SignIn(Role.Editor), await stage.Plain.SignIn(Role.Editor));
        foreach (var chunk in stage.Claims.Where((_, n) => n % 4 == 2).Chunk(50))
        {
            var (with, without) = (await naughty.Get("/console/claims/checks/new?" + string.Join('&', chunk.Select(c => $"claim={c.Naughty}"))), await plain.Get("/console/claims/checks/new?" + string.Join('&', chunk.Select(c => $"claim={c.Plain}"))));
            with.ShouldBeThatOf(without, "the look at several");
            var note = chunk[0].Text;
            var (bad, good) = (await Check(naughty, with, note), await Check(plain, without, "A plain note."));
            bad.ShouldBeThatOf(good, "what came of it");
        }
    }

    [Fact]
    public async Task A_claims_history_for_programs_says_each_text_as_it_was_typed()
    {
        using var visitor = stage.Naughty.Visitor();
        foreach (var (text, bad, _) in stage.Claims)
        {
            using var json = JsonDocument.Parse((await visitor.Get($"/claims/{bad}/history.json")).Bytes);
            json.RootElement.GetProperty("versions")[0].GetProperty("statement").GetString().ShouldBe(text);
        }
    }

    private static async Task<Answer> Check(Browser editor, Answer look, string note)
    {
        var fields = new List<(string, string)> { ("checked", "2026-11-21"), ("reviewBy", "2027-05-21"), ("note", note) };
        fields.Add(("stamp", look.Dom.QuerySelector("main input[name=stamp]")!.GetAttribute("value")!));
        fields.AddRange(look.Dom.QuerySelectorAll("main input[name=claim]").Select(i => ("claim", i.GetAttribute("value")!)));
        var done = await editor.Post("/console/claims/checks", [.. fields]);
        done.Status.ShouldBe(303, done.Text);
        return await editor.Get(done.Location!);
    }
}
