using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TrustCenter.Staff;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;
using TrustCenter.Tests.Looks;

namespace TrustCenter.Tests.Settings;

/// <summary>The settings and what they change, in a browser: nothing that axe finds, nothing wider than the screen, on a phone and on a desk, light and dark.</summary>
public sealed class SettingsLookTests
{
    private const string Chromium = "/usr/bin/chromium";
    private const string Logo = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" width="120" height="40"><rect width="40" height="40" rx="8" fill="#7a1fa2" /><text x="50" y="27" font-size="20">House</text></svg>""";

    // Names a folder for pictures of every page; unset, none are taken.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("TRUSTCENTER_PICTURES");

    [Fact]
    public async Task Every_settings_page_can_be_read_by_everybody()
    {
        await using var app = await RealApp.Start(o => (o.Demo, o.DnsServer) = (true, "127.0.0.1:9"));
        var house = await TestHouse.Build(app, "north", "North Records");
        var pages = await Furnish(house);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
        var problems = new List<string>();
        foreach (var (width, scheme) in Corners.All)
            foreach (var group in pages.GroupBy(p => p.Role))
            {
                await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
                var page = await context.NewPageAsync();
                if (group.Key is { } role) await SignIn(page, app, house, role);
                foreach (var (name, _, path, act) in group) problems.AddRange(await Look(page, $"http://{(group.Key is null ? "north" : "console")}.localhost:{app.Port}{path}", act, $"{name}-{width}-{scheme}"));
            }
        problems.ShouldBeEmpty(string.Join('\n', problems));
    }

    private static async Task<IReadOnlyList<(string Name, Role? Role, string Path, Func<IPage, Task>? Act)>> Furnish(TestHouse house)
    {
        var (admin, rep) = (await house.SignIn(Role.Admin), await house.SignIn(Role.Rep));
        var (link, id) = await house.Share(rep);
        await admin.Submit(await admin.Get("/console/settings/brand"), "/brand", ("logo", Logo), ("accent", "#ffcc00"));
        await admin.Submit(await admin.Get("/console/settings/notice"), "/notice", ("body", "We record **little**:\n\n- your address\n- what you opened"));
        var (proven, waiting) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var (host, name) in new[] { (proven, "trust.north.example"), (waiting, "a-name-that-is-quite-long-and-goes-on.security.north-records.example") })
            await house.Decide(HostNames.Only, new AskHostName { Id = host, Name = name, Token = "AAAAAAAAAAAAAAAAAAAAAA", Platform = "localhost" });
        await house.Decide(HostNames.Only, new RecordHostCheck { Id = Guid.NewGuid(), Host = proven, Seen = HostSeen.Found });
        await house.Decide(HostNames.Only, new RecordHostCheck { Id = Guid.NewGuid(), Host = waiting, Seen = HostSeen.Nothing });
        Subprocessor[] entries = [new(Guid.NewGuid(), "Alder Hosting", "Hosts backups", "Germany", "https://alder.example", ["Ledger"], new DateOnly(2030, 3, 1)), new(Guid.NewGuid(), "Birch Mail", "Sends mail", "France", "", [], new DateOnly(2020, 1, 1)) { Until = new DateOnly(2021, 1, 1) }];
        await house.Decide(SubprocessorList.Only, new PublishSubprocessors { Id = Guid.NewGuid(), Entries = entries });
        await house.Decide(SubprocessorList.Only, new ProposeSubprocessor { Id = Guid.NewGuid(), Entry = entries[0] with { Location = "Austria" }, BasedOn = 0 }, house.StaffId(Role.Editor));
        await house.App.Compiled(house.Scope);
        static Task Save(IPage page) => page.Locator("main form button:not([formaction]) >> nth=0").ClickAsync();
        static async Task Spoil(IPage page, string field, string typed)
        {
            await page.FillAsync("#f-" + field, typed);
            await Save(page);
        }
        return
        [
            ("settings", Role.Admin, "/console/settings", null), ("brand", Role.Admin, "/console/settings/brand", null), ("brand-preview", Role.Admin, "/console/settings/brand", page => page.Locator("button[formaction]").ClickAsync()),
            ("brand-wrong", Role.Admin, "/console/settings/brand", page => Spoil(page, "accent", "green")), ("scope", Role.Admin, "/console/settings/scope", null), ("topics", Role.Admin, "/console/settings/topics", null),
            ("audiences", Role.Admin, "/console/settings/audiences", null), ("hosts", Role.Admin, "/console/settings/hosts", null), ("hours", Role.Admin, "/console/settings/hours", null),
            ("defaults", Role.Admin, "/console/settings/defaults", null), ("defaults-wrong", Role.Admin, "/console/settings/defaults", page => Spoil(page, "mostDays", "0")), ("retention", Role.Admin, "/console/settings/retention", null),
            ("notice", Role.Admin, "/console/settings/notice", page => page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)")), ("erasures", Role.Admin, "/console/settings/erasures", null), ("erasures-wrong", Role.Admin, "/console/settings/erasures", Save),
            ("subprocessors-waiting", Role.Approver, "/console/subprocessors", page => page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)")),
            ("subprocessors", Role.Editor, "/console/subprocessors", null), ("subprocessor-new", Role.Editor, "/console/subprocessors/new", null), ("subprocessor-wrong", Role.Editor, "/console/subprocessors/new", Save),
            ("link-people", Role.Rep, $"/console/links/{id}/people", null), ("link", Role.Rep, $"/console/links/{id}", null), ("link-new", Role.Rep, "/console/links/new", null),
            ("share", null, link, null), ("public-subprocessors", null, "/subprocessors", page => page.EvaluateAsync("document.querySelectorAll('details.many').forEach(d => d.open = true)")),
        ];
    }

    private static async Task<List<string>> Look(IPage page, string address, Func<IPage, Task>? act, string name)
    {
        await page.GotoAsync(address);
        if (act is not null) await act(page);
        var axe = await page.RunAxe();
        var problems = axe.Violations.Select(v => $"{name}: {v.Id} at {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}").ToList();
        var tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (tooWide > 0) problems.Add($"{name}: {tooWide} px wider than the screen");
        if (Pictures is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"settings-{name}.png"), FullPage = true });
        return problems;
    }

    private static async Task SignIn(IPage page, RealApp app, TestHouse house, Role role)
    {
        await page.GotoAsync($"http://console.localhost:{app.Port}/console");
        await page.Locator($"form:has(input[name=role][value={role}]):has(input[name=vendor][value='{house.Scope.Tenant:D}']) button").ClickAsync();
    }
}
