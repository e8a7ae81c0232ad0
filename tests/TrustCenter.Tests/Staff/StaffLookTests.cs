using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Staff;

/// <summary>The whole way in by the keyboard alone in a real browser without script; each page without a barrier and no wider than the screen.</summary>
public sealed class StaffLookTests
{
    private const string Chromium = "/usr/bin/chromium";

    // Names a folder for pictures of every page; unset, none are taken.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("TRUSTCENTER_PICTURES");

    private readonly List<string> problems = [];

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task The_first_admin_comes_in_and_invites_a_colleague(int width, ColorScheme scheme)
    {
        await using var app = await RealApp.Start();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, BaseURL = $"http://console.localhost:{app.Port}" });
        var page = await context.NewPageAsync();
        Task Look(string name) => this.Look(page, $"{name}-{width}-{scheme}");

        await page.GotoAsync("/console/setup");
        await Look("setup");
        await Type(page, ("#f-code", StaffWalk.SetupCode(app)), ("#f-vendor", "Northwind Ledger"), ("#f-host", "Not a label"), ("#f-name", "Ada Moreau"), ("#f-email", "ada@northwind.example"));
        await page.Locator(".errors").WaitForAsync();
        await Look("setup-problems");
        await page.FillAsync("#f-host", "northwind");
        await page.ClickAsync("main button");
        await page.Locator(".qr svg").WaitForAsync();
        await Look("enrolment");
        await Type(page, ("#f-code", StaffWalk.CodeOf(app, StaffWalk.SecretOn(await Read(page)))));
        await page.Locator(".codes").WaitForAsync();
        await Look("recovery-codes");
        foreach (var (name, path) in new[] { ("roles", "/console/staff/roles"), ("account", "/console/account"), ("invite", "/console/staff/new") })
        {
            await page.GotoAsync(path);
            await Look(name);
        }
        await page.FillAsync("#f-name", "Bo Builder");
        await page.FillAsync("#f-email", "bo@northwind.example");
        await page.CheckAsync("input[value=Approver]");
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync("**/console/staff");
        await Look("staff");
        await page.ClickAsync("text=Bo Builder");
        await page.Locator("text=Send a new invitation").WaitForAsync();
        await Look("member");
        await page.GotoAsync(await StaffWalk.Link(app, "bo@northwind.example"));
        await Look("invitation");

        await context.ClearCookiesAsync();
        await page.GotoAsync("/console/staff");
        await Look("sign-in");
        await Type(page, ("#f-email", "ada@northwind.example"));
        await page.Locator("label[for=f-code]").WaitForAsync();
        await Look("mailed-code");
        await Type(page, ("#f-code", (await StaffWalk.MailedCode(app, "ada@northwind.example"))!));
        await page.Locator("text=recovery code").First.WaitForAsync();
        await Look("authenticator");
        problems.ShouldBeEmpty(string.Join('\n', problems));
    }

    [Fact]
    public async Task Somebody_comes_in_by_the_provider_and_leaves_by_it()
    {
        await using var issuer = await Issuer.Start();
        await using var app = await RealApp.Start((options, prepare) => TrustCenter.Host.Serving.Build(issuer.Settings("northwind"), options, prepare));
        await app.Vendor(new TrustCenter.Tenants.Vendor { Name = "Northwind Ledger", Host = "northwind" });
        issuer.Back = $"http://console.localhost:{app.Port}";
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 900 }, BaseURL = issuer.Back });
        var page = await context.NewPageAsync();

        issuer.AtTheDesk = issuer.Claims("oid-nobody", "");
        await page.GotoAsync("/console/settings/sign-in");
        await Look(page, "sign-in-providers");
        await page.ClickAsync("text=Sign in with Entra ID");
        await page.Locator("h1:has-text('You have no role here')").WaitForAsync();
        await Look(page, "no-role");
        issuer.AtTheDesk = issuer.Claims("oid-ana", "TrustCenter.Admin");
        await page.GotoAsync("/console/settings/sign-in");
        await page.ClickAsync("text=Sign in with Entra ID");
        await page.Locator("h1:has-text('Signing in')").WaitForAsync(); // over two hosts, and to the page that was wanted
        await Look(page, "settings-sign-in");
        await page.GotoAsync("/console/staff");
        await page.ClickAsync("td >> text=Ana Ito");
        await page.Locator("text=Signs in by").WaitForAsync();
        await Look(page, "member-of-provider");
        await page.ClickAsync("text=Sign out");
        await page.Locator("h1:has-text('Sign in')").WaitForAsync();
        problems.ShouldBeEmpty(string.Join('\n', problems));
    }

    // By the keyboard: to the first field, from field to field, and sent with Enter.
    private static async Task Type(IPage page, params (string Field, string Text)[] typed)
    {
        foreach (var (field, text) in typed)
        {
            for (var presses = 0; presses < 40 && await page.Locator(":focus").And(page.Locator(field)).CountAsync() == 0; presses++) await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.TypeAsync(text);
        }
        await page.Keyboard.PressAsync("Enter");
    }

    private async Task Look(IPage page, string name)
    {
        var axe = await page.RunAxe();
        problems.AddRange(axe.Violations.Select(v => $"{name}: {v.Id} at {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        var tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (tooWide > 0) problems.Add($"{name}: {tooWide} px wider than the screen");
        if (Pictures is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}.png"), FullPage = true });
    }

    private static async Task<Answer> Read(IPage page) => new(200, new Dictionary<string, string>(), System.Text.Encoding.UTF8.GetBytes(await page.ContentAsync()));
}
