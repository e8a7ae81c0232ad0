using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TrustCenter.Staff;
using TrustCenter.Tests.Claims;
using TrustCenter.Tests.Documents;
using TrustCenter.Tests.Evidence;
using TrustCenter.Tests.Import;
using TrustCenter.Tests.Looks;

namespace TrustCenter.Tests.Staff;

/// <summary>The console in a browser: no barrier that axe finds, no page wider than the screen, on a phone and on a desk, light and dark.</summary>
public sealed class ConsoleLookTests(ConsoleApp app) : IClassFixture<ConsoleApp>
{
    private const string Chromium = "/usr/bin/chromium";

    // Names a folder for pictures of every page; unset, none are taken.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("TRUSTCENTER_PICTURES");

    [Fact]
    public async Task Every_page_can_be_read_by_everybody()
    {
        var pages = await Furnish();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
        var problems = new List<string>();
        foreach (var (width, scheme) in Corners.All)
            foreach (var group in pages.GroupBy(p => p.Role))
            {
                await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
                var page = await context.NewPageAsync();
                await SignIn(page, group.Key);
                foreach (var (name, _, path, act) in group) problems.AddRange(await Look(page, name, path, act, $"{width}-{scheme}"));
            }
        problems.ShouldBeEmpty(string.Join('\n', problems));
    }

    [Fact]
    public async Task A_claim_is_written_with_the_keyboard_alone_and_without_script()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
        await using var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"http://{app.Host}/console/claims/new");
        await TabTo(page, $"form:has(input[value=Editor]):has(input[value='{app.Vendor.Tenant:D}']) button");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#f-statement").WaitForAsync();
        await TabTo(page, "#f-statement");
        await page.Keyboard.TypeAsync("Written with the keyboard.");
        await TabTo(page, "#f-topic");
        await page.Keyboard.TypeAsync("Data");
        await TabTo(page, "#f-owner");
        await page.Keyboard.TypeAsync("Head of Platform");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("h1:text-is('Written with the keyboard.')").WaitForAsync();
        await TabTo(page, "button:has-text('Save and ask for approval')");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("text=Waits for approval.").WaitForAsync();
    }

    private static async Task TabTo(IPage page, string selector)
    {
        for (var presses = 0; presses < 80; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.Locator(":focus").And(page.Locator(selector)).CountAsync() > 0) return;
        }
        throw new InvalidOperationException($"The keyboard does not reach {selector}.");
    }

    private async Task<List<string>> Look(IPage page, string name, string path, Func<IPage, Task>? act, string how)
    {
        await page.GotoAsync($"http://{app.Host}{path}");
        if (act is not null) await act(page);
        var axe = await page.RunAxe();
        var problems = axe.Violations.Select(v => $"{how} {name}: {v.Id} at {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}").ToList();
        var tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (tooWide > 0) problems.Add($"{how} {name}: {tooWide} px wider than the screen");
        if (Pictures is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{how}.png"), FullPage = true });
        return problems;
    }

    private async Task SignIn(IPage page, Role role)
    {
        await page.GotoAsync($"http://{app.Host}/console");
        await page.Locator($"form:has(input[name=role][value={role}]):has(input[name=vendor][value='{app.Vendor.Tenant:D}']) button").ClickAsync();
        (await page.Locator("h1").TextContentAsync()).ShouldBe("Today", await page.ContentAsync());
    }

    private async Task<IReadOnlyList<(string Name, Role Role, string Path, Func<IPage, Task>? Act)>> Furnish()
    {
        var (edda, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        var encryption = await app.Publish("Customer data is encrypted at rest with **AES-256**: databases, file storage, search indexes and backups. There is no plan or region in which this is switched off.",
            ("checked", "2026-06-12"), ("reviewBy", "2026-09-12"), ("frameworks", "SOC2:CC6.1, ISO27001:A.8.24"), ("why.reviewer", "You can tick encryption at rest for every store, not only for the main database."));
        await edda.Post($"/console/claims/{encryption}", ClaimDesk.Fields("Customer data is encrypted at rest with **AES-256**: databases, file storage, search indexes, queues and backups. There is no plan or region in which this is switched off.",
            ("edit", "1"), ("checked", "2026-11-12"), ("reviewBy", "2027-05-12"), ("frameworks", "SOC2:CC6.1, ISO27001:A.8.24"), ("why.reviewer", "You can tick encryption at rest for every store, not only for the main database."), ("regions", "EU")));
        await edda.AskApproval(encryption);
        var partly = await app.Publish("Customers in the EU bring their own keys; other regions follow in the second quarter.", ("status", "Partly"), ("topic", "access"), ("reviewBy", "2027-03-01"));
        var draft = await edda.Write("All staff sign in with a hardware key.", ("status", "Planned"), ("topic", "access"));
        var hour = await edda.Write("Backups move to a third region.", ("topic", "data"));
        await edda.AskApproval(hour);
        (await approver.Post($"/console/claims/{hour}/schedules", ("edit", "1"), ("publishAt", DateTime.UtcNow.AddDays(9).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)))).EnsureNot400();
        (await approver.Post($"/console/claims/{encryption}/comments", ("text", "Does this hold for the queues since March?"))).EnsureNot400();
        (await edda.Post($"/console/claims/{partly}/translations/de", ("of", "1"), ("edit", "0"), ("ask", "yes"), ("statement", "Kunden in der EU bringen ihre eigenen Schlüssel mit."))).EnsureNot400();
        var several = await edda.Post("/console/claims/checks", ("claim", $"{await app.Publish("Logs are kept for a year.", ("reviewBy", "2026-10-01"))}:1"), ("claim", $"{partly}:7"), ("checked", "2026-11-21"), ("reviewBy", "2027-05-21"));
        several.EnsureNot400();
        var report = await edda.BringWell(Samples.OnePage(), "soc2-type2-2026.pdf", ("title", "SOC 2 Type II report 2026"), ("from", "2025-05-01"), ("to", "2026-04-30"));
        (await approver.ApproveFile(report)).EnsureNot400();
        var figures = await edda.BringWell([1, 2, 3], "availability.xlsx", ("title", "Availability figures"), ("kind", "Other"), ("validUntil", "2026-10-31"));
        (await approver.ApproveFile(figures, ("unmarked", "yes"))).EnsureNot400();
        var waiting = await edda.BringWell([1, 2, 3, 4], "network.vsdx", ("title", "Network architecture"), ("kind", "Architecture"));
        var named = await edda.BringWell(Samples.WithMetadata(), "policy.pdf", ("title", "Security policy"), ("kind", "Policy"), ("class", "Public"));
        var imports = await ImportLooks.Furnish(app);
        return
        [
            ("evidence-metadata", Role.Editor, $"/console/evidence/{named}", null),
            .. imports,
            ("today", Role.Editor, "/console", null),
            ("claims", Role.Editor, "/console/claims", null),
            ("claims-none", Role.Editor, "/console/claims?status=Planned&topic=data", null),
            ("claim-new", Role.Editor, "/console/claims/new", null),
            ("claim-problems", Role.Editor, "/console/claims/new", page => page.Locator("main form button >> nth=0").ClickAsync()),
            ("claim-draft", Role.Editor, $"/console/claims/{draft}", null),
            ("claim-waiting", Role.Editor, $"/console/claims/{encryption}", Open),
            ("claim-published", Role.Editor, $"/console/claims/{partly}", Open),
            ("claim-hour", Role.Approver, $"/console/claims/{hour}", Open),
            ("claims-as-of", Role.Editor, "/console/claims/as-of?date=2099-12-31", null),
            ("claims-as-of-no-day", Role.Editor, "/console/claims/as-of?date=soon", null),
            ("claim-draft-page", Role.Editor, $"/console/claims/{encryption}/draft", null),
            ("claim-draft-home", Role.Editor, $"/console/claims/{encryption}/draft/home", null),
            ("claim-translation", Role.Editor, $"/console/claims/{partly}/translations/de", null),
            ("claim-translation-waiting", Role.Approver, $"/console/claims/{partly}/translations/de", Open),
            ("claims-publish", Role.Approver, $"/console/claims/publications/new?claim={encryption}&claim={draft}&claim={Guid.NewGuid()}", null),
            ("claims-check", Role.Editor, $"/console/claims/checks/new?claim={partly}&claim={encryption}", null),
            ("claims-check-problems", Role.Editor, $"/console/claims/checks/new?claim={partly}", page => page.Locator("main form button").ClickAsync()),
            ("claims-batch", Role.Editor, several.Headers.Location!.OriginalString, null),
            ("evidence", Role.Editor, "/console/evidence", null),
            ("evidence-new", Role.Editor, "/console/evidence/new", null),
            ("evidence-problems", Role.Editor, "/console/evidence/new", page => page.Locator("main form button").ClickAsync()),
            ("evidence-published", Role.Editor, $"/console/evidence/{report}", Open),
            ("api-keys-none", Role.Admin, "/console/api-keys", null),
            ("api-key-new", Role.Admin, "/console/api-keys/new", null),
            ("api-key-problems", Role.Admin, "/console/api-keys/new", page => page.Locator("main form button").ClickAsync()),
            ("api-key-made", Role.Admin, "/console/api-keys/new", async page =>
            {
                await page.Locator("#f-name").FillAsync("Release build of the reporting pipeline");
                await page.Locator("input[value=ReadConsole]").CheckAsync();
                await page.Locator("input[value=ReadJournal]").CheckAsync();
                await page.Locator("main form button").ClickAsync();
                (await page.Locator("h1").TextContentAsync()).ShouldBe("Copy your key now");
            }),
            ("api-keys", Role.Admin, "/console/api-keys", null),
            ("today-approver", Role.Approver, "/console", null),
            ("claim-read", Role.Approver, $"/console/claims/{encryption}", null),
            ("claim-review", Role.Approver, $"/console/claims/{encryption}/review", null),
            ("claim-review-none", Role.Approver, $"/console/claims/{draft}/review", null),
            ("evidence-waiting", Role.Approver, $"/console/evidence/{waiting}", null),
        ];
    }

    private static Task Open(IPage page) => page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
}

internal static class LookAnswers
{
    public static void EnsureNot400(this HttpResponseMessage answer) => ((int)answer.StatusCode).ShouldBeLessThan(400);
}
