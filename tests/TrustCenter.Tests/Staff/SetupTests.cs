using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Staff;
using TrustCenter.Staff.Setup;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Staff;

/// <summary>The first admin: a code from the host's console, once.</summary>
public sealed class SetupTests
{
    [Fact]
    public async Task A_stranger_begins_with_an_empty_center_and_comes_back_the_next_day()
    {
        await using var app = await RealApp.Start();
        var ada = await StaffWalk.SetUp(app);
        ada.Recovery.Count.ShouldBe(10);
        ada.Recovery.ShouldBeUnique();
        (await ada.Browser.Get("/console")).Status.ShouldBe(200);
        (await ada.Browser.Get("/console/claims/new")).Status.ShouldBe(200); // the first admin writes the first claim
        await app.Compiled(new Scope((await app.Services.GetRequiredService<TenantDirectory>().FindLabel("northwind", default))!.Value));
        (await new Browser(app, "northwind.localhost").Get("/")).Text.ShouldContain("Northwind");
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await ada.Browser.Get("/console")).Status.ShouldBe(303);
        (await (await StaffWalk.SignIn(app, ada)).Get("/console/staff")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task With_an_admin_the_setup_is_an_address_where_there_is_nothing()
    {
        await using var app = await RealApp.Start();
        var browser = StaffWalk.Platform(app);
        var page = await browser.Get("/console/setup");
        await StaffWalk.SetUp(app);
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        var nothing = (await browser.Get("/never/was")).Fingerprint;
        (await browser.Get("/console/setup")).Fingerprint.ShouldBe(nothing);
        (await browser.Submit(page, "/console/setup", ("code", StaffWalk.SetupCode(app)), ("vendor", "Eve"), ("host", "eve"), ("name", "Eve"), ("email", "eve@eve.example"))).Fingerprint.ShouldBe(nothing);
        await using var demo = await RealApp.Start(o => o.Demo = true);
        (await StaffWalk.Platform(demo).Get("/console/setup")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_code_makes_one_admin_and_the_next_vendor_needs_the_next_code()
    {
        await using var app = await RealApp.Start();
        foreach (var (name, host) in new[] { ("North", "north"), ("South", "south") }) await app.Vendor(new Vendor { Name = name, Host = host });
        var first = StaffWalk.Platform(app);
        var fields = Fields(app, "North");
        (await first.Submit(await first.Get("/console/setup"), "/console/setup", fields)).Status.ShouldBe(303);
        var again = await first.Submit(await first.Get("/console/setup"), "/console/setup", [.. fields.Where(f => f.Name != "vendor"), ("vendor", "South")]);
        again.Status.ShouldBe(422);
        again.Text.ShouldContain("used already");
        app.Clock.Advance(TimeSpan.FromMinutes(10)); // the old code still counts as one of now, and is still used up
        (await first.Submit(await first.Get("/console/setup"), "/console/setup", [.. fields.Where(f => f.Name != "vendor"), ("vendor", "South")])).Status.ShouldBe(422);
        await StaffWalk.SetUp(app, "South", host: null, email: "sue@south.example");
    }

    [Fact]
    public async Task Wrong_codes_are_few_and_tell_nothing_about_the_vendors()
    {
        await using var app = await RealApp.Start();
        await app.Vendor(new Vendor { Name = "North", Host = "north" });
        var browser = StaffWalk.Platform(app);
        for (var n = 0; n < AskLimits.MostPerAddressAndNetwork; n++)
        {
            var wrong = await browser.Submit(await browser.Get("/console/setup"), "/console/setup", Fields(app, n % 2 == 0 ? "North" : "Nobody", $"0000-0000-0000-000{n}"));
            wrong.Status.ShouldBe(422);
            wrong.Text.ShouldContain("not the code of now");
            wrong.Text.ShouldNotContain("waits for its first admin");
        }
        var late = await browser.Submit(await browser.Get("/console/setup"), "/console/setup", Fields(app, "North"));
        late.Status.ShouldBe(422);
        late.Text.ShouldContain("Too many tries");
        (await StaffWalk.Entries(app, "setup.code_wrong")).ShouldBe(AskLimits.MostPerAddressAndNetwork);
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        await StaffWalk.SetUp(app, "North", host: null);
    }

    [Fact]
    public async Task An_old_code_and_the_code_of_another_host_open_nothing()
    {
        await using var app = await RealApp.Start();
        await app.Vendor(new Vendor { Name = "North", Host = "north" });
        var old = StaffWalk.SetupCode(app);
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        var browser = StaffWalk.Platform(app);
        foreach (var code in new[] { old, ConsoleCode.At(new HostKeys(new byte[32]), SetupCodes.Purpose, app.Clock.GetUtcNow()), ConsoleCode.At(app.Services.GetRequiredService<HostKeys>(), "another purpose", app.Clock.GetUtcNow()) })
            (await browser.Submit(await browser.Get("/console/setup"), "/console/setup", Fields(app, "North", code))).Status.ShouldBe(422);
    }

    [Fact]
    public async Task A_setup_that_was_broken_off_is_begun_again_with_a_fresh_code()
    {
        await using var app = await RealApp.Start();
        var browser = StaffWalk.Platform(app);
        (await browser.Submit(await browser.Get("/console/setup"), "/console/setup", [.. Fields(app, "North"), ("host", "north")])).Status.ShouldBe(303);
        app.Clock.Advance(TimeSpan.FromMinutes(31)); // the browser was closed before the app was set up
        (await browser.Get(StaffWalk.StepPath)).Location.ShouldBe("/console/sign-in");
        await StaffWalk.SetUp(app, "North", host: null, email: "ada@north.example");
        (await app.Services.GetRequiredService<IStore>().Query(sql => sql.Number("select count(*) from vendor_rows"))).ShouldBe(1);
    }

    [Fact]
    public async Task Somebody_who_has_the_code_but_not_the_phone_is_no_admin_yet()
    {
        await using var app = await RealApp.Start();
        var browser = StaffWalk.Platform(app);
        (await browser.Submit(await browser.Get("/console/setup"), "/console/setup", [.. Fields(app, "North"), ("host", "north")])).Status.ShouldBe(303);
        (await browser.Get("/console")).Status.ShouldBe(303);
        var page = await browser.Get(StaffWalk.StepPath);
        (await browser.Submit(page, "/enrolments", ("code", "000000"))).Status.ShouldBeOneOf(422);
        (await StaffWalk.Member(app, "ada@north.example")).Member.Status.ShouldBe(StaffStatus.Invited);
    }

    private static (string Name, string Value)[] Fields(RealApp app, string vendor, string? code = null)
        => [("code", code ?? StaffWalk.SetupCode(app)), ("vendor", vendor), ("name", "Ada Admin"), ("email", "ada@north.example")];
}
