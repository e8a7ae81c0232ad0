using System.Text.Json;
using TrustCenter.Claims;
using TrustCenter.Staff;
using TrustCenter.Tests.Deals;
using TrustCenter.Tests.Documents;

namespace TrustCenter.Tests.Isolation;

/// <summary>What people typed stays text in every place that shows it: the page has the elements and attributes of its plain twin.</summary>
[Trait("Case", "T-060")]
public sealed class SinkTests(SinkStage stage) : IClassFixture<SinkStage>
{
    [Fact]
    public void There_are_enough_of_them() => NaughtyTexts.All.Distinct().Count().ShouldBeGreaterThanOrEqualTo(120);

    [Theory]
    [InlineData("/")]
    [InlineData("/updates")]
    [InlineData("/documents")]
    [InlineData("/for/reviewer")]
    [InlineData("/check")]
    [InlineData("/search")]
    [InlineData("/search?q=data+protection")]
    [InlineData("/search?q=alpha+records")]
    public async Task A_public_page_keeps_its_shape(string path)
    {
        using var naughty = stage.Naughty.Visitor();
        using var plain = stage.Plain.Visitor();
        (await naughty.Get(path)).ShouldBeThatOf(await plain.Get(path), path);
    }

    [Fact]
    public async Task A_question_stays_text_on_the_page_of_results()
    {
        using var visitor = stage.Plain.Visitor();
        var known = Shape.Of((await visitor.Get("/search?q=plain")).Dom).Concat(Shape.Of((await visitor.Get("/search?q=zzzz")).Dom)).ToHashSet();
        foreach (var text in NaughtyTexts.All.Select(t => t[..Math.Min(t.Length, 300)])) // an address has its own bound
        {
            var page = await visitor.Get("/search?q=" + Uri.EscapeDataString(text));
            page.Status.ShouldBe(200, text);
            Shape.Of(page.Dom).Where(s => !known.Contains(s)).ShouldBeEmpty(text);
            page.Dom.QuerySelector("#q")!.GetAttribute("value").ShouldBe(TrustCenter.Pages.SearchQuestion.Of(text).Typed);
        }
    }

    [Fact]
    public async Task A_claims_page_and_its_title_keep_their_shape()
    {
        using var naughty = stage.Naughty.Visitor();
        using var plain = stage.Plain.Visitor();
        foreach (var (text, bad, good) in stage.Claims)
        {
            var page = await naughty.Get($"/claims/{bad}");
            page.ShouldBeThatOf(await plain.Get($"/claims/{good}"), text);
            page.Dom.Title.ShouldNotBeNullOrEmpty();
            page.Dom.Title!.ShouldEndWith("· Alpha Records");
        }
    }

    [Fact]
    public async Task The_programs_copy_says_each_text_as_it_was_typed()
    {
        using var visitor = stage.Naughty.Visitor();
        using var json = JsonDocument.Parse((await visitor.Get("/trust.json")).Bytes);
        var said = json.RootElement.GetProperty("claims").EnumerateArray().Select(c => c.GetProperty("versions")[0].GetProperty("statement").GetString()).ToHashSet();
        NaughtyTexts.All.Where(t => !said.Contains(t)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_difference_keeps_its_shape()
    {
        foreach (var text in NaughtyTexts.All.Where((_, n) => n % 6 == 0))
        {
            var (bad, good) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            await stage.Naughty.Claim(bad, text, Visibility.Public);
            await stage.Plain.Claim(good, "Plain words.", Visibility.Public);
            await stage.Naughty.Claim(bad, "Now it says something else.", Visibility.Public);
            await stage.Plain.Claim(good, "Now it says something else.", Visibility.Public);
            using var naughty = stage.Naughty.Visitor();
            using var plain = stage.Plain.Visitor();
            var (with, without) = (await naughty.Get($"/claims/{bad}/differences/1/2"), await plain.Get($"/claims/{good}/differences/1/2"));
            with.Status.ShouldBe(200);
            // How many words were taken out and put in differs with the text; nothing else may.
            Shape.Of(with.Dom).Where(s => s is not ("ins[]" or "del[]")).ShouldBe(Shape.Of(without.Dom).Where(s => s is not ("ins[]" or "del[]")), text);
        }
    }

    [Theory]
    [InlineData("/console/claims")]
    [InlineData("/console/deals")]
    [InlineData("/console/deals?page=2")]
    [InlineData("/console/deals/new")]
    [InlineData("/console/links/new")]
    public async Task A_console_page_keeps_its_shape(string path)
        => (await (await stage.Naughty.SignIn(Role.Rep)).Get(path)).ShouldBeThatOf(await (await stage.Plain.SignIn(Role.Rep)).Get(path), path);

    [Fact]
    public async Task A_deal_keeps_its_shape_and_shows_what_was_typed()
    {
        var (naughty, plain) = (await stage.Naughty.SignIn(Role.Rep), await stage.Plain.SignIn(Role.Rep));
        foreach (var (text, bad, good) in stage.Deals)
        {
            var page = await naughty.Get($"/console/deals/{bad}");
            page.ShouldBeThatOf(await plain.Get($"/console/deals/{good}"), text);
        }
    }

    [Fact]
    public async Task The_editor_holds_what_was_typed()
    {
        var (naughty, plain) = (await stage.Naughty.SignIn(Role.Editor), await stage.Plain.SignIn(Role.Editor));
        foreach (var (text, bad, good) in stage.Claims.Where((_, n) => n % 2 == 1 && n % 6 != 0))
        {
            var page = await naughty.Get($"/console/claims/{bad}");
            page.Status.ShouldBe(200);
            var extra = Shape.Of(page.Dom).Distinct().Except(Shape.Of((await plain.Get($"/console/claims/{good}")).Dom).Distinct()).ToList();
            extra.ShouldBeSubsetOf(["ul[class]", "li[class]", "p[class]", "p[class,role]", "ul[class,role]"], text); // the editor may say what is wrong with the text
            if (!text.Any(char.IsControl) && !text.Contains('\u2028')) page.Dom.QuerySelector("textarea[name=statement]")!.TextContent.Trim().ShouldBe(text.Trim());
        }
    }

    [Fact, Trait("Case", "T-100")]
    public async Task The_deals_as_a_table_say_each_text_as_it_was_typed_and_hold_no_formula()
    {
        var rep = await stage.Naughty.SignIn(Role.Rep);
        var csv = await rep.Submit(await rep.Get("/console/deals"), "/console/deals/exports");
        csv.Status.ShouldBe(200);
        var rows = PlainCsv.Read(csv.Text.TrimStart('\uFEFF'));
        var at = rows[0].IndexOf("reason");
        rows.Skip(1).SelectMany(row => row).ShouldAllBe(cell => cell.Length == 0 || !"=+-@\t\r＝＋－＠".Contains(cell[0]));
        var said = rows.Skip(1).Select(row => TrustCenter.Pages.CsvCell.Read(row[at]).ReplaceLineEndings("\n")).ToHashSet();
        NaughtyTexts.All.Select(t => SinkStage.Cut(t, 400).ReplaceLineEndings("\n").Replace('\0', '\uFFFD')).Where(t => !said.Contains(t)).ShouldBeEmpty(); // no database keeps a NUL in a row's text
    }

    [Fact]
    public async Task The_summary_shows_texts_as_typed_and_does_nothing()
    {
        var rep = await stage.Naughty.SignIn(Role.Rep);
        var (_, id) = await stage.Naughty.Share(rep, ("domains", "acme.com"), ("account", "<script>alert(1)</script> {{7*7}}"), ("summary", "yes"));
        var pdf = await rep.Get($"/console/links/{id}/summary");
        pdf.Status.ShouldBe(200);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, pdf.Bytes);
            var text = string.Concat(Samples.PageTexts(file)).ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal);
            foreach (var shown in new[] { "<script>alert(1)</script>{{7*7}}", "{{7*7}}", "<b>bold</b>" }) text.ShouldContain(shown);
            var (_, plain) = Samples.Run("qpdf", "--qdf", "--object-streams=disable", file, "-");
            foreach (var action in new[] { "/JavaScript", "/JS", "/Launch", "/OpenAction", "/SubmitForm", "/EmbeddedFile" }) plain.ShouldNotContain(action, Case.Sensitive);
            var links = System.Text.RegularExpressions.Regex.Matches(plain, @"/URI \(([^)]*)").Select(m => m.Groups[1].Value).ToList();
            links.ShouldNotBeEmpty();
            links.ShouldAllBe(l => l.StartsWith("http://", StringComparison.Ordinal) || l.StartsWith("https://", StringComparison.Ordinal) || l.StartsWith("mailto:", StringComparison.Ordinal));
        }
        finally { File.Delete(file); }
    }
}
