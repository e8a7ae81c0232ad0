using Microsoft.Playwright;
using TrustCenter.Tests.Staff;

namespace TrustCenter.Tests.Abuse;

[Collection(AbuseCases.Name)]
public sealed class ReturnTests(AbuseHouse house)
{
    private const string Chromium = "/usr/bin/chromium";

    [Fact, Trait("Case", "T-020")]
    public async Task Signing_in_leads_a_real_browser_nowhere_else()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var here = $"http://console.localhost:{house.App.Port}";
        var elsewhere = new List<string>();
        var spelling = "";
        page.Request += (_, request) => { if (!request.Url.StartsWith(here + "/", StringComparison.Ordinal)) elsewhere.Add($"{spelling} -> {request.Url}"); };

        var hostile = HostileReturnUrls.All.Where(url => url.Length < 200 && !url.Contains('\0')).Distinct().ToList();
        var chosen = hostile.Take(20).Concat(hostile.Where((_, n) => n % (hostile.Count / 25) == 0)).Distinct().Select(url => (Url: url, Lands: "/console")).Append(("/console/links", "/console/links")).ToList();
        chosen.Count.ShouldBeGreaterThanOrEqualTo(40);
        foreach (var (url, lands) in chosen)
        {
            spelling = url;
            await page.GotoAsync($"{here}/console/sign-in?return={Uri.EscapeDataString(url)}");
            await page.ClickAsync("form[action$='/console/sessions'] button");
            await page.WaitForURLAsync(here + lands);
        }
        elsewhere.ShouldBeEmpty();
    }
}
