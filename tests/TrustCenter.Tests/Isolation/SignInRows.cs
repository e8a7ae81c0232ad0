using TrustCenter.Staff;
using TrustCenter.Tests.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>The way in of real staff. Each call brings a person who stands right before it.</summary>
internal static class SignInRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        new("AskSignIn", async stage =>
        {
            var browser = stage.NewPlatform();
            return new Call(browser, []) { Form = Browser.FormOf(await browser.Get("/console/sign-in"), "/console/sign-ins", ("email", NewAddress())).Fields };
        }),
        new("BeginProviderSignIn", async stage =>
        {
            var browser = StaffWalk.Platform(await stage.Unset());
            return new Call(browser, []) { Form = Browser.FormOf(await browser.Get("/console/sign-in"), "/sign-in/providers").Fields };
        }),
        new("ProviderAnswer", async stage =>
        {
            var browser = StaffWalk.Platform(await stage.Unset());
            var address = await ProviderWalk.Leave(browser);
            var claims = stage.Issuer.Claims($"oid-{Guid.NewGuid():N}", "TrustCenter.Editor");
            claims["nonce"] = Issuer.Asked(address)["nonce"];
            return new Call(browser, []) { Query = stage.Issuer.Answer(address, stage.Issuer.Sign(claims))["/signin-oidc".Length..] };
        }),
        new("ProviderSignOut", async stage => new Call(StaffWalk.Platform(await stage.Unset()), []) { Query = $"?iss={Uri.EscapeDataString(stage.Issuer.Authority)}&sid=session" }),
        new("SignInStep", async stage =>
        {
            var browser = stage.NewPlatform();
            await StaffWalk.Ask(browser, NewAddress());
            return new Call(browser, []);
        }),
        new("TrySignInCode", async stage =>
        {
            var (browser, email) = (stage.NewPlatform(), await Invited(stage, stage.A));
            await StaffWalk.Ask(browser, email);
            return Step(browser, await browser.Get(StaffWalk.StepPath), "/code-tries", ("code", (await StaffWalk.MailedCode(stage.App, email))!));
        }),
        new("ChooseVendor", async stage =>
        {
            var (browser, email) = (stage.NewPlatform(), await Invited(stage, stage.A));
            (await StaffWalk.Invite(await stage.B.SignIn(Role.Admin), email, Role.Editor)).Status.ShouldBe(303);
            return Step(browser, await StaffWalk.Prove(stage.App, browser, email), "/vendor-choices");
        }),
        new("EnrolAuthenticator", async stage =>
        {
            var (browser, email) = (stage.NewPlatform(), await Invited(stage, stage.A));
            var page = await StaffWalk.Prove(stage.App, browser, email);
            return Step(browser, page, "/enrolments", ("code", StaffWalk.CodeOf(stage.App, StaffWalk.SecretOn(page))));
        }),
        new("TryAuthenticator", async stage =>
        {
            var person = await StaffWalk.Join(stage.App, await Invited(stage, stage.A));
            var browser = stage.NewPlatform();
            return Step(browser, await StaffWalk.Prove(stage.App, browser, person.Email), "/authenticator-tries", ("code", person.Recovery[0]));
        }),
        new("RecoveryCodes", async stage => new Call((await StaffWalk.Join(stage.App, await Invited(stage, stage.A))).Browser, [])),
        new("Invitation", async stage => new Call(stage.NewPlatform(), Token(await StaffWalk.Link(stage.App, await Invited(stage, stage.A))))),
        new("AcceptInvitation", async stage =>
        {
            var (browser, email) = (stage.NewPlatform(), await Invited(stage, stage.A));
            var link = await StaffWalk.Link(stage.App, email);
            return new Call(browser, Token(link)) { Form = Browser.FormOf(await browser.Get(link), link, ("email", email)).Fields };
        }),
        new("Setup", async stage => new Call(StaffWalk.Platform(await stage.Unset()), [])),
        new("MakeFirstAdmin", async stage =>
        {
            var app = await stage.Unset();
            app.Clock.Advance(TimeSpan.FromMinutes(20)); // a code of its own
            var name = $"Vendor {Guid.NewGuid():N}";
            await app.Vendor(new TrustCenter.Tenants.Vendor { Name = name, Host = $"v{Guid.NewGuid():N}" });
            var browser = StaffWalk.Platform(app);
            (string, string)[] typed = [("code", StaffWalk.SetupCode(app)), ("vendor", name), ("name", "Ada"), ("email", NewAddress())];
            return new Call(browser, []) { Form = Browser.FormOf(await browser.Get("/console/setup"), "/console/setup", typed).Fields };
        }),
    ];

    public static string NewAddress() => $"p{Guid.NewGuid():N}@alpha.example";

    public static async Task<string> Invited(Stage stage, TestHouse house) => await Invited(house == stage.A ? await stage.Staff(Role.Admin) : await house.SignIn(Role.Admin));

    public static async Task<string> Invited(Browser admin)
    {
        var email = NewAddress();
        (await StaffWalk.Invite(admin, email, Role.Editor)).Status.ShouldBe(303);
        return email;
    }

    private static Dictionary<string, string> Token(string link) => new() { ["token"] = link.Split('/')[^1] };

    private static Call Step(Browser browser, Answer page, string action, params (string, string)[] typed) => new(browser, []) { Form = Browser.FormOf(page, action, typed).Fields };
}
