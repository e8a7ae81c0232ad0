using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TrustCenter.Claims;
using TrustCenter.Tests.Looks;

namespace TrustCenter.Tests.Pages;

/// <summary>Every public page in a real browser: axe finds nothing, light and dark, wide and narrow. With TRUSTCENTER_PICTURES set to a folder, the pages are pictured there.</summary>
public sealed class LooksTests
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("TRUSTCENTER_PICTURES");

    [Fact]
    public async Task Every_public_page_passes_axe_in_both_colours_at_both_widths()
    {
        await using var app = await RealApp.Start();
        app.Clock.Set(new DateTimeOffset(2026, 11, 21, 9, 14, 0, TimeSpan.Zero));
        var vendor = await Northwind.Publish(app);
        var changed = await vendor.Publish(TestVendor.Wording("Backups are kept for 30 days. They are read once a month.", "continuity"));
        await vendor.Publish(TestVendor.Wording("Backups are kept for **35 days**. They are restored once a month.", "continuity") with { Status = ClaimStatus.Partly }, changed);
        await vendor.Publish(TestVendor.Wording("Backups are kept for **35 days**. They are restored every week.", "continuity") with { Owner = "Head of Security" }, changed);
        var withdrawn = await vendor.Publish(TestVendor.Wording("Phone support answers within a minute.", "continuity"));
        await vendor.Withdraw(withdrawn, "The phone line was closed in October 2026.");
        await app.Compiled(vendor.Scope);
        string[] paths = ["/", "/for/executive", $"/claims/{changed}", $"/claims/{changed}/differences/1/3", $"/claims/{withdrawn}", "/documents", "/subprocessors", "/updates", "/check"];

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
        var findings = new List<string>();
        foreach (var (width, colours) in Corners.All)
        {
            var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = colours, BaseURL = $"http://northwind.localhost:{app.Port}" });
            for (var i = 0; i < paths.Length; i++) findings.AddRange(await Look(page, paths[i], $"{i}-{width}-{colours}".ToLowerInvariant()));
            await page.CloseAsync();
        }
        findings.ShouldBeEmpty();
    }

    private static async Task<IEnumerable<string>> Look(IPage page, string path, string name)
    {
        var refused = new List<string>();
        page.Console += (_, message) => refused.Add(message.Text);
        await page.GotoAsync(path);
        if (Pictures is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name + ".png"), FullPage = true });
        // Opened details are part of the page, and nothing may be wider than the window.
        await page.EvaluateAsync("document.querySelectorAll('details:not(.for)').forEach((d, i) => d.open = i < 12)");
        if (Pictures is not null && path == "/") await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name + "-open.png"), FullPage = true });
        var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (wide > 0) refused.Add($"scrolls sideways by {wide} px");
        var axe = await page.RunAxe();
        var violations = axe.Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}");
        return refused.Concat(violations).Select(finding => $"{path} {name}: {finding}").ToList();
    }
}
