using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TrustCenter.Engine;
using TrustCenter.Operation;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Tests.Looks;

namespace TrustCenter.Tests.Operation;

/// <summary>The operator's pages in a browser: no barrier that axe finds, no page wider than the screen.</summary>
public sealed class OperatorLookTests
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("TRUSTCENTER_PICTURES");

    [Trait("Long", "yes")]
    [Fact]
    public async Task Every_page_can_be_read_by_everybody()
    {
        var folder = Directory.CreateTempSubdirectory("looks-").FullName;
        await using var app = await RealApp.Start(o => (o.Demo, o.DeletionWaitDays, o.Backup.Folder) = (true, 0, folder));
        var house = await TestHouse.Build(app, "northwind", "Northwind Ledger");
        using var rep = await house.SignIn(Role.Rep);
        var (_, link) = await house.Share(rep);
        await app.Services.GetRequiredService<TenantStandings>().Decide(house.Scope.Tenant, new SuspendLinks { Id = Guid.NewGuid(), Since = app.Clock.GetUtcNow().AddMinutes(1), Backup = "" }, Actor.System, default);
        using var ana = await OperatorDesk.SignIn(app);
        var (paused, gone) = (await OperatorDesk.Make(ana, "paused"), await OperatorDesk.Make(ana, "gone"));
        await OperatorDesk.Change(ana, paused, "suspensions");
        await OperatorDesk.Change(ana, gone, "deletions", ("typed", "gone"));
        for (var tries = 0; tries < 300 && (await ana.Get($"/operator/tenants/{gone}/proof.txt")).Status != 200; tries++) await Task.Delay(50);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
        var problems = new List<string>();
        foreach (var (width, scheme) in Corners.All)
        {
            await using var context = await browser.NewContextAsync(new() { BaseURL = $"http://console.localhost:{app.Port}", ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
            var page = await context.NewPageAsync();
            var name = OperatorDesk.NewName();
            await page.GotoAsync("/operator/sign-in");
            problems.AddRange(await Look(page, "sign-in", width, scheme));
            await page.ClickAsync("main form button");
            problems.AddRange(await Look(page, "sign-in-problems", width, scheme));
            await page.FillAsync("[name=name]", name);
            await page.FillAsync("[name=code]", OperatorDesk.Code(app, name));
            await page.ClickAsync("main form button");
            (await page.Locator("h1").TextContentAsync()).ShouldBe("State of the platform");
            foreach (var path in new[] { "", "/tenants", "/tenants?find=nothing", "/tenants/new", $"/tenants/{house.Scope.Tenant}", $"/tenants/{paused}", $"/tenants/{gone}", "/journal" })
            {
                await page.GotoAsync("/operator" + path);
                problems.AddRange(await Look(page, path, width, scheme));
            }
            await page.GotoAsync("/operator/tenants/new");
            await page.ClickAsync("main form button");
            problems.AddRange(await Look(page, "new-problems", width, scheme));
            await page.GotoAsync("/console/sign-in");
            await page.ClickAsync($"form:has(input[name=role][value=Admin]):has(input[name=vendor][value='{house.Scope.Tenant:D}']) button");
            foreach (var path in new[] { "/console/link-approvals", "/console/links", $"/console/links/{link}" })
            {
                await page.GotoAsync(path);
                problems.AddRange(await Look(page, path, width, scheme));
            }
        }
        Directory.Delete(folder, recursive: true);
        problems.ShouldBeEmpty(string.Join('\n', problems));
    }

    private static async Task<List<string>> Look(IPage page, string name, int width, ColorScheme scheme)
    {
        var axe = await page.RunAxe();
        var problems = axe.Violations.Select(v => $"{width} {scheme} {name}: {v.Id} at {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}").ToList();
        var tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (tooWide > 0) problems.Add($"{width} {name}: {tooWide} px wider than the screen");
        if (Pictures is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"operator-{name.Replace('/', '-').Replace('?', '-')}-{width}-{scheme}.png"), FullPage = true });
        return problems;
    }
}
