using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Mail;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Staff.SignIn;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Staff;

/// <summary>Two proofs, and what cannot be made of one of them.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private RealApp app = null!;
    private Colleague ada = null!, bo = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start();
        ada = await StaffWalk.SetUp(app);
        bo = await StaffWalk.Hire(app, ada.Browser, "bo@northwind.example", Role.Editor);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact, Trait("Case", "T-007")]
    public async Task A_known_and_an_unknown_address_get_the_same_answer()
    {
        var answers = new List<string>();
        foreach (var email in new[] { "bo@northwind.example", "no@northwind.example", "ada@northwind.example", "x@elsewhere.example" })
        {
            var browser = StaffWalk.Platform(app);
            var asked = await StaffWalk.Ask(browser, email);
            var cookie = browser.Cookies["__Host-sign-in"];
            var page = await browser.Get(StaffWalk.StepPath);
            var wrong = await browser.Submit(page, "/code-tries", ("code", "000000"));
            answers.Add(string.Join('\n', Masked(asked, cookie), Masked(page, cookie), Masked(wrong, cookie)));
        }
        answers.Distinct().Count().ShouldBe(1);
        (await StaffWalk.MailedCode(app, "no@northwind.example")).ShouldBeNull();
        (await StaffWalk.MailedCode(app, "bo@northwind.example")).ShouldNotBeNull();
    }

    [Fact, Trait("Case", "T-011")]
    public async Task A_code_works_once_in_the_browser_that_asked_for_ten_minutes()
    {
        using var browser = StaffWalk.Platform(app);
        using var stranger = StaffWalk.Platform(app);
        await StaffWalk.Ask(browser, bo.Email);
        var code = (await StaffWalk.MailedCode(app, bo.Email))!;
        await StaffWalk.Ask(stranger, bo.Email);
        if (await StaffWalk.MailedCode(app, bo.Email) != code)
            (await stranger.Submit(await stranger.Get(StaffWalk.StepPath), "/code-tries", ("code", code))).Status.ShouldBe(422); // another browser's attempt
        var before = browser.Cookies["__Host-sign-in"];
        var page = await browser.Get(StaffWalk.StepPath);
        (await browser.Submit(page, "/code-tries", ("code", code))).Status.ShouldBe(303);
        browser.Cookies["__Host-sign-in"].ShouldNotBe(before);
        using var thief = StaffWalk.Platform(app);
        thief.Cookies["__Host-sign-in"] = before; // fixation: what was known before the proof is worth nothing after it
        (await thief.Get(StaffWalk.StepPath)).Location.ShouldBe("/console/sign-in");

        using var late = StaffWalk.Platform(app);
        await StaffWalk.Ask(late, bo.Email);
        var old = (await StaffWalk.MailedCode(app, bo.Email))!;
        var open = await late.Get(StaffWalk.StepPath);
        app.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        (await late.Submit(open, "/code-tries", ("code", old))).Status.ShouldBe(303); // leads to the page that says so
        (await late.Get(StaffWalk.StepPath)).Dom.QuerySelector("form").ShouldBeNull();
    }

    [Fact, Trait("Case", "T-011")]
    public async Task Of_a_thousand_guesses_at_once_five_are_looked_at()
    {
        using var browser = StaffWalk.Platform(app);
        await StaffWalk.Ask(browser, bo.Email);
        var code = (await StaffWalk.MailedCode(app, bo.Email))!;
        var (action, fields) = Browser.FormOf(await browser.Get(StaffWalk.StepPath), "/code-tries");
        await Parallel.ForEachAsync(Enumerable.Range(0, 1_000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, _) =>
            (await browser.Post(action, [.. fields.Where(f => f.Name is not ("code" or "command")), ("code", Other(code, n)), ("command", Guid.NewGuid().ToString())])).Status.ShouldBeOneOf(422, 303));
        (await StaffWalk.Entries(app, "sign_in.code_wrong", "sign_in.code_burnt")).ShouldBe(MailedCode.MostTries);
        await browser.Post(action, [.. fields.Where(f => f.Name is not ("code" or "command")), ("code", code), ("command", Guid.NewGuid().ToString())]);
        (await StaffWalk.Entries(app, "sign_in.proven")).ShouldBe(0);
    }

    [Fact]
    public async Task The_mailed_code_alone_opens_nothing()
    {
        using var browser = StaffWalk.Platform(app);
        (await StaffWalk.Prove(app, browser, bo.Email)).Dom.QuerySelector("form[action$='/authenticator-tries']").ShouldNotBeNull();
        foreach (var path in new[] { "/console", "/console/claims", "/console/account" }) (await browser.Get(path)).Location!.ShouldStartWith("/console/sign-in");
        // Nor does it put another app in the place of the one that is set up.
        var page = await browser.Get(StaffWalk.StepPath);
        var (_, fields) = Browser.FormOf(page, "/authenticator-tries", ("code", "123456"));
        (await browser.Post("/console/sign-in/enrolments", [.. fields])).Location.ShouldBe(StaffWalk.StepPath);
        (await StaffWalk.Member(app, bo.Email)).Member.Authenticator!.RecoveryHashes.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_code_of_the_app_is_taken_once()
    {
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        using var first = StaffWalk.Platform(app);
        using var second = StaffWalk.Platform(app);
        var pages = (await StaffWalk.Prove(app, first, bo.Email), await StaffWalk.Prove(app, second, bo.Email));
        var code = StaffWalk.CodeOf(app, bo.Secret);
        (await first.Submit(pages.Item1, "/authenticator-tries", ("code", code))).Status.ShouldBe(303);
        (await second.Submit(pages.Item2, "/authenticator-tries", ("code", code))).Status.ShouldBe(422); // seen over a shoulder
        var older = Totp.At(bo.Secret, Totp.StepOf(app.Clock.GetUtcNow()) - 1);
        (await second.Submit(pages.Item2, "/authenticator-tries", ("code", older), ("command", Guid.NewGuid().ToString()))).Status.ShouldBe(422);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await second.Submit(await second.Get(StaffWalk.StepPath), "/authenticator-tries", ("code", StaffWalk.CodeOf(app, bo.Secret)))).Status.ShouldBe(303);
    }

    [Fact, Trait("Case", "T-083")]
    public async Task An_admin_who_reads_the_mail_cannot_sign_in_as_a_colleague()
    {
        // He knows the id of every form that he sent about this person; a command of that id was answered with success before.
        var boId = (await StaffWalk.Member(app, bo.Email)).Id;
        var known = Guid.CreateVersion7().ToString();
        var (action, fields) = Browser.FormOf(await ada.Browser.Get($"/console/staff/{boId}"), "/roles", ("roles", "Rep"), ("command", known));
        (await ada.Browser.Post(action, [.. fields])).Status.ShouldBe(303);
        using var browser = StaffWalk.Platform(app);
        var step = await StaffWalk.Prove(app, browser, bo.Email);
        (await browser.Submit(step, "/authenticator-tries", ("code", "000001"), ("command", known))).Status.ShouldBe(422);
        browser.Cookies.Keys.ShouldNotContain("__Host-staff");
    }

    [Fact, Trait("Case", "T-083")]
    public async Task An_admin_sees_that_a_mail_left_and_not_what_it_says()
    {
        (await StaffWalk.Ask(StaffWalk.Platform(app), bo.Email)).Status.ShouldBe(303);
        var code = (await StaffWalk.MailedCode(app, bo.Email))!;
        var mailbox = await ada.Browser.Get("/mailbox");
        mailbox.Text.ShouldContain(bo.Email);
        mailbox.Text.ShouldNotContain(code);
        mailbox.Text.ShouldNotContain("/console/invitations/");
    }

    [Fact]
    public async Task A_double_click_on_the_last_step_signs_in()
    {
        using var browser = StaffWalk.Platform(app);
        var (action, fields) = Browser.FormOf(await StaffWalk.Prove(app, browser, bo.Email), "/authenticator-tries", ("code", bo.Recovery[0]));
        var both = await Task.WhenAll(browser.Post(action, [.. fields]), browser.Post(action, [.. fields]));
        both.ShouldAllBe(a => a.Status == 303 || a.Status == 404); // the second may find the attempt over and its cookie gone
        (await browser.Get("/console")).Status.ShouldBe(200);
        (await StaffWalk.Entries(app, "staff.sign_in_failed")).ShouldBe(0);
    }

    [Fact, Trait("Case", "T-011")]
    public async Task Five_wrong_codes_of_the_app_close_it_for_a_quarter_of_an_hour_in_every_browser()
    {
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        using var guesser = StaffWalk.Platform(app);
        var page = await StaffWalk.Prove(app, guesser, bo.Email);
        var (action, fields) = Browser.FormOf(page, "/authenticator-tries");
        var code = StaffWalk.CodeOf(app, bo.Secret);
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, _) =>
            (await guesser.Post(action, [.. fields.Where(f => f.Name is not ("code" or "command")), ("code", Wrong(bo.Secret, n)), ("command", Guid.NewGuid().ToString())])).Status.ShouldBe(422));
        (await StaffWalk.Entries(app, "staff.sign_in_failed", "staff.sign_in_locked")).ShouldBe(TryAuthenticator.MostTries);
        using var own = StaffWalk.Platform(app);
        (await own.Submit(await StaffWalk.Prove(app, own, bo.Email), "/authenticator-tries", ("code", code))).Status.ShouldBe(422);
        (await own.Submit(await own.Get(StaffWalk.StepPath), "/authenticator-tries", ("code", bo.Recovery[0]))).Status.ShouldBe(422);
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        (await StaffWalk.SignIn(app, bo)).Cookies.Keys.ShouldContain("__Host-staff");
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once_and_stands_in_the_journal()
    {
        foreach (var typed in new[] { bo.Recovery[3], bo.Recovery[4].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal) })
        {
            using var browser = StaffWalk.Platform(app);
            (await browser.Submit(await StaffWalk.Prove(app, browser, bo.Email), "/authenticator-tries", ("code", typed))).Status.ShouldBe(303);
            (await browser.Get("/console")).Status.ShouldBe(200);
        }
        using var again = StaffWalk.Platform(app);
        (await again.Submit(await StaffWalk.Prove(app, again, bo.Email), "/authenticator-tries", ("code", bo.Recovery[3]))).Status.ShouldBe(422);
        (await again.Submit(await again.Get(StaffWalk.StepPath), "/authenticator-tries", ("code", ada.Recovery[0]))).Status.ShouldBe(422); // somebody else's
        (await StaffWalk.Entries(app, "staff.recovery_code_used")).ShouldBe(2);
        (await StaffWalk.Member(app, bo.Email)).Member.Authenticator!.RecoveryHashes.Count.ShouldBe(8);
    }

    [Fact]
    public async Task New_recovery_codes_replace_the_old_ones_and_ask_for_the_app()
    {
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        var page = await bo.Browser.Get("/console/account");
        (await bo.Browser.Submit(page, "/recovery-codes", ("code", bo.Recovery[0]))).Status.ShouldBe(422); // a recovery code makes no new ones
        var made = await bo.Browser.Submit(page, "/recovery-codes", ("code", StaffWalk.CodeOf(app, bo.Secret)), ("command", Guid.CreateVersion7().ToString()));
        var codes = made.Dom.QuerySelectorAll(".codes code").Select(c => c.TextContent).ToList();
        codes.Count.ShouldBe(10);
        codes.Intersect(bo.Recovery).ShouldBeEmpty();
        using var browser = StaffWalk.Platform(app);
        var step = await StaffWalk.Prove(app, browser, bo.Email);
        (await browser.Submit(step, "/authenticator-tries", ("code", bo.Recovery[1]))).Status.ShouldBe(422);
        (await browser.Submit(step, "/authenticator-tries", ("code", codes[1]), ("command", Guid.NewGuid().ToString()))).Status.ShouldBe(303);
    }

    [Fact, Trait("Case", "T-075")]
    public async Task Who_works_for_two_vendors_chooses_after_the_proof_and_acts_for_one()
    {
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await app.Vendor(new Vendor { Name = "Southwind", Host = "southwind" });
        var sue = await StaffWalk.SetUp(app, "Southwind", host: null, email: "sue@southwind.example");
        (await StaffWalk.Invite(sue.Browser, bo.Email, Role.Auditor)).Status.ShouldBe(303);
        using var browser = StaffWalk.Platform(app);
        await StaffWalk.Ask(browser, bo.Email);
        (await browser.Get(StaffWalk.StepPath)).Text.ShouldNotContain("Southwind"); // before the proof nobody is told
        (await browser.Submit(await browser.Get(StaffWalk.StepPath), "/code-tries", ("code", (await StaffWalk.MailedCode(app, bo.Email))!))).Status.ShouldBe(303);
        var choice = await browser.Get(StaffWalk.StepPath);
        choice.Text.ShouldContain("Northwind");
        choice.Text.ShouldContain("Southwind");
        (await browser.Submit(choice, "/vendor-choices", ("staff", (await StaffWalk.Member(app, ada.Email)).Id.ToString()))).Status.ShouldBe(422); // a colleague's id
        var northwind = choice.Dom.QuerySelectorAll("form").First(f => f.TextContent.Contains("Northwind", StringComparison.Ordinal)).QuerySelector("input[name=staff]")!.GetAttribute("value")!;
        (await browser.Submit(choice, "/vendor-choices", ("staff", northwind))).Status.ShouldBe(303);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await browser.Submit(await browser.Get(StaffWalk.StepPath), "/authenticator-tries", ("code", StaffWalk.CodeOf(app, bo.Secret)))).Status.ShouldBe(303);
        (await browser.Get("/console")).Text.ShouldContain("Northwind");
        (await browser.Get("/console")).Text.ShouldNotContain("Southwind");
        (await browser.Get("/console/journal")).Status.ShouldBe(403); // an auditor there is no auditor here
    }

    [Fact, Trait("Case", "T-023")]
    public async Task The_session_is_new_at_every_sign_in_and_ends_when_idle_and_after_eight_hours()
    {
        var before = bo.Browser.Cookies["__Host-staff"];
        var browser = await StaffWalk.SignIn(app, bo);
        browser.Cookies["__Host-staff"].ShouldNotBe(before);
        for (var n = 0; n < 23; n++) // 7 h 40 min of work
        {
            app.Clock.Advance(TimeSpan.FromMinutes(20));
            (await browser.Get("/console")).Status.ShouldBe(200);
        }
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        (await browser.Get("/console")).Status.ShouldBe(303);
        var idle = await StaffWalk.SignIn(app, bo);
        app.Clock.Advance(TimeSpan.FromMinutes(31));
        (await idle.Get("/console")).Status.ShouldBe(303);
    }

    [Fact]
    public async Task The_cookies_are_bound_to_host_and_transport()
    {
        using var browser = StaffWalk.Platform(app);
        var asked = await StaffWalk.Ask(browser, bo.Email);
        (await browser.Submit(await browser.Get(StaffWalk.StepPath), "/code-tries", ("code", (await StaffWalk.MailedCode(app, bo.Email))!))).Status.ShouldBe(303);
        var signed = await browser.Submit(await browser.Get(StaffWalk.StepPath), "/authenticator-tries", ("code", bo.Recovery[0]));
        foreach (var (name, answer) in new[] { ("__Host-sign-in", asked), ("__Host-staff", signed) })
        {
            var cookie = answer.Headers["Set-Cookie"];
            var own = cookie[cookie.IndexOf(name + "=", StringComparison.Ordinal)..];
            foreach (var part in new[] { "secure", "httponly", "path=/", "samesite=lax" }) own.ShouldContain(part);
            cookie.ShouldNotContain("domain=");
        }
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_and_nobody_elses()
    {
        var second = await StaffWalk.SignIn(app, bo);
        (await second.Submit(await second.Get("/console/account"), "/account/session-ends", [])).Status.ShouldBe(303);
        (await bo.Browser.Get("/console")).Status.ShouldBe(303);
        (await second.Get("/console")).Status.ShouldBe(303);
        (await ada.Browser.Get("/console")).Status.ShouldBe(200);
        (await (await StaffWalk.SignIn(app, bo)).Get("/console")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task After_the_proof_the_way_goes_where_it_was_meant_to_go()
    {
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        foreach (var (query, place) in new[] { ("?return=/console/evidence", "/console/evidence"), ("?return=https://evil.example", "/console"), ("?return=//evil.example", "/console") })
        {
            using var browser = StaffWalk.Platform(app);
            app.Clock.Advance(TimeSpan.FromSeconds(30));
            (await browser.Submit(await StaffWalk.Prove(app, browser, bo.Email, query), "/authenticator-tries", ("code", StaffWalk.CodeOf(app, bo.Secret)))).Location.ShouldBe(place);
        }
    }

    private static string Masked(Answer answer, string cookie) => Isolation.TenantMatrixTests.Masked(answer, cookie, answer.Dom.QuerySelector("form[action$='/code-tries'] input[name=stamp]")?.GetAttribute("value") ?? "");

    private static string Other(string code, int n) => ((int.Parse(code, CultureInfo.InvariantCulture) + 1 + n) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    // A code that is of no step near now.
    private string Wrong(byte[] secret, int n)
    {
        var now = Totp.StepOf(app.Clock.GetUtcNow());
        var near = Enumerable.Range(-3, 7).Select(d => Totp.At(secret, now + d)).ToHashSet();
        return Enumerable.Range(n * 20, 20).Select(i => i.ToString("D6", CultureInfo.InvariantCulture)).First(c => !near.Contains(c));
    }
}
