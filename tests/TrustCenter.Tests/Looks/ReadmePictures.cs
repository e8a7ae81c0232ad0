using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TrustCenter.Engine;
using TrustCenter.Import;
using TrustCenter.Mail;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Tests.Documents;

namespace TrustCenter.Tests.Looks;

/// <summary>The pictures of the README, made by doing the whole job with the sample vendor: <c>samples/pictures.sh</c> names the folder they go to.</summary>
public sealed class ReadmePictures(Chromium chromium) : IClassFixture<Chromium>
{
    private const int Heaviest = 220_000; // bytes; a README that loads at once

    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 8, 41, 0, TimeSpan.Zero);

    [Fact]
    [Trait("Long", "yes")]
    public async Task Each_is_made_and_light()
    {
        var named = Environment.GetEnvironmentVariable("TRUSTCENTER_README_PICTURES");
        var folder = named ?? Directory.CreateTempSubdirectory("pictures-").FullName;
        try
        {
            await using var app = await RealApp.Start(o => o.Demo = true);
            app.Clock.Set(Morning);
            await Bring(app);
            await Take(app, folder);
            var made = Directory.GetFiles(folder, "*.png");
            made.Length.ShouldBeGreaterThanOrEqualTo(10);
            made.Where(file => new FileInfo(file).Length is < 5_000 or > Heaviest).ShouldBeEmpty();
        }
        finally
        {
            if (named is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Bring(RealApp app)
    {
        using var said = new StringWriter();
        (await app.Services.GetRequiredService<ImportCommand>().Run([SourceTree.Folder("samples", "northwind"), "--publish-as", "Amir Haddad"], said, said, default)).ShouldBe(0, said.ToString());
        var northwind = new Scope((await app.Services.GetRequiredService<TenantDirectory>().FindLabel("northwind", default))!.Value);
        await app.Services.GetRequiredService<DemoStaff>().Seed(northwind);
        await app.Compiled(northwind);
    }

    private async Task Take(RealApp app, string folder)
    {
        var (page, console) = ($"http://northwind.localhost:{app.Port}", $"http://console.localhost:{app.Port}");
        var shot = new Camera(chromium.Desk, folder);
        await chromium.Desk.GotoAsync(page);
        await shot.Take("page", 800);
        await chromium.Desk.GotoAsync(page + "/search?q=mfa");
        await shot.Take("search", 640);
        await chromium.Desk.Locator(".found a").First.ClickAsync();
        await shot.Take("claim", 900);

        await SignIn(console, Role.Editor);
        await WriteDraft(console);
        await shot.Take("editor", 1_000);
        await SignIn(console, Role.Rep);
        var link = await Share(console);
        await Visit(app, page + new Uri(link).AbsolutePath, shot);
        await chromium.Desk.ReloadAsync();
        await chromium.Desk.WaitForTimeoutAsync(4_000); // the browser's own viewer draws the summary a little later
        await shot.Take("share", 940);
        await Pdf(console, folder);
        await chromium.Desk.GotoAsync(console + "/console");
        await shot.Take("today", 720);
        await chromium.Desk.GotoAsync(console + "/console/deals");
        await shot.Take("deals", 860);
        await SignIn(console, Role.Admin);
        await chromium.Desk.GotoAsync(console + "/console/settings/brand");
        await shot.Take("settings", 800);
    }

    private async Task SignIn(string console, Role role)
    {
        await chromium.Desk.Context.ClearCookiesAsync();
        await chromium.Desk.GotoAsync(console + "/console");
        await chromium.Desk.Locator($"form:has(input[name=role][value={role}]) button").ClickAsync();
        await chromium.Desk.Locator("h1:text-is('Today')").WaitForAsync();
    }

    private async Task WriteDraft(string console)
    {
        await chromium.Desk.GotoAsync(console + "/console/claims");
        await chromium.Desk.Locator("main table a:has-text('AES-256')").First.ClickAsync();
        await chromium.Desk.FillAsync("[name=statement]", "Customer data is encrypted at rest with **AES-256**: databases, file storage, search indexes, queues and backups. There is no plan or region in which this is switched off.");
        await chromium.Desk.ClickAsync("button:has-text('Save draft')");
    }

    private async Task<string> Share(string console)
    {
        await chromium.Desk.GotoAsync(console + "/console/links/new");
        await chromium.Desk.FillAsync("[name=account]", "Brackwater Logistics");
        await chromium.Desk.FillAsync("[name=people]", "ana@brackwater.example\nbo@brackwater.example");
        foreach (var title in new[] { "SOC 2 Type II report 2026", "Penetration test summary 2026", "Architecture overview" }) await chromium.Desk.GetByLabel(title).CheckAsync();
        await chromium.Desk.FillAsync("[name=nextStepLabel]", "Book a call with Rosa");
        await chromium.Desk.FillAsync("[name=nextStepAddress]", "https://calendar.example/rosa");
        await chromium.Desk.ClickAsync("button:has-text('Make the link')");
        return await chromium.Desk.InputValueAsync("#f-address");
    }

    private async Task Visit(RealApp app, string link, Camera console)
    {
        var prospect = chromium.Phone;
        var shot = new Camera(prospect, console.Folder);
        await prospect.GotoAsync(link);
        await prospect.FillAsync("[name=email]", "ana@brackwater.example");
        await shot.Take("gate", 844);
        await prospect.ClickAsync("button");
        await prospect.FillAsync("[name=code]", (await app.Services.GetRequiredService<MailQueue>().Newest(null, 1, default))[0].Content.Subject[..6]);
        await prospect.ClickAsync("button");
        await prospect.CheckAsync("[name=agree]");
        await prospect.ClickAsync("button");
        await prospect.Locator("h2:text-is('Documents')").WaitForAsync();
        await shot.Take("room", 844);
    }

    private async Task Pdf(string console, string folder)
    {
        var download = await chromium.Desk.RunAndWaitForDownloadAsync(() => chromium.Desk.ClickAsync("text=Open the summary"));
        var file = Path.GetTempFileName();
        try
        {
            await download.SaveAsAsync(file);
            Samples.Run("pdftoppm", "-r", "70", "-png", "-singlefile", file, Path.Combine(folder, "summary")).ExitCode.ShouldBe(0);
        }
        finally { File.Delete(file); }
    }

    private sealed record Camera(IPage Page, string Folder)
    {
        public async Task Take(string name, int height)
        {
            var width = Page.ViewportSize!.Width;
            await Page.SetViewportSizeAsync(width, height);
            await Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), Scale = ScreenshotScale.Css });
        }
    }
}
