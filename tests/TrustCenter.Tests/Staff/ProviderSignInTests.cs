using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Staff;
using TrustCenter.Staff.OpenId;
using TrustCenter.Staff.Team;
using TrustCenter.Store;

namespace TrustCenter.Tests.Staff;

/// <summary>Staff who sign in by a provider, and everything that it must not let in.</summary>
public sealed class ProviderSignInTests(ProviderHouse house) : IClassFixture<ProviderHouse>
{
    private Issuer Issuer => house.Issuer;

    [Fact]
    public async Task Somebody_with_a_role_comes_in_and_lands_where_he_wanted_to_go()
    {
        using var browser = StaffWalk.Platform(house.App);
        var answer = await ProviderWalk.Come(Issuer, browser, Issuer.Claims("oid-cy", "TrustCenter.Editor"), query: "?return=%2Fconsole%2Fclaims");

        (answer.Status, answer.Location).ShouldBe((303, "/console/claims"));
        var account = await browser.Get("/console/account");
        account.Dom.QuerySelector("main")!.TextContent.ShouldContain("ana@northwind.example");
        account.Dom.QuerySelector("main")!.TextContent.ShouldContain("editor");
        (await browser.Get("/console/staff")).Status.ShouldBe(403);
        (await house.Entry("staff.signed_in")).ShouldContain("Entra ID");
        (await house.Entry("staff.joined")).ShouldContain("Editor");
        Issuer.Redeemed["grant_type"].ShouldBe("authorization_code");
        browser.Cookies.Keys.ShouldBe(["__Host-staff"]);
    }

    [Theory, Trait("Case", "T-080")]
    [InlineData("another tenant", "tenant")]
    [InlineData("no tenant", "tenant")]
    [InlineData("another audience", "audience")]
    [InlineData("the API's audience", "audience")]
    [InlineData("another issuer", "issuer")]
    [InlineData("another party", "azp")]
    [InlineData("two audiences and no party", "azp")]
    [InlineData("expired", "lifetime")]
    [InlineData("not yet", "lifetime")]
    [InlineData("without an end", "lifetime")]
    [InlineData("alg none", "signature")]
    [InlineData("HS256 with the public key", "signature")]
    [InlineData("an unknown key", "key")]
    [InlineData("another key by the same name", "signature")]
    [InlineData("a replayed nonce", "nonce")]
    [InlineData("no nonce", "nonce")]
    [InlineData("no subject", "subject")]
    [InlineData("no token", "unreadable")]
    public async Task A_forged_token_lets_nobody_in_and_leaves_its_reason(string what, string why)
    {
        using var browser = StaffWalk.Platform(house.App);
        var claims = Issuer.Claims("oid-forger", "TrustCenter.Admin");
        var before = await StaffWalk.Entries(house.App, "sign_in.provider_refused");

        var answer = await ProviderWalk.Come(Issuer, browser, With(claims, what), full => Signed(full, what));

        (answer.Status, answer.Dom.QuerySelector("h1")!.TextContent).ShouldBe((403, "You were not signed in"), what);
        browser.Cookies.ShouldBeEmpty();
        (await browser.Get("/console")).Status.ShouldBe(303);
        (await StaffWalk.Entries(house.App, "sign_in.provider_refused")).ShouldBe(before + 1);
        (await house.Entry("sign_in.provider_refused")).ShouldContain(why);
    }

    private Dictionary<string, object?> With(Dictionary<string, object?> claims, string what)
    {
        void Set(string claim, object? value) => claims[claim] = value;
        switch (what)
        {
            case "another tenant": Set("tid", Guid.NewGuid().ToString()); break;
            case "no tenant": Set("tid", null); break;
            case "another audience": Set("aud", "another-app"); break;
            case "the API's audience": Set("aud", Issuer.Audience); break;
            case "another issuer": Set("iss", Issuer.AuthorityOf(Guid.NewGuid().ToString())); break;
            case "another party": Set("azp", "another-app"); break;
            case "two audiences and no party": Set("aud", new[] { Issuer.ClientId, "another-app" }); break;
            case "expired": Set("exp", Issuer.Now(-121)); break;
            case "not yet": Set("nbf", Issuer.Now(150)); break;
            case "without an end": Set("exp", null); break;
            case "a replayed nonce": Set("nonce", "of-an-earlier-sign-in"); break;
            case "no nonce": Set("nonce", null); break;
            case "no subject": Set("oid", null); Set("sub", null); break;
        }
        return claims;
    }

    private string Signed(Dictionary<string, object?> claims, string what)
    {
        using var other = RSA.Create(2048);
        return what switch
        {
            "alg none" => Issuer.Sign(claims, "none"),
            "HS256 with the public key" => Issuer.Sign(claims, "HS256"),
            "an unknown key" => Issuer.Sign(claims, keyId: "never-published", key: other),
            "another key by the same name" => Issuer.Sign(claims, key: other),
            "no token" => "not a token",
            _ => Issuer.Sign(claims),
        };
    }

    [Fact, Trait("Case", "T-080")]
    public async Task An_answer_counts_once_in_the_browser_that_asked_for_a_quarter_of_an_hour()
    {
        using var browser = StaffWalk.Platform(house.App);
        using var thief = StaffWalk.Platform(house.App);
        async Task<(string Path, string Cookie)> Out(Browser by)
        {
            var address = await ProviderWalk.Leave(by);
            return (Issuer.Answer(address, Issuer.Sign(new(Issuer.Claims("oid-dee", "TrustCenter.Editor")) { ["nonce"] = Issuer.Asked(address)["nonce"] })), by.Cookies["__Host-provider"]);
        }
        static void IsOver(Answer answer) => (answer.Status, answer.Dom.QuerySelector("h1")!.TextContent).ShouldBe((400, "This sign-in is over"));

        var (path, cookie) = await Out(browser);
        IsOver(await thief.Get(path)); // a stolen or a planted answer
        await ProviderWalk.Leave(thief);
        IsOver(await thief.Get(path)); // the state of another browser
        (await browser.Get(path)).Status.ShouldBe(303);
        browser.Cookies["__Host-provider"] = cookie;
        IsOver(await browser.Get(path));
        (await house.Entry("sign_in.provider_refused")).ShouldContain("replayed");

        var (late, _) = await Out(thief);
        house.App.Clock.Advance(ProviderCookie.Life);
        IsOver(await thief.Get(late));
        (path, _) = await Out(thief);
        IsOver(await thief.Get(path.Replace("state=", "state=x", StringComparison.Ordinal)));
        (path, _) = await Out(thief);
        thief.Cookies["__Host-provider"] = browser.Cookies.GetValueOrDefault("__Host-staff", "x");
        IsOver(await thief.Get(path));
        thief.Cookies.ShouldNotContainKey("__Host-staff");
    }

    [Theory, Trait("Case", "T-080")]
    [InlineData("error=access_denied", "access_denied")]
    [InlineData("error=<script>", "error")]
    [InlineData("code=never-issued", "code")]
    [InlineData("nothing=1", "code")]
    [InlineData("code=x&iss=https://evil.example", "issuer")]
    public async Task What_the_provider_refuses_is_told_in_our_words(string query, string why)
    {
        using var browser = StaffWalk.Platform(house.App);
        var asked = Issuer.Asked(await ProviderWalk.Leave(browser));
        var answer = await browser.Get($"/signin-oidc?{query}&state={asked["state"]}");
        (answer.Status, answer.Dom.QuerySelector("h1")!.TextContent).ShouldBe((403, "You were not signed in"));
        answer.Text.ShouldNotContain("<script>");
        (await house.Entry("sign_in.provider_refused")).ShouldContain(why);
    }

    [Fact, Trait("Case", "T-080")]
    public async Task A_code_is_redeemed_with_the_verifier_of_its_challenge_alone()
    {
        using var browser = StaffWalk.Platform(house.App);
        using var thief = StaffWalk.Platform(house.App);
        var stolen = await ProviderWalk.Leave(browser);
        var code = Issuer.Answer(stolen, Issuer.Sign(new(Issuer.Claims("oid-eve", "TrustCenter.Admin")) { ["nonce"] = Issuer.Asked(stolen)["nonce"] })).Split("code=")[1].Split('&')[0];
        var own = Issuer.Asked(await ProviderWalk.Leave(thief));
        own["code_challenge_method"].ShouldBe("S256");
        (await thief.Get($"/signin-oidc?code={code}&state={own["state"]}")).Status.ShouldBe(403);
        (await house.Entry("sign_in.provider_refused")).ShouldContain("code");
    }

    [Fact, Trait("Case", "T-081")]
    public async Task A_person_is_issuer_tenant_and_object_whatever_the_address_says()
    {
        using var first = StaffWalk.Platform(house.App);
        var before = Issuer.Claims("oid-fay", "TrustCenter.Editor");
        before["name"] = "Fay First";
        await ProviderWalk.Come(Issuer, first, before);
        var (fay, _) = await house.Newest("Fay First");

        using var renamed = StaffWalk.Platform(house.App);
        (before["name"], before["email"], before["sub"]) = ("Fay Married", "fay@elsewhere.example", "another-pairwise");
        await ProviderWalk.Come(Issuer, renamed, before);
        (await house.Newest("Fay Married")).Id.ShouldBe(fay);
        (await renamed.Get("/console/account")).Text.ShouldContain("fay@elsewhere.example");

        // The address is somebody else's now; so is one that the first admin, who came by a mailed code, has.
        foreach (var email in new[] { "fay@elsewhere.example", house.Ada.Email })
        {
            using var other = StaffWalk.Platform(house.App);
            var claims = Issuer.Claims("oid-of-" + email, "TrustCenter.Editor");
            (claims["name"], claims["email"], claims["sub"]) = ("Gus " + email, email, before["sub"]);
            await ProviderWalk.Come(Issuer, other, claims);
            var (gus, member) = await house.Newest("Gus " + email);
            gus.ShouldNotBe(fay);
            gus.ShouldNotBe((await StaffWalk.Member(house.App, house.Ada.Email)).Id);
            member.Roles.ShouldBe([Role.Editor]);
            (await other.Get("/console/staff")).Status.ShouldBe(403);
        }
        // Nor does the address of somebody from the provider get a mailed code.
        using var asking = StaffWalk.Platform(house.App);
        await StaffWalk.Ask(asking, "fay@elsewhere.example");
        (await StaffWalk.MailedCode(house.App, "fay@elsewhere.example")).ShouldBeNull();
    }

    [Fact, Trait("Case", "T-083")]
    public async Task Roles_come_from_the_map_alone_and_follow_at_each_sign_in()
    {
        using var unknown = StaffWalk.Platform(house.App);
        var claims = Issuer.Claims("oid-hal", "Admin"); // our word for the role, which the map does not have
        (claims["name"], claims["role"], claims["wids"]) = ("Hal Hopeful", "TrustCenter.Admin", new[] { "TrustCenter.Admin" });
        var answer = await ProviderWalk.Come(Issuer, unknown, claims);
        (answer.Status, answer.Dom.QuerySelector("h1")!.TextContent).ShouldBe((403, "You have no role here"));
        answer.Text.ShouldContain("Ask the people who run your company");
        unknown.Cookies.ShouldBeEmpty();
        (await house.Entry("sign_in.provider_refused")).ShouldContain("no_role");
        (await house.Newest("Hal Hopeful")).Member.ShouldBeNull();

        using var admin = await house.SignIn("oid-ivy", "TrustCenter.Admin");
        (await admin.Get("/console/staff")).Status.ShouldBe(200);
        claims = Issuer.Claims("oid-ivy", "TrustCenter.Editor");
        (claims["name"], claims["groups"]) = ("Ivy Ito", new[] { "another", "5f0c" });
        await ProviderWalk.Come(Issuer, admin, claims);
        var (ivy, member) = await house.Newest("Ivy Ito");
        member.Roles.ShouldBe([Role.Editor, Role.Approver]);
        (await house.App.Engine.Read<Admins>(house.Scope.Id<Admins>(Admins.Only)))!.Ids.ShouldNotContain(ivy);
        (await admin.Get("/console/staff")).Status.ShouldBe(403);

        // The console gives her nothing: its form is not there, and what is sent without one is refused.
        var page = await house.Ada.Browser.Get($"/console/staff/{ivy}");
        page.Dom.QuerySelector("form[action$='/roles']").ShouldBeNull();
        var (_, fields) = Browser.FormOf(page, "/removals", ("roles", "Admin"));
        (await house.Ada.Browser.Post($"/console/staff/{ivy}/roles", [.. fields])).Text.ShouldContain("come from Entra ID");
        (await house.Newest("Ivy Ito")).Member.Roles.ShouldBe([Role.Editor, Role.Approver]);

        // The provider takes the last role: she does not come in, and what is open has no right any more.
        (claims["roles"], claims["groups"]) = (null, null);
        using var late = StaffWalk.Platform(house.App);
        (await ProviderWalk.Come(Issuer, late, claims)).Status.ShouldBe(403);
        (await admin.Get("/console/claims")).Status.ShouldBe(403);
    }

    [Fact, Trait("Case", "T-082"), Trait("Case", "T-087")]
    public async Task Who_is_removed_has_no_page_no_program_and_no_end_of_a_download_and_is_told_so()
    {
        using var browser = await house.SignIn("oid-jo");
        var claims = Issuer.Claims("oid-jo", "TrustCenter.Editor");
        var (jo, _) = await house.Newest("Ana Ito");
        using var program = Api.Program.With(house.App, Issuer.Sign(ProgramClaims("oid-jo", "TrustCenter.Editor")));
        (await program.Get("/api/v1/claims")).Status.ShouldBe(200);
        var (path, length) = await Long(browser);
        using var client = house.App.Client("console.localhost");
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", string.Join("; ", browser.Cookies.Select(c => $"{c.Key}={c.Value}")));
        using var download = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await download.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[64 * 1024]);

        (await house.Remove(jo)).Status.ShouldBe(303);

        var read = 64 * 1024L;
        await Should.ThrowAsync<Exception>(async () => { var buffer = new byte[64 * 1024]; while (await body.ReadAsync(buffer) is > 0 and var n) read += n; throw new EndOfStreamException(); });
        read.ShouldBeLessThan(length);
        (await program.Get("/api/v1/claims")).Status.ShouldBe(401);
        var told = await browser.Get("/console");
        (told.Status, told.Dom.QuerySelector("h1")!.TextContent).ShouldBe((403, "You no longer work here"));
        using var again = StaffWalk.Platform(house.App);
        told = await ProviderWalk.Come(Issuer, again, claims);
        (told.Status, told.Dom.QuerySelector("h1")!.TextContent).ShouldBe((403, "You no longer work here"));
        told.Dom.QuerySelector("form").ShouldBeNull();
        again.Cookies.ShouldBeEmpty();
        (await house.Entry("sign_in.provider_refused")).ShouldContain("removed");

        // Let back in, nothing of before works: only a new sign-in does.
        (await house.Ada.Browser.Submit(await house.Ada.Browser.Get($"/console/staff/{jo}"), "/returns")).Status.ShouldBe(303);
        (await browser.Get("/console")).Status.ShouldBe(303);
        (await program.Get("/api/v1/claims")).Status.ShouldBe(403); // no role before the provider said one
        (await ProviderWalk.Come(Issuer, again, claims)).Status.ShouldBe(303);
        (await again.Get("/console/claims")).Status.ShouldBe(200);
    }

    private static async Task<(string Path, long Length)> Long(Browser editor)
    {
        var bytes = RandomNumberGenerator.GetBytes(24 * 1024 * 1024);
        using var form = new MultipartFormDataContent();
        var stamp = (await editor.Get("/console")).Dom.QuerySelector("form[action$='/session-ends'] input[name=stamp]")!.GetAttribute("value")!;
        foreach (var (name, value) in new[] { ("stamp", stamp), ("command", Guid.CreateVersion7().ToString()), ("title", "Long"), ("kind", "Other"), ("class", "Public") }) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(bytes), "file", "long.bin");
        var made = await editor.Send(HttpMethod.Post, "/console/evidence", form);
        made.Status.ShouldBe(303, made.Text);
        return ($"{made.Location}/files/{Convert.ToHexStringLower(SHA256.HashData(bytes))}", bytes.Length);
    }

    [Fact]
    public async Task Where_the_provider_signs_out_sessions_end_and_where_we_do_the_provider_is_told()
    {
        using var browser = await house.SignIn("oid-kim");
        using var other = await house.SignIn("oid-lee");
        using var nobody = StaffWalk.Platform(house.App);
        var known = await nobody.Get($"/console/sign-out?iss={Uri.EscapeDataString(Issuer.Authority)}&sid=session-of-oid-kim");
        var unknown = await nobody.Get($"/console/sign-out?iss={Uri.EscapeDataString(Issuer.Authority)}&sid=session-of-nobody");
        known.Fingerprint.ShouldBe(unknown.Fingerprint);
        (await browser.Get("/console")).Status.ShouldBe(303);
        (await other.Get("/console")).Status.ShouldBe(200);
        (await ProviderWalk.Come(Issuer, browser, Issuer.Claims("oid-kim", "TrustCenter.Editor"))).Status.ShouldBe(303);
        (await browser.Get("/console")).Status.ShouldBe(200); // the provider gives the same name again

        var copy = new Dictionary<string, string>(browser.Cookies);
        var gone = await browser.Submit(await browser.Get("/console"), "/session-ends");
        var address = gone.Dom.QuerySelector("main a")!.GetAttribute("href")!;
        var asked = Issuer.Asked(address);
        address.ShouldStartWith(Issuer.Authority + "/logout?");
        asked["id_token_hint"].Split('.').Length.ShouldBe(3);
        asked["post_logout_redirect_uri"].ShouldBe(house.App.Options.AddressOf("console") + "/console/sign-in");
        browser.Cookies.ShouldBeEmpty();
        foreach (var (name, value) in copy) nobody.Cookies[name] = value;
        (await nobody.Get("/console")).Status.ShouldBe(303);
    }

    [Fact]
    public async Task A_tenant_of_many_and_a_provider_that_is_not_Entra_ID_lead_where_the_settings_say()
    {
        async Task<Answer> Come(Browser browser, string provider, params (string, object?)[] said)
        {
            var claims = Issuer.Claims("oid-max", "TrustCenter.Editor");
            foreach (var (claim, value) in said) claims[claim] = value;
            return await ProviderWalk.Come(Issuer, browser, claims, provider: provider);
        }
        using var partner = StaffWalk.Platform(house.App);
        var tenant = Issuer.Partner.ToString();
        (await Come(partner, "Partners", ("tid", tenant), ("iss", Issuer.AuthorityOf(tenant)), ("name", "Pat Partner"))).Status.ShouldBe(303);
        (await partner.Get("/console/claims")).Status.ShouldBe(200);
        using var stranger = StaffWalk.Platform(house.App);
        var elsewhere = Guid.NewGuid().ToString();
        (await Come(stranger, "Partners", ("tid", elsewhere), ("iss", Issuer.AuthorityOf(elsewhere)))).Status.ShouldBe(403);
        (await house.Entry("sign_in.provider_refused")).ShouldContain("tenant");
        (await Come(stranger, "Partners", ("tid", tenant), ("iss", Issuer.AuthorityOf(elsewhere)))).Status.ShouldBe(403);
        (await Come(stranger, "Entra ID", ("tid", tenant), ("iss", Issuer.AuthorityOf(tenant)))).Status.ShouldBe(403);

        (string, object?)[] plain = [("iss", Issuer.AuthorityOf("plain")), ("tid", null), ("oid", null), ("roles", null), ("name", "Quin Plain")];
        (await Come(stranger, "Plain", plain)).Dom.QuerySelector("h1")!.TextContent.ShouldBe("You have no role here");
        (await Come(stranger, "Plain", [.. plain, ("hd", "northwind.example")])).Status.ShouldBe(303);
        (await house.Newest("Quin Plain")).Member.Roles.ShouldBe([Role.Rep]);
    }

    internal Dictionary<string, object?> ProgramClaims(string oid, string role) => new(Issuer.Claims(oid, role, Issuer.Audience)) { ["azp"] = "a-program" };

    [Fact, Trait("Case", "T-080"), Trait("Case", "T-113")]
    public async Task An_access_token_opens_the_API_for_a_colleague_and_every_other_is_like_no_key()
    {
        using (await house.SignIn("oid-nia", "TrustCenter.Admin")) { }
        var nobody = (await Api.Program.With(house.App, "tc_x").Get("/api/v1/claims")).Fingerprint;
        async Task<Answer> Call(string token, string path = "/api/v1/claims")
        {
            using var program = Api.Program.With(house.App, token);
            return await program.Get(path);
        }
        Dictionary<string, object?> Right() => ProgramClaims("oid-nia", "TrustCenter.Admin");

        (await Call(Issuer.Sign(Right()))).Status.ShouldBe(200);
        (await Call(Issuer.Sign(Right()), "/api/v1/journal")).Status.ShouldBe(200);
        (await Call(Issuer.Sign(ProgramClaims("oid-nia", "TrustCenter.Editor")), "/api/v1/journal")).Status.ShouldBe(403, "no more than the token's roles");
        (await Call(Issuer.Sign(ProgramClaims("oid-nia", "")))).Status.ShouldBe(403);
        foreach (var what in new[] { "another tenant", "no tenant", "another audience", "another issuer", "another party", "expired", "not yet", "without an end", "alg none", "HS256 with the public key", "an unknown key", "another key by the same name", "no subject", "no token" })
            (await Call(Signed(With(Right(), what), what))).Fingerprint.ShouldBe(nobody, what);
        (await Call(Issuer.Sign(Issuer.Claims("oid-nia", "TrustCenter.Admin")))).Fingerprint.ShouldBe(nobody, "a sign-in's own token");
        (await Call(Issuer.Sign(new(Right()) { ["azp"] = null }))).Fingerprint.ShouldBe(nobody, "of no client");
        (await Call(Issuer.Sign(ProgramClaims("oid-never-here", "TrustCenter.Admin")))).Fingerprint.ShouldBe(nobody, "of somebody who never signed in");
        (await Call(Issuer.Sign(Right()) + new string('A', 17_000))).Fingerprint.ShouldBe(nobody, "too long");

        using var writing = Api.Program.With(house.App, Issuer.Sign(ProgramClaims("oid-nia", "TrustCenter.Admin")));
        var settings = await writing.Get("/api/v1/settings");
        settings.Status.ShouldBe(200);
    }
}
