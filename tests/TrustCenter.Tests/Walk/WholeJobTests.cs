using System.Diagnostics;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TrustCenter.Documents;
using TrustCenter.Journal;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Walk;

/// <summary>The main job, end to end: three people in three browsers, clicking what people click.</summary>
public sealed class WholeJobTests
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("TRUSTCENTER_PICTURES");

    private readonly List<string> findings = [];

    [Fact]
    public async Task A_claim_is_written_approved_shared_read_and_counts_in_a_deal()
    {
        await using var app = await RealApp.Start(options => options.Demo = true);
        var house = await TestHouse.Build(app, "northwind", "Northwind");
        var file = Path.Combine(app.Folder, "report.pdf");
        await File.WriteAllBytesAsync(file, await DocumentFromMarkdown.Write("Penetration test", "Northwind", new DateOnly(2026, 10, 1), "# Result\n\nNine findings, all closed."));
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
        var console = $"http://console.localhost:{app.Port}";
        var site = $"http://northwind.localhost:{app.Port}";

        // Security: the editor writes a claim and brings evidence, the approver publishes both.
        var security = await (await chromium.NewContextAsync(new() { BaseURL = console, ViewportSize = new() { Width = 1280, Height = 900 } })).NewPageAsync();
        await SignIn(security, house, Role.Editor);
        await Look(security, "today");
        await security.GotoAsync("/console/evidence/new");
        await security.FillAsync("[name=title]", "Penetration test 2026");
        await security.SelectOptionAsync("[name=kind]", "PentestSummary");
        await security.SelectOptionAsync("[name=class]", "UnderAgreement");
        await security.SetInputFilesAsync("[name=file]", file);
        await security.ClickAsync("main form button");
        var evidence = security.Url;
        await Look(security, "evidence");
        await security.GotoAsync("/console/claims/new");
        await security.FillAsync("[name=statement]", "We test our product from outside every year and publish a summary.");
        await security.SelectOptionAsync("[name=topic]", "data");
        await security.FillAsync("[name=owner]", "Head of Security");
        await security.ClickAsync("text=Save draft");
        var claim = security.Url;
        await security.ClickAsync("text=Save and ask for approval");
        await Look(security, "claim");
        await SignIn(security, house, Role.Approver);
        await security.GotoAsync(evidence);
        await security.ClickAsync("text=Publish version 1");
        await security.GotoAsync(claim + "/review");
        await Look(security, "review");
        await security.ClickAsync("text=Publish version 1");

        // The page changed within a second of the click.
        var reader = await (await chromium.NewContextAsync(new() { BaseURL = site })).NewPageAsync();
        await reader.GotoAsync("/");
        (await reader.InnerTextAsync("main")).ShouldContain("We test our product from outside");

        // The rep records a deal and shares a page for it.
        var rep = await (await chromium.NewContextAsync(new() { BaseURL = console, ViewportSize = new() { Width = 1280, Height = 900 } })).NewPageAsync();
        await SignIn(rep, house, Role.Rep);
        await rep.GotoAsync("/console/deals/new");
        await rep.FillAsync("[name=account]", "Acme");
        await rep.FillAsync("[name=amount]", "48000");
        await rep.FillAsync("[name=stage]", "Security review");
        await rep.SelectOptionAsync("[name=factor]", "ReviewAsked");
        await rep.FillAsync("[name=reason]", "They want to see the test report first.");
        await rep.SelectOptionAsync("[name=saidBy]", "BuyersWords");
        await rep.ClickAsync("text=Record this deal");
        var deal = rep.Url;
        await rep.ClickAsync("text=Share a page for this deal");
        await Look(rep, "share");
        await rep.FillAsync("[name=account]", "Acme");
        await rep.FillAsync("[name=people]", "ana@acme.com");
        await rep.CheckAsync("text=Penetration test 2026");
        await rep.FillAsync("[name=nextStepLabel]", "Book a call");
        await rep.FillAsync("[name=nextStepAddress]", $"https://calendar.example/rosa");
        await rep.ClickAsync("text=Make the link");
        var link = new Uri(await rep.InputValueAsync("#f-address")).AbsolutePath;
        (await rep.InputValueAsync("#f-mail")).ShouldContain(link);
        await Look(rep, "link");

        // The prospect proves the address, accepts, reads and goes on.
        var prospect = await (await chromium.NewContextAsync(new() { BaseURL = site, AcceptDownloads = true, ViewportSize = new() { Width = 390, Height = 844 } })).NewPageAsync();
        await prospect.GotoAsync(link);
        (await prospect.Context.CookiesAsync()).ShouldBeEmpty();
        await Look(prospect, "gate");
        await prospect.FillAsync("[name=email]", "ana@acme.com");
        await prospect.ClickAsync("text=Send me a code");
        await prospect.FillAsync("[name=code]", (await house.Code())!);
        await Look(prospect, "code");
        await prospect.ClickAsync("text=Go on");
        await Look(prospect, "agreement");
        await prospect.CheckAsync("[name=agree]");
        await prospect.ClickAsync("text=Accept and read");
        await Look(prospect, "room");
        (await prospect.InnerTextAsync("main")).ShouldContain("keeps its keys in two vaults"); // a claim for rooms, behind its topic
        var marked = await Download(prospect, app, "Download Penetration test 2026");
        var text = Run("pdftotext", marked, "-");
        text.ShouldContain("ana@acme.com");
        text.ShouldContain("UTC");
        Run("pdftotext", await Download(prospect, app, "Open the summary"), "-").ShouldContain("Acme");
        await prospect.RouteAsync("https://calendar.example/**", route => route.FulfillAsync(new() { Body = "the rep's calendar", ContentType = "text/plain" }));
        await prospect.ClickAsync("text=Book a call");
        await prospect.WaitForURLAsync("https://calendar.example/rosa");

        // The rep sees it on the link and on the deal, and revokes.
        await rep.ReloadAsync();
        var seen = await rep.InnerTextAsync("main");
        foreach (var what in new[] { "ana@acme.com", "proved their e-mail", "accepted the agreement", "downloaded: Penetration test 2026", "followed the next step" }) seen.ShouldContain(what);
        await rep.GotoAsync(deal);
        (await rep.InnerTextAsync("main")).ShouldContain("ana@acme.com");
        await Look(rep, "deal");
        await rep.GotoAsync("/console/links");
        await rep.ClickAsync("main table >> text=Acme");
        await rep.ClickAsync("text=Revoke this link");
        (await rep.InnerTextAsync("main")).ShouldContain("Revoked");
        await prospect.GotoAsync(link);
        (await prospect.InnerTextAsync("h1")).ShouldBe("Nothing to see at this address");

        // The deal is lost over security; the one chart counts it.
        await rep.GotoAsync(deal);
        await rep.SelectOptionAsync("[name=factor]", "Blocked");
        await rep.SelectOptionAsync("[name=outcome]", "Lost");
        await rep.FillAsync("[name=closed]", app.Clock.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await rep.ClickAsync("text=Save this deal");
        await rep.GotoAsync("/console/deals");
        (await rep.InnerTextAsync("main")).ShouldContain("48,000");
        await Look(rep, "deals");

        // The admin exports the journal; it proves itself, offline.
        await SignIn(security, house, Role.Admin);
        await security.GotoAsync("/console/journal");
        await Look(security, "journal");
        var exported = await security.RunAndWaitForDownloadAsync(() => security.ClickAsync("text=Export the journal"));
        var export = Path.Combine(app.Folder, "journal.jsonl");
        await exported.SaveAsAsync(export);
        var report = new StringWriter();
        (await VerifyCommand.Run([export], report, report)).ShouldBe(0, report.ToString());
        findings.ShouldBeEmpty();
    }

    private static async Task SignIn(IPage page, TestHouse house, Role role)
    {
        await page.GotoAsync("/console/sign-in");
        await page.ClickAsync($"form:has(input[name=vendor][value='{house.Scope.Tenant}']):has(input[value={role}]) button");
        await page.WaitForURLAsync("**/console");
    }

    // What a page refuses to load or say to a reader is a finding, as is whatever axe finds.
    private async Task Look(IPage page, string name)
    {
        if (Pictures is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"walk-{name}.png"), FullPage = true });
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0) findings.Add($"{name} scrolls sideways");
        var axe = await page.RunAxe();
        findings.AddRange(axe.Violations.Select(v => $"{name}: {v.Id}: {v.Help}: {v.Nodes[0].Html}"));
    }

    private static async Task<string> Download(IPage page, RealApp app, string button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync());
        var path = Path.Combine(app.Folder, Guid.NewGuid().ToString("N") + ".pdf");
        await download.SaveAsAsync(path);
        return path;
    }

    private static string Run(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
