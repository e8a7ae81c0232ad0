using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Operation;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Operation;

/// <summary>The operator comes in with what only the host's console shows.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private RealApp app = null!;

    public async Task InitializeAsync() => app = await RealApp.Start(o => o.Demo = true);

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_code_from_the_console_opens_the_operators_pages_for_an_hour()
    {
        using var ana = await OperatorDesk.SignIn(app);
        (await ana.Get("/operator")).Status.ShouldBe(200);
        app.Clock.Advance(TimeSpan.FromMinutes(59));
        (await ana.Get("/operator/tenants")).Status.ShouldBe(200);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        (await ana.Get("/operator")).Location.ShouldBe("/operator/sign-in");
    }

    [Fact]
    public async Task A_code_works_once_even_after_a_restart()
    {
        var code = OperatorDesk.Code(app, "Ana Ito");
        using var first = new Browser(app, "console.localhost");
        (await OperatorDesk.Try(first, "Ana Ito", code)).Status.ShouldBe(303);
        app.Services.GetRequiredService<TrustCenter.Engine.IEngine>().ShouldBeOfType<TrustCenter.Engine.InProcessEngine>().Forget(TrustCenter.Tenants.Platform.Scope.Tenant);
        using var second = new Browser(app, "console.localhost");
        var again = await OperatorDesk.Try(second, " ana ito".Replace("ana ito", "Ana  Ito", StringComparison.Ordinal), code.ToUpperInvariant());
        again.Status.ShouldBe(422);
        again.Text.ShouldContain("This code was used already.");
        second.Cookies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_who_post_the_same_code_at_once_are_one_session()
    {
        var code = OperatorDesk.Code(app, "Ana Ito");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => OperatorDesk.Try(new Browser(app, "console.localhost"), "Ana Ito", code)));
        answers.Count(a => a.Status == 303).ShouldBe(1);
    }

    [Fact]
    public async Task A_code_is_for_its_name_and_its_time()
    {
        using var browser = new Browser(app, "console.localhost");
        var code = OperatorDesk.Code(app, "Ana Ito");
        (await OperatorDesk.Try(browser, "Bo Lund", code)).Status.ShouldBe(422);
        app.Clock.Advance(TimeSpan.FromMinutes(21));
        (await OperatorDesk.Try(browser, "Ana Ito", code)).Status.ShouldBe(422);
        browser.Cookies.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_five_wrong_codes_the_right_one_does_not_help_that_name()
    {
        using var browser = new Browser(app, "console.localhost");
        for (var n = 0; n < OperatorEntrance.MostTries; n++) (await OperatorDesk.Try(browser, "Ana Ito", $"0000-0000-0000-000{n}")).Status.ShouldBe(422);
        var locked = await OperatorDesk.Try(browser, "Ana Ito", OperatorDesk.Code(app, "Ana Ito"));
        locked.Status.ShouldBe(422);
        locked.Text.ShouldContain("Too many wrong codes");
        (await OperatorDesk.Try(browser, "Ana Ito of Oslo", OperatorDesk.Code(app, "Ana Ito of Oslo"))).Status.ShouldBe(303);
    }

    [Fact]
    public async Task A_flood_of_made_up_names_locks_nobody_out()
    {
        var engine = app.Engine;
        foreach (var n in Enumerable.Range(0, OperatorEntrance.MostNames + 20))
            await engine.Decide(OperatorSession.Entrance, new TryOperatorCode { Id = Guid.NewGuid(), Name = $"{n}", Code = "", IsRight = false, Session = Guid.NewGuid(), Person = TrustCenter.Keys.PersonalRecord.Of(app.Services.GetRequiredService<TrustCenter.Keys.HostKeys>(), Guid.Empty, "name", "x") }, TrustCenter.Engine.Actor.System);
        (await engine.Read<OperatorEntrance>(OperatorSession.Entrance))!.Wrong.Count.ShouldBe(OperatorEntrance.MostNames);
        using var ana = await OperatorDesk.SignIn(app);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_not_only_the_cookie()
    {
        using var ana = await OperatorDesk.SignIn(app);
        var cookies = new Dictionary<string, string>(ana.Cookies);
        (await ana.Submit(await ana.Get("/operator"), "/session-ends")).Status.ShouldBe(303);
        foreach (var (name, value) in cookies) ana.Cookies[name] = value;
        (await ana.Get("/operator")).Status.ShouldBe(303);
    }

    [Fact, Trait("Case", "T-085")]
    public async Task Staff_are_no_operators_and_operators_no_staff()
    {
        var house = await TestHouse.Build(app, "north", "North");
        using var admin = await house.SignIn(Role.Admin);
        using var ana = await OperatorDesk.SignIn(app);
        var (staff, platform) = (admin.Cookies["__Host-staff"], ana.Cookies["__Host-operator"]);
        (await admin.Get("/operator")).Location.ShouldBe("/operator/sign-in");
        (await ana.Get("/console")).Location!.ShouldStartWith("/console/sign-in");
        using var mixed = new Browser(app, "console.localhost");
        (mixed.Cookies["__Host-staff"], mixed.Cookies["__Host-operator"]) = (platform, staff);
        (await mixed.Get("/operator")).Location.ShouldBe("/operator/sign-in");
        (await mixed.Get("/console")).Location!.ShouldStartWith("/console/sign-in");
    }

    [Fact]
    public async Task The_command_prints_a_code_that_works_and_reads_nothing_but_the_key()
    {
        var folder = Directory.CreateTempSubdirectory("operator-code-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "keys"));
            File.Copy(Path.Combine(app.Folder, "keys", "host.key"), Path.Combine(folder, "keys", "host.key"));
            var (output, error) = (new StringWriter(), new StringWriter());
            (await OperatorCode.Run(["--name", "Ana Ito"], new TrustCenterOptions { DataFolder = folder }, output, error)).ShouldBe(0);
            using var browser = new Browser(app, "console.localhost");
            (await OperatorDesk.Try(browser, "Ana Ito", output.ToString().Split('\n')[0].Trim())).Status.ShouldBe(303);
            (await OperatorCode.Run(["--name", " "], new TrustCenterOptions { DataFolder = folder }, output, error)).ShouldBe(2);
            (await OperatorCode.Run(["--name", "Ana"], new TrustCenterOptions { DataFolder = folder + "-not" }, output, error)).ShouldBe(1);
            error.ToString().ShouldContain("There is no key in");
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
