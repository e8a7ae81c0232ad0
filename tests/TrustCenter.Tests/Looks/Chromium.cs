using Microsoft.Playwright;

namespace TrustCenter.Tests.Looks;

/// <summary>One browser with a desk and a phone; cookies are put in for each visit.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    public const string File = "/usr/bin/chromium";

    private Chromium(IPlaywright playwright, IBrowser browser, IPage desk, IPage phone) => (this.playwright, this.browser, Desk, Phone) = (playwright, browser, desk, phone);

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    public IPage Desk { get; }
    public IPage Phone { get; }

    public static async Task<Chromium> Start()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = File, Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
        var desk = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var phone = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });
        return new Chromium(playwright, browser, desk, phone);
    }

    /// <summary>Opens a page as this visitor.</summary>
    public static async Task Open(IPage page, TrustCenter.Tests.Browser by, string path)
    {
        await page.Context.ClearCookiesAsync();
        if (by.Cookies.Count > 0)
            await page.Context.AddCookiesAsync(by.Cookies.Select(c => new Cookie { Name = c.Key, Value = c.Value, Url = by.Origin.Replace("http://", "https://", StringComparison.Ordinal), Secure = true, HttpOnly = true }));
        await page.GotoAsync(by.Origin + path);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
