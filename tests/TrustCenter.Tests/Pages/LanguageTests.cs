using System.IO.Compression;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Pages;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using Xunit.Abstractions;
using JsonDocument = System.Text.Json.JsonDocument;
using TrustCenter.Tests.Looks;

namespace TrustCenter.Tests.Pages;

/// <summary>The pages in the vendor's other languages.</summary>
public sealed class LanguageTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_language_has_pages_once_something_is_translated_and_says_what_is_not()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        var second = Guid.CreateVersion7();
        await house.Claim(second, "Alpha Records restores backups every week.", Visibility.Public);
        await app.Compiled(house.Scope);
        using var visitor = house.Visitor();
        var nothing = (await visitor.Get("/never/was")).Fingerprint;
        foreach (var path in new[] { "/de/", "/de", "/de/for/reviewer", $"/de/claims/{second}", "/fr/", "/xx/", "/DE/" }) (await visitor.Get(path)).Fingerprint.ShouldBe(nothing, path);
        (await visitor.Get("/")).Dom.QuerySelectorAll("link[rel=alternate]").ShouldBeEmpty();

        await house.Translate(house.PublicClaim, "de", "Alpha Records verschlüsselt **alles**, was ruht. Auch Sicherungen.", "Leitung Sicherheit");
        await app.Compiled(house.Scope);

        var german = await visitor.Get("/de/");
        german.Dom.DocumentElement.GetAttribute("lang").ShouldBe("de");
        var (said, original) = (Entry(german, "Alpha Records verschlüsselt alles, was ruht."), Entry(german, "Alpha Records restores backups every week."));
        said.QuerySelector(".t")!.HasAttribute("lang").ShouldBeFalse();
        said.TextContent.ShouldContain("Auch Sicherungen.");
        said.TextContent.ShouldContain("umgesetzt");
        said.TextContent.ShouldContain("Leitung Sicherheit");
        original.QuerySelector(".t")!.GetAttribute("lang").ShouldBe("en");
        original.TextContent.ShouldContain("nicht übersetzt");
        german.Dom.QuerySelector("h1")!.GetAttribute("lang").ShouldBe("en"); // the tagline is the vendor's own
        foreach (var path in new[] { "/", "/de/", $"/claims/{second}", $"/de/claims/{second}", "/for/reviewer" })
        {
            var page = await visitor.Get(path);
            page.Status.ShouldBe(200, path);
            page.Dom.QuerySelectorAll("link[rel=alternate]").Select(l => l.GetAttribute("hreflang")).ShouldBe(["en", "de"]);
            page.Dom.QuerySelector("nav[aria-label=Language] a[hreflang=de],nav[aria-label=Sprache] a[hreflang=de]")!.TextContent.ShouldBe("Deutsch");
            foreach (var link in page.Dom.QuerySelectorAll("link[rel=alternate]")) (await visitor.Get(link.GetAttribute("href")!)).Status.ShouldBe(200);
        }
        (await visitor.Get($"/de/claims/{house.PublicClaim}")).Dom.QuerySelector("h1")!.TextContent.ShouldBe("Alpha Records verschlüsselt alles, was ruht.");
        (await visitor.Get("/fr/")).Fingerprint.ShouldBe(nothing);
    }

    [Fact]
    public async Task When_the_original_moves_on_the_page_shows_it_and_says_so()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        await house.Translate(house.PublicClaim, "de", "Alpha Records verschlüsselt alles.");
        await house.Claim(house.PublicClaim, "Alpha Records encrypts everything with new keys.", Visibility.Public);
        await app.Compiled(house.Scope);
        using var visitor = house.Visitor();
        var page = await visitor.Get($"/de/claims/{house.PublicClaim}");
        page.Dom.QuerySelector("h1")!.TextContent.ShouldBe("Alpha Records encrypts everything with new keys.");
        page.Dom.QuerySelector("h1")!.GetAttribute("lang").ShouldBe("en");
        page.Dom.QuerySelector("main")!.TextContent.ShouldContain("Die Übersetzung gehört zu einer älteren Version");
        page.Dom.QuerySelector("main")!.TextContent.ShouldNotContain("verschlüsselt alles");
        (await (await house.SignIn(Role.Editor)).Get($"/console/claims/{house.PublicClaim}/translations/de")).Text.ShouldContain("Of an older version (1, now 2)");
        using var json = JsonDocument.Parse((await visitor.Get("/trust.json")).Bytes);
        var translation = json.RootElement.GetProperty("claims").EnumerateArray().Single(c => c.GetProperty("id").GetGuid() == house.PublicClaim).GetProperty("translations")[0];
        (translation.GetProperty("language").GetString(), translation.GetProperty("of").GetInt32()).ShouldBe(("de", 1));
    }

    [Fact]
    public async Task A_claims_history_says_from_when_until_when_each_version_stood()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        app.Clock.Advance(TimeSpan.FromDays(1));
        await house.Claim(house.PublicClaim, "Second in public.", Visibility.Public);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await house.Claim(house.PublicClaim, "Third, for rooms only.", Visibility.Room);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await house.Claim(house.PublicClaim, "Fourth in public.", Visibility.Public);
        await app.Compiled(house.Scope);
        using var visitor = house.Visitor();
        var answer = await visitor.Get($"/claims/{house.PublicClaim}/history.json");
        answer.Headers["Content-Type"].ShouldStartWith("application/json");
        answer.Text.ShouldNotContain("rooms only");
        using var json = JsonDocument.Parse(answer.Bytes);
        var claim = (await app.Engine.Read<Claim>(house.Scope.Id<Claim>(house.PublicClaim)))!;
        json.RootElement.GetProperty("versions").EnumerateArray().Select(v => (v.GetProperty("number").GetInt32(), v.GetProperty("from").GetDateTimeOffset(), v.TryGetProperty("until", out var until) ? until.GetDateTimeOffset() : (DateTimeOffset?)null))
            .ShouldBe([(1, claim.Published[0].At, claim.Published[1].At), (2, claim.Published[1].At, claim.Published[2].At), (4, claim.Published[3].At, null)]);
    }

    [Fact]
    public async Task Pages_in_two_languages_stay_light_and_pass_axe_in_both_colours_at_both_widths()
    {
        await using var app = await RealApp.Start();
        var vendor = await Northwind.Publish(app);
        await vendor.Define(Northwind.Words() with { Languages = ["en", "de", "ar"] });
        var one = await vendor.Publish(TestVendor.Wording("Backups are kept for 30 days. They are read once a month.", "continuity"));
        var two = await vendor.Publish(TestVendor.Wording("Backups lie in two regions. A third follows.", "continuity"));
        await Translate(app, vendor, one, "de", "Sicherungen bleiben 30 Tage. Sie werden einmal im Monat gelesen.");
        await Translate(app, vendor, two, "ar", "النسخ الاحتياطية في منطقتين. وتتبعها ثالثة.");
        await app.Compiled(vendor.Scope);
        foreach (var path in new[] { "/", "/de/", "/ar/" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Accept-Encoding", "br");
            using var response = await vendor.Visitor.SendAsync(request);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            output.WriteLine($"{path}: {bytes.Length} bytes of body");
            bytes.Length.ShouldBeLessThanOrEqualTo(15_500, path); // the page of one language has 14,600 with its headers; marks of a second language come on top
            await using var unpacked = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
            (await new StreamReader(unpacked).ReadToEndAsync()).ShouldContain("hreflang");
        }
        using var arabic = new HttpRequestMessage(HttpMethod.Get, $"/ar/claims/{two}");
        var page = (await Answer.Of(await vendor.Visitor.SendAsync(arabic))).Dom;
        page.DocumentElement.GetAttribute("lang").ShouldBe("en"); // no table of Arabic words yet
        (page.QuerySelector("h1")!.GetAttribute("lang"), page.QuerySelector("h1")!.GetAttribute("dir")).ShouldBe(("ar", "rtl"));

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
        var findings = new List<string>();
        foreach (var (width, colours) in Corners.All)
        {
            var tab = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = colours, BaseURL = $"http://northwind.localhost:{app.Port}" });
            foreach (var path in new[] { "/", "/de/", $"/de/claims/{one}", $"/de/claims/{two}", $"/ar/claims/{two}" })
            {
                await tab.GotoAsync(path);
                if (Environment.GetEnvironmentVariable("TRUSTCENTER_PICTURES") is { } pictures) await tab.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"language{path.Replace('/', '-')}-{width}-{colours}.png") });
                await tab.EvaluateAsync("document.querySelectorAll('details:not(.for)').forEach((d, i) => d.open = i < 12)");
                if (await tab.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var wide) findings.Add($"{path} {width}: scrolls sideways by {wide} px");
                findings.AddRange((await tab.RunAxe()).Violations.Select(v => $"{path} {width} {colours}: {v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
            }
            await tab.CloseAsync();
        }
        findings.ShouldBeEmpty();
    }

    [Fact]
    public void The_tables_of_words_say_everything()
    {
        foreach (var words in new[] { PageWords.In("en"), PageWords.In("de-CH") })
        {
            words.States.Keys.ShouldBe(Enum.GetValues<PublicState>(), ignoreOrder: true);
            words.Classes.Count.ShouldBe(Enum.GetValues<TrustCenter.Evidence.EvidenceClass>().Length);
            words.Months.Count.ShouldBe(12);
            foreach (var text in typeof(PageWords).GetProperties().Where(p => p.PropertyType == typeof(string) && p.Name != nameof(PageWords.AfterDay) && p.GetMethod!.IsStatic == false)) ((string)text.GetValue(words)!).ShouldNotBeNullOrWhiteSpace(text.Name);
        }
        PageWords.In("de").Date(new DateOnly(2026, 6, 12)).ShouldBe("12. Juni 2026");
        PageWords.In("en").Date(new DateOnly(2026, 6, 12)).ShouldBe(Words.Date(new DateOnly(2026, 6, 12)));
        PageWords.In("de").ShortDate(new DateOnly(2026, 11, 2), new DateOnly(2026, 12, 1)).ShouldBe("2. Nov");
        PageWords.In("de").Percent(1, 1_000).ShouldBe("unter 1 %");
        PageWords.In("ar").Language.ShouldBe("en");
    }

    private static AngleSharp.Dom.IElement Entry(Answer page, string title) => page.Dom.QuerySelectorAll("details.claim").Single(d => d.QuerySelector(".t")!.TextContent == title);

    private static async Task Translate(RealApp app, TestVendor vendor, Guid claim, string language, string statement)
    {
        var id = vendor.Scope.Id<Claim>(claim);
        (await app.Engine.Decide(id, new SaveClaimTranslation { Id = Guid.NewGuid(), Language = language, Of = 1, BasedOnEdit = 0, Ask = true, Words = new TranslatedWords { Statement = statement } }, TestVendor.Editor)).ShouldBeOfType<Outcome.Done>();
        (await app.Engine.Decide(id, new ApproveClaimTranslation { Id = Guid.NewGuid(), Language = language, Edit = 1 }, TestVendor.Approver)).ShouldBeOfType<Outcome.Done>();
    }
}
