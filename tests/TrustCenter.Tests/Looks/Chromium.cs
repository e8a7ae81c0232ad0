using Microsoft.Playwright;

namespace TrustCenter.Tests.Looks;

/// <summary>One browser with a desk and a phone for a class of tests; cookies are put in for each visit.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public IPage Desk { get; private set; } = null!;
    public IPage Phone { get; private set; } = null!;

    private const int Patience = 120_000; // milliseconds; a busy machine is slow and not wrong

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
        Desk = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        Desk.SetDefaultTimeout(Patience);
        Phone = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true, ReducedMotion = ReducedMotion.Reduce });
        Phone.SetDefaultTimeout(Patience);
    }

    /// <summary>Opens a page as this visitor.</summary>
    public static async Task Open(IPage page, TrustCenter.Tests.Browser by, string path)
    {
        await page.Context.ClearCookiesAsync();
        if (by.Cookies.Count > 0)
            await page.Context.AddCookiesAsync(by.Cookies.Select(c => new Cookie { Name = c.Key, Value = c.Value, Url = by.Origin.Replace("http://", "https://", StringComparison.Ordinal), Secure = true, HttpOnly = true }));
        await page.GotoAsync(by.Origin + path);
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
