using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Staff;
using TrustCenter.Staff.OpenId;

namespace TrustCenter.Tests.Staff;

/// <summary>Providers that do not answer, keys that change, and the way beside them.</summary>
public sealed class ProviderDownTests(ProviderHouse house) : IClassFixture<ProviderHouse>, IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private Issuer Issuer => house.Issuer;

    public void Dispose() => (Issuer.IsDown, Issuer.Says, Issuer.KeyIssuer) = (false, null, null);

    private async Task<Answer> Press() => await Press(StaffWalk.Platform(house.App));

    private static async Task<Answer> Press(Browser browser) => await browser.Submit(await browser.Get("/console/sign-in"), "/sign-in/providers", ("provider", "Entra ID"));

    private static void IsDown(Answer answer) => (answer.Status, answer.Dom.QuerySelector("h1")!.TextContent).ShouldBe((503, "You cannot sign in right now"));

    [Fact, Trait("Case", "T-088")]
    public async Task While_the_provider_is_down_sessions_go_on_and_nobody_new_comes_in()
    {
        using var browser = await house.SignIn("oid-ada", "TrustCenter.Admin");
        using var program = Api.Program.With(house.App, Issuer.Sign(new(Issuer.Claims("oid-ada", "TrustCenter.Admin", Issuer.Audience)) { ["azp"] = "a-program", ["exp"] = Issuer.Now(200_000) }));
        using var waiting = StaffWalk.Platform(house.App);
        var address = await ProviderWalk.Leave(waiting);
        Issuer.IsDown = true;
        IsDown(await waiting.Get(Issuer.Answer(address, Issuer.Sign(new(Issuer.Claims("oid-new", "TrustCenter.Admin")) { ["nonce"] = Issuer.Asked(address)["nonce"] }))));
        (await house.Entry("sign_in.provider_refused")).ShouldContain("provider_down");
        (await browser.Get("/console")).Status.ShouldBe(200);
        (await program.Get("/api/v1/claims")).Status.ShouldBe(200); // by the keys of less than a day ago

        house.App.Clock.Advance(Day + TimeSpan.FromMinutes(1));
        IsDown(await Press());
        (await program.Get("/api/v1/claims")).Status.ShouldBe(401); // nobody vouches for the keys any more
        (await browser.Get("/console")).Status.ShouldBe(303); // its own limit

        Issuer.IsDown = false;
        house.App.Clock.Advance(TimeSpan.FromMinutes(1));
        using (await house.SignIn("oid-ada", "TrustCenter.Admin")) { }
    }

    [Theory, Trait("Case", "T-088")]
    [InlineData("https://evil.example/v2.0")]
    [InlineData("")]
    public async Task A_provider_that_says_it_is_another_is_like_one_that_is_down(string says)
    {
        house.App.Clock.Advance(Day + TimeSpan.FromMinutes(1));
        Issuer.Says = says;
        IsDown(await Press());
        Issuer.Says = null;
        house.App.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Press()).Status.ShouldBe(200);
    }

    [Fact, Trait("Case", "T-080")]
    public async Task A_new_key_is_fetched_when_a_token_names_it_and_at_most_once_a_minute()
    {
        using (await house.SignIn("oid-bea")) { }
        house.App.Clock.Advance(TimeSpan.FromMinutes(1));
        Issuer.Rotate("second");
        using (await house.SignIn("oid-bea")) { }
        var asked = Issuer.KeysAsked;
        house.App.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var n = 0; n < 20; n++)
        {
            using var program = Api.Program.With(house.App, Issuer.Sign(Issuer.Claims("oid-bea", "TrustCenter.Editor", Issuer.Audience), keyId: $"forged-{n}"));
            (await program.Get("/api/v1/claims")).Status.ShouldBe(401);
        }
        Issuer.KeysAsked.ShouldBe(asked + 1);

        Issuer.Rotate("third"); // the flood's minute is not over yet
        using var early = StaffWalk.Platform(house.App);
        (await ProviderWalk.Come(Issuer, early, Issuer.Claims("oid-bea", "TrustCenter.Editor"))).Status.ShouldBe(403);
        house.App.Clock.Advance(TimeSpan.FromMinutes(1));
        using (await house.SignIn("oid-bea")) { }
    }

    [Fact, Trait("Case", "T-088")]
    public async Task Who_leaves_while_the_keys_are_fetched_takes_them_from_nobody()
    {
        using (await house.SignIn("oid-eli")) { }
        house.App.Clock.Advance(TimeSpan.FromMinutes(1));
        Issuer.Rotate("of-a-slow-day");
        var asked = Issuer.KeysAsked;
        var (reached, answer) = Issuer.HoldKeys();
        using var leaving = new CancellationTokenSource(); // a request that is aborted
        var forger = house.App.Services.GetRequiredService<SignInProviders>().Find("Entra ID")!.Face("forged", leaving.Token).AsTask();
        await reached;
        using var program = Api.Program.With(house.App, Issuer.Sign(new(Issuer.Claims("oid-eli", "TrustCenter.Editor", Issuer.Audience)) { ["azp"] = "a-program" }));
        var waiting = program.Get("/api/v1/claims");

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(forger);
        answer();

        (await waiting).Status.ShouldBe(200);
        Issuer.KeysAsked.ShouldBe(asked + 1);
    }

    [Theory, Trait("Case", "T-080")]
    [InlineData(null, 303, 303)]
    [InlineData("{tenantid}", 303, 303)]
    [InlineData("the partner's", 303, 403)]
    [InlineData("another's", 403, 403)]
    public async Task A_key_vouches_for_nobody_of_another_issuer_than_it_is_published_for(string? whose, int partner, int own)
    {
        var tenant = Issuer.Partner.ToString();
        Issuer.KeyIssuer = whose is null ? null : Issuer.AuthorityOf(whose switch { "the partner's" => tenant, "another's" => Guid.NewGuid().ToString(), _ => whose });
        Issuer.Rotate($"key-{Guid.NewGuid():N}");
        house.App.Clock.Advance(TimeSpan.FromMinutes(1));
        using var browser = StaffWalk.Platform(house.App);
        async Task Comes(string provider, int status, params (string, object?)[] said)
        {
            var claims = Issuer.Claims("oid-pia", "TrustCenter.Editor");
            foreach (var (claim, value) in said) claims[claim] = value;
            (await ProviderWalk.Come(Issuer, browser, claims, provider: provider)).Status.ShouldBe(status, provider);
            if (status == 403) (await house.Entry("sign_in.provider_refused")).ShouldContain("key");
        }
        await Comes("Partners", partner, ("tid", tenant), ("iss", Issuer.AuthorityOf(tenant)));
        await Comes("Entra ID", own);
    }

    [Fact]
    public async Task Mailed_codes_are_turned_off_by_who_came_by_the_provider_and_then_open_nothing()
    {
        async Task<Answer> Set(Browser admin, bool on)
        {
            var (action, fields) = Browser.FormOf(await admin.Get("/console/settings/sign-in"), "/settings/sign-in");
            return await admin.Post(action, [.. fields.Where(f => f.Name != "codes"), .. on ? [("codes", "on")] : Array.Empty<(string, string)>()]);
        }
        using var ada = await StaffWalk.SignIn(house.App, house.Ada); // other tests turn the clock past a session's end
        var bo = await StaffWalk.Hire(house.App, ada, "bo@northwind.example", Role.Editor);
        (await StaffWalk.Invite(ada, "cy@northwind.example", Role.Editor)).Status.ShouldBe(303);
        var refused = await Set(ada, on: false);
        (refused.Status, refused.Text).ShouldBe((422, refused.Text));
        refused.Text.ShouldContain("Sign in by your company&#x27;s provider first");
        using var stepping = StaffWalk.Platform(house.App);
        house.App.Clock.Advance(TimeSpan.FromSeconds(30));
        var step = await StaffWalk.Prove(house.App, stepping, bo.Email);

        using var admin = await house.SignIn("oid-root", "TrustCenter.Admin");
        (await Set(admin, on: false)).Status.ShouldBe(303);

        (await bo.Browser.Get("/console")).Status.ShouldBe(303); // at the next request
        (await stepping.Submit(step, "/authenticator-tries", ("code", StaffWalk.CodeOf(house.App, bo.Secret)))).Location.ShouldBe("/console/sign-in");
        stepping.Cookies.ShouldNotContainKey("__Host-staff");
        var code = await StaffWalk.MailedCode(house.App, bo.Email);
        using var asking = StaffWalk.Platform(house.App);
        (await StaffWalk.Ask(asking, bo.Email)).Status.ShouldBe(303);
        (await StaffWalk.MailedCode(house.App, bo.Email)).ShouldBe(code, "no new one");
        (await StaffWalk.MailTo(house.App, bo.Email, "by your company's provider")).ShouldNotBeNull();
        (await StaffWalk.Invite(admin, "dee@northwind.example", Role.Editor)).Status.ShouldBe(422);
        using var invited = StaffWalk.Platform(house.App);
        var link = await StaffWalk.Link(house.App, "cy@northwind.example");
        (await invited.Submit(await invited.Get(link), link, ("email", "cy@northwind.example"))).Status.ShouldBe(422);
        (await admin.Get("/console")).Status.ShouldBe(200);

        (await Set(admin, on: true)).Status.ShouldBe(303);
        (await bo.Browser.Get("/console")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("Vendor", null, "needs a Vendor, or Tenants")]
    [InlineData("Roles:0:Value", "", "without a Value")]
    [InlineData("Roles:0:Role", null, "has no Role for “a”")]
    [InlineData("Roles:0:Claim", "email", "Names and addresses change hands")]
    [InlineData("Authority", "http://login.example", "begins with https://")]
    [InlineData("Authority", "https://user@login.example", "begins with https://")]
    [InlineData("ClientSecret", "", "ClientId or ClientSecret is empty")]
    [InlineData("CallbackPath", "signin {x}", "is not a path")]
    [InlineData("Audience", "id", "would open the API")]
    [InlineData("Name", "", "what the button says")]
    public void A_wrong_setting_is_named_with_what_to_change(string setting, string? value, string says)
    {
        var right = new Dictionary<string, string?> { ["Name"] = "Okta", ["Authority"] = "https://login.example", ["ClientId"] = "id", ["ClientSecret"] = "secret", ["Vendor"] = "northwind", ["Roles:0:Value"] = "a", ["Roles:0:Role"] = "Editor", ["ApiClients:0"] = "a" };
        Failures(right).ShouldBeEmpty();
        Failures(new(right) { [setting] = value }).Single().ShouldContain(says);
    }

    [Theory]
    [InlineData("organizations", false, "lets in accounts of every tenant")]
    [InlineData("contoso.onmicrosoft.com", false, "not a tenant's id")]
    [InlineData("72f988bf-86f1-41af-91ab-2d7cd011db47", false, null)]
    [InlineData("organizations", true, null)]
    public void Entra_ID_needs_to_say_which_tenants_enter(string tenant, bool many, string? says)
    {
        var settings = new Dictionary<string, string?> { ["Name"] = "Entra ID", [many ? "Tenants:72f988bf-86f1-41af-91ab-2d7cd011db47" : "Vendor"] = "northwind", ["Roles:0:Value"] = "a", ["Roles:0:Role"] = "Editor" };
        var failures = Failures(settings, new() { ["AzureAd:TenantId"] = tenant, ["AzureAd:ClientId"] = "id", ["AzureAd:ClientSecret"] = "secret" });
        if (says is null) failures.ShouldBeEmpty();
        else failures.ShouldContain(f => f.Contains(says));
    }

    [Fact]
    public void The_demo_does_not_stand_beside_a_real_sign_in()
        => Failures(new() { ["Name"] = "Okta", ["Authority"] = "https://login.example", ["ClientId"] = "id", ["ClientSecret"] = "secret", ["Vendor"] = "northwind", ["Roles:0:Value"] = "a", ["Roles:0:Role"] = "Editor" }, new() { ["TrustCenter:Demo"] = "true" }).Single().ShouldContain("ask for no password");

    private static IReadOnlyList<string> Failures(Dictionary<string, string?> provider, Dictionary<string, string?>? more = null)
    {
        var all = provider.ToDictionary(s => $"TrustCenter:SignIn:0:{s.Key}", s => s.Value).Concat(more ?? []);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        var options = configuration.GetSection(TrustCenterOptions.Section).Get<TrustCenterOptions>()!;
        foreach (var one in options.SignIn) one.ReadEntra(configuration);
        return [.. new TrustCenterOptionsCheck().Validate(null, options).Failures ?? []];
    }
}
