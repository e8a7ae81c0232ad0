using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Staff.Team;
using TrustCenter.Store;

namespace TrustCenter.Tests.Staff;

/// <summary>Who comes, who leaves, and who may say so.</summary>
public sealed class TeamTests : IAsyncLifetime
{
    private RealApp app = null!;
    private Colleague ada = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start();
        ada = await StaffWalk.SetUp(app);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task An_invited_colleague_joins_and_the_list_says_so()
    {
        (await StaffWalk.Invite(ada.Browser, "bo@northwind.example", Role.Editor, Role.Rep)).Status.ShouldBe(303);
        (await List()).ShouldContain("invited");
        var bo = await StaffWalk.Join(app, "bo@northwind.example");
        (await bo.Browser.Get("/console/claims")).Status.ShouldBe(200);
        (await bo.Browser.Get("/console/staff")).Status.ShouldBe(403);
        (await List()).ShouldContain("bo@northwind.example");
        var member = (await StaffWalk.Member(app, bo.Email)).Member;
        (member.Status, member.Roles.Count, member.LastSignIn is null).ShouldBe((StaffStatus.Active, 2, false));
    }

    [Fact]
    public async Task The_only_admin_comes_back_by_an_invitation_of_whoever_runs_the_host()
    {
        var bo = await StaffWalk.Hire(app, ada.Browser, "bo@northwind.example", Role.Editor);
        (await Command("northwind", bo.Email)).ShouldBe((1, "No admin of this vendor has this address. Anybody else is invited again by an admin, in the console under Staff."));
        (await Command("alder", ada.Email)).Code.ShouldBe(1);
        (await Command("northwind", "no address")).Code.ShouldBe(2);
        (await ada.Browser.Get("/console/staff")).Status.ShouldBe(200); // refusals ended nothing

        (await Command("northwind", ada.Email)).Code.ShouldBe(0);
        (await ada.Browser.Get("/console/staff")).Status.ShouldBe(303);
        var back = await StaffWalk.Join(app, ada.Email);
        back.Secret.ShouldNotBe(ada.Secret);
        (await back.Browser.Get("/console/staff")).Status.ShouldBe(200);
        (await back.Browser.Get("/console/journal")).Text.ShouldContain("Staff invited again");

        async Task<(int Code, string Said)> Command(string host, string email)
        {
            using var error = new StringWriter();
            var code = await app.Services.GetRequiredService<InviteAdminCommand>().Run(["--vendor", host, "--email", email], TextWriter.Null, error, default);
            return (code, error.ToString().Trim());
        }
    }

    [Fact, Trait("Case", "T-009"), Trait("Case", "T-010")]
    public async Task Scanners_that_open_the_invitation_or_press_its_button_use_nothing_up()
    {
        await StaffWalk.Invite(ada.Browser, "bo@northwind.example", Role.Editor);
        var link = await StaffWalk.Link(app, "bo@northwind.example");
        using var scanner = StaffWalk.Platform(app);
        foreach (var method in new[] { HttpMethod.Head, HttpMethod.Get, HttpMethod.Options, HttpMethod.Get }) (await scanner.Send(method, link)).Headers.Keys.ShouldNotContain("Set-Cookie");
        (await scanner.Submit(await scanner.Get(link), link, [])).Status.ShouldBe(422);
        (await scanner.Submit(await scanner.Get(link), link, ("email", "eve@evil.example"))).Status.ShouldBe(422);
        scanner.Cookies.ShouldBeEmpty();
        await StaffWalk.Join(app, "bo@northwind.example");
    }

    [Fact]
    public async Task An_invitation_ends_by_use_by_a_newer_one_by_time_and_by_removal()
    {
        using var visitor = StaffWalk.Platform(app);
        var nothing = (await visitor.Get("/never/was")).Fingerprint;
        await StaffWalk.Invite(ada.Browser, "bo@northwind.example", Role.Editor);
        var first = await StaffWalk.Link(app, "bo@northwind.example");
        var bo = (await StaffWalk.Member(app, "bo@northwind.example")).Id;
        (await ada.Browser.Submit(await ada.Browser.Get($"/console/staff/{bo}"), "/invitations", [])).Status.ShouldBe(303);
        var second = await StaffWalk.Link(app, "bo@northwind.example");
        second.ShouldNotBe(first);
        (await visitor.Get(first)).Fingerprint.ShouldBe(nothing, "replaced");
        (await visitor.Get(second)).Status.ShouldBe(200);
        await StaffWalk.Join(app, "bo@northwind.example");
        (await visitor.Get(second)).Fingerprint.ShouldBe(nothing, "used");

        await StaffWalk.Invite(ada.Browser, "cy@northwind.example", "Cy", Role.Rep);
        var late = await StaffWalk.Link(app, "cy@northwind.example");
        await StaffWalk.Invite(ada.Browser, "di@northwind.example", "Di", Role.Rep);
        var removed = await StaffWalk.Link(app, "di@northwind.example");
        (await Remove("di@northwind.example")).Status.ShouldBe(303);
        (await visitor.Get(removed)).Fingerprint.ShouldBe(nothing, "removed");
        app.Clock.Advance(TimeSpan.FromDays(7));
        (await visitor.Get(late)).Fingerprint.ShouldBe(nothing, "late");
        foreach (var malformed in new[] { late[..^1], late + "A", late[..^1] + "!", "/console/invitations/x" }) (await visitor.Get(malformed)).Fingerprint.ShouldBe(nothing, malformed);
        // Nor does the mailed code stand in for it.
        (await StaffWalk.Prove(app, visitor, "cy@northwind.example")).Text.ShouldContain("Your invitation is over");
    }

    [Fact, Trait("Case", "T-008")]
    public async Task The_address_in_an_invitation_is_kept_as_a_hash_and_the_e_mail_is_sealed()
    {
        await StaffWalk.Invite(ada.Browser, "bo@northwind.example", Role.Editor);
        var token = (await StaffWalk.Link(app, "bo@northwind.example")).Split('/')[^1];
        token.Length.ShouldBe(43);
        await StaffWalk.Join(app, "bo@northwind.example");
        var dump = string.Concat(Directory.EnumerateFiles(app.Folder, "trustcenter.db*").Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).Select(f =>
        {
            using var stream = new FileStream(f, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            return reader.ReadToEnd();
        }));
        foreach (var secret in (string[])[token, "bo@northwind.example", "ada@northwind.example", .. ada.Recovery]) dump.ShouldNotContain(secret);
        app.Log.Lines.ShouldAllBe(l => !l.Text.Contains(token) && !l.Text.Contains("bo@northwind"));
    }

    [Fact, Trait("Case", "T-019")]
    public async Task The_invitations_address_comes_from_the_settings()
    {
        var (action, fields) = Browser.FormOf(await ada.Browser.Get("/console/staff/new"), "/console/staff", ("name", "Bo"), ("email", "bo@northwind.example"), ("roles", "Editor"));
        await ada.Browser.Send(HttpMethod.Post, action, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), ("Origin", ada.Browser.Origin), ("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example"));
        (await StaffWalk.MailTo(app, "bo@northwind.example", "invites you"))!.Content.Body.ShouldContain($"\n{app.Options.AddressOf("console")}/console/invitations/");
    }

    [Fact, Trait("Case", "T-087"), Trait("Case", "T-082")]
    public async Task Who_is_removed_is_told_so_and_is_offered_nothing_new()
    {
        var bo = await StaffWalk.Hire(app, ada.Browser, "bo@northwind.example", Role.Editor);
        var page = await bo.Browser.Get("/console/claims/new");
        (await Remove(bo.Email)).Status.ShouldBe(303);
        var told = await bo.Browser.Get("/console");
        (told.Status, told.Dom.QuerySelector("h1")!.TextContent).ShouldBe((403, "You no longer work here"));
        (await bo.Browser.Submit(page, "/console/claims", ("statement", "After the end."))).Status.ShouldBe(403);
        foreach (var path in new[] { "/console/claims", "/console/account", "/console/staff/roles" }) (await bo.Browser.Get(path)).Status.ShouldBe(403);
        using var again = StaffWalk.Platform(app);
        var step = await StaffWalk.Prove(app, again, bo.Email);
        step.Dom.QuerySelector("h1")!.TextContent.ShouldBe("You no longer work here");
        step.Dom.QuerySelector("form").ShouldBeNull();
        (await again.Get("/console/setup")).Status.ShouldBe(404);
        (await List()).ShouldContain("removed");
        // Asked back, the old app and codes are worth nothing.
        (await StaffWalk.Invite(ada.Browser, bo.Email, Role.Auditor)).Status.ShouldBe(303);
        (await bo.Browser.Get("/console")).Status.ShouldBe(303);
        var back = await StaffWalk.Join(app, bo.Email);
        back.Secret.ShouldNotBe(bo.Secret);
        (await back.Browser.Get("/console/journal")).Status.ShouldBe(200);
    }

    [Fact, Trait("Case", "T-082"), Trait("Case", "T-112")]
    public async Task A_key_of_who_was_removed_stays_over_when_he_comes_back()
    {
        var bo = await StaffWalk.Hire(app, ada.Browser, "bo@northwind.example", Role.Admin);
        var (token, _) = await Api.ApiKeyEndpointTests.Make(bo.Browser, "build", Right.ReadConsole);
        using var program = Api.Program.With(app, token);
        (await program.Get("/api/v1/claims")).Status.ShouldBe(200);
        (await Remove(bo.Email)).Status.ShouldBe(303);
        (await program.Get("/api/v1/claims")).Status.ShouldBe(401);

        (await StaffWalk.Invite(ada.Browser, bo.Email, Role.Admin)).Status.ShouldBe(303);
        var back = await StaffWalk.Join(app, bo.Email);

        (await program.Get("/api/v1/claims")).Status.ShouldBe(401);
        using var next = Api.Program.With(app, (await Api.ApiKeyEndpointTests.Make(back.Browser, "build again", Right.ReadConsole)).Token);
        (await next.Get("/api/v1/claims")).Status.ShouldBe(200);
    }

    [Fact, Trait("Case", "T-133")]
    public async Task Addresses_of_colleagues_are_forgotten_with_their_names_and_only_after_they_left()
    {
        var (bo, cy) = ((await StaffWalk.Hire(app, ada.Browser, "bo@northwind.example", Role.Editor)).Email, (await StaffWalk.Hire(app, ada.Browser, "cy@northwind.example", Role.Editor)).Email);
        var ((scope, boId, _), (_, cyId, _), (_, adaId, _)) = (await StaffWalk.Member(app, bo), await StaffWalk.Member(app, cy), await StaffWalk.Member(app, ada.Email));
        var people = app.Services.GetRequiredService<PersonalRecords>();
        async Task<(string Name, string? Email)> Now(Guid id)
        {
            var member = (await app.Engine.Read<StaffMember>(scope.Id<StaffMember>(id)))!;
            return (member.Name, member.Person is { } person ? await people.Read(scope, person, default) : null);
        }
        Task Due() => app.Services.GetRequiredService<TrustCenter.Erasures.RetentionWorker>().ForgetDue(default);
        await Remove(cy);
        await Due();
        (await Now(cyId)).ShouldBe(("Bo Builder", cy), "the period counts from the last day here");
        await app.Services.GetRequiredService<TrustCenter.Erasures.Forgetting>().Person(scope, TrustCenter.Prospects.EmailAddress.TryParse(cy, out var address) ? address : null!, new TrustCenter.Tenants.Retention(), Actor.Staff(adaId), default);
        (await Now(cyId)).ShouldBe((StaffMember.Forgotten, null));
        (await app.Engine.Read<StaffMember>(scope.Id<StaffMember>(cyId)))!.Email.ShouldBeNull();

        app.Clock.Advance(TimeSpan.FromDays(365 * 3));
        await Due();
        (await Now(boId)).ShouldBe(("Bo Builder", bo), "he works here");
        (await app.Engine.Decide(scope.Id<StaffMember>(boId), new RemoveMember { Id = Guid.NewGuid(), Granter = [Role.Admin], Member = boId }, Actor.Staff(adaId))).ShouldBeOfType<Outcome.Done>();
        await Due();
        (await Now(boId)).ShouldBe((StaffMember.Forgotten, null));
    }

    [Fact]
    public async Task Other_roles_count_at_the_next_click()
    {
        var bo = await StaffWalk.Hire(app, ada.Browser, "bo@northwind.example", Role.Editor);
        (await bo.Browser.Get("/console/journal")).Status.ShouldBe(403);
        (await Roles(bo.Email, Role.Auditor)).Status.ShouldBe(303);
        (await bo.Browser.Get("/console/journal")).Status.ShouldBe(200);
        (await bo.Browser.Get("/console/claims/new")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task The_last_admin_who_can_sign_in_stays()
    {
        var self = (await StaffWalk.Member(app, ada.Email)).Id;
        (await Roles(ada.Email, Role.Editor)).Text.ShouldContain("last admin");
        (await ada.Browser.Submit(await ada.Browser.Get($"/console/staff/{self}"), "/invitations", [])).Text.ShouldContain("last admin"); // a new invitation takes the app away
        await StaffWalk.Invite(ada.Browser, "cy@northwind.example", "Cy", Role.Admin);
        (await Roles(ada.Email, Role.Editor)).Status.ShouldBe(422); // invited is not there yet
        var cy = await StaffWalk.Join(app, "cy@northwind.example");
        (await Roles(ada.Email, Role.Editor)).Status.ShouldBe(303);
        (await ada.Browser.Get("/console/staff")).Status.ShouldBe(403);
        (await cy.Browser.Get("/console/staff")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Nobody_removes_himself()
    {
        await StaffWalk.Hire(app, ada.Browser, "cy@northwind.example", Role.Admin);
        var self = (await StaffWalk.Member(app, ada.Email)).Id;
        var page = await ada.Browser.Get($"/console/staff/{self}");
        page.Dom.QuerySelector("form[action$='/removals']").ShouldBeNull();
        var stamp = page.Dom.QuerySelector("input[name=stamp]")!.GetAttribute("value")!;
        (await ada.Browser.Post($"/console/staff/{self}/removals", ("stamp", stamp), ("command", Guid.NewGuid().ToString()))).Status.ShouldBe(422);
        (await StaffWalk.Member(app, ada.Email)).Member.Active.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_admins_who_remove_each_other_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            await using var own = await RealApp.Start();
            var first = await StaffWalk.SetUp(own);
            var second = await StaffWalk.Hire(own, first.Browser, "cy@northwind.example", Role.Admin);
            var (a, b) = ((await StaffWalk.Member(own, first.Email)).Id, (await StaffWalk.Member(own, second.Email)).Id);
            var (pageOfB, pageOfA) = (await first.Browser.Get($"/console/staff/{b}"), await second.Browser.Get($"/console/staff/{a}"));
            await Task.WhenAll(first.Browser.Submit(pageOfB, "/removals", []), second.Browser.Submit(pageOfA, "/removals", []));
            var left = new[] { (await StaffWalk.Member(own, first.Email)).Member, (await StaffWalk.Member(own, second.Email)).Member };
            left.Count(m => m.Active && m.Roles.Contains(Role.Admin)).ShouldBe(1);
        }
    }

    [Fact, Trait("Case", "T-083")]
    public async Task Nobody_but_an_admin_gives_a_right_that_he_does_not_hold()
    {
        foreach (var own in Subsets().Where(s => !s.Contains(Role.Admin)))
        {
            var rights = own.SelectMany(Rights.Of).ToHashSet();
            foreach (var role in Enum.GetValues<Role>()) Rights.MayGrant(own, [role]).ShouldBe(role != Role.Admin && Rights.Of(role).All(rights.Contains), $"{string.Join('+', own)} gives {role}");
        }
        Enum.GetValues<Role>().ShouldAllBe(role => Rights.MayGrant(new[] { Role.Admin }, new[] { role }));

        // Through every decision that gives or takes: nothing but the rule stands between a colleague who may manage staff and more.
        var scope = (await StaffWalk.Member(app, ada.Email)).Scope;
        var bo = await StaffWalk.Hire(app, ada.Browser, "bo@northwind.example", Role.Manager);
        var (_, boId, _) = await StaffWalk.Member(app, bo.Email);
        var (_, adaId, _) = await StaffWalk.Member(app, ada.Email);
        var by = Actor.Staff(boId);
        var letter = new TrustCenter.Mail.OutgoingMail(Guid.NewGuid(), "x@northwind.example", "s", "b");
        async Task Refused(Guid target, Command<StaffMember> command) => (await app.Engine.Decide(scope.Id<StaffMember>(target), command, by)).ShouldBeOfType<Outcome.Refused>(command.ToString());
        foreach (var role in Enum.GetValues<Role>().Except([Role.Manager, Role.Rep, Role.DecisionMaker]))
        {
            var person = PersonalRecord.Of(app.Services.GetRequiredService<HostKeys>(), scope.Tenant, PersonalRecord.Email, "x@northwind.example");
            await Refused(Guid.NewGuid(), new InviteMember { Id = Guid.NewGuid(), Name = "X", Roles = [role], Granter = [Role.Manager], Person = person, Email = new string('a', 64), TokenHash = new string('a', 64), Mail = letter });
            await Refused(boId, new ChangeRoles { Id = Guid.NewGuid(), Roles = [Role.Manager, role], Granter = [Role.Manager] });
        }
        await Refused(adaId, new ChangeRoles { Id = Guid.NewGuid(), Roles = [Role.Rep], Granter = [Role.Manager] });
        await Refused(adaId, new ReinviteMember { Id = Guid.NewGuid(), Granter = [Role.Manager], TokenHash = new string('a', 64), Mail = letter });
        await Refused(adaId, new RemoveMember { Id = Guid.NewGuid(), Granter = [Role.Manager], Member = adaId });
    }

    [Fact, Trait("Case", "T-086")]
    public async Task Fields_that_the_forms_do_not_have_change_nothing()
    {
        (string, string)[] more = [("Active", "true"), ("Epoch", "9"), ("Joined", "2026-01-01"), ("tenant", Guid.NewGuid().ToString()), ("Granter", "Admin"), ("TokenHash", new string('a', 64)), ("roles", "Nonsense"), ("roles", "9"), ("Member", Guid.NewGuid().ToString())];
        var (action, fields) = Browser.FormOf(await ada.Browser.Get("/console/staff/new"), "/console/staff", [("name", "Bo"), ("email", "bo@northwind.example"), ("roles", "Editor"), .. more]);
        (await ada.Browser.Post(action, [.. fields])).Status.ShouldBe(303);
        var member = (await StaffWalk.Member(app, "bo@northwind.example")).Member;
        (member.Status, member.Epoch, member.Joined, string.Join(',', member.Roles)).ShouldBe((StaffStatus.Invited, 1, null, "Editor"));
        member.Invitation!.TokenHash.ShouldNotBe(new string('a', 64));
    }

    [Fact, Trait("Case", "T-090"), Trait("Case", "T-093")]
    public async Task Every_security_event_stands_in_the_vendors_journal_once_and_holds_no_secret()
    {
        var bo = await StaffWalk.Hire(app, ada.Browser, "bo@northwind.example", Role.Editor);
        await Roles(bo.Email, Role.Rep);
        using var browser = StaffWalk.Platform(app);
        await StaffWalk.Ask(browser, bo.Email);
        (await browser.Submit(await browser.Get(StaffWalk.StepPath), "/code-tries", ("code", "12345x6"))).Status.ShouldBe(422);
        var step = await StaffWalk.Prove(app, browser, bo.Email);
        await browser.Submit(step, "/authenticator-tries", ("code", "wrong-wrong"));
        await browser.Submit(step, "/authenticator-tries", ("code", bo.Recovery[0]), ("command", Guid.NewGuid().ToString()));
        await browser.Submit(await browser.Get("/console/account"), "/account/session-ends", []);
        await Remove(bo.Email);
        var scope = (await StaffWalk.Member(app, bo.Email)).Scope;
        var entries = await app.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select body from entries where tenant = @tenant and log = 'journal' order by n", r => EntryEncoding.Decode(r.Bytes(0)), ("@tenant", scope.Tenant)));
        var boId = (await StaffWalk.Member(app, bo.Email)).Id;
        foreach (var (what, actor) in new[]
        {
            ("staff.roles_changed", "ada"), ("staff.removed", "ada"), ("staff.joined", "bo"), ("staff.sign_in_failed", "bo"), ("staff.recovery_code_used", "bo"), ("staff.signed_out_everywhere", "bo"),
        })
        {
            var entry = entries.Where(e => e.What == what && e.Subject == $"staff:{boId:D}").ShouldHaveSingleItem(what);
            entry.Actor.ShouldBe(actor == "bo" ? $"staff:{boId:D}" : $"staff:{(await StaffWalk.Member(app, ada.Email)).Id:D}", what);
        }
        entries.Count(e => e.What == "staff.invited").ShouldBe(2);
        entries.Count(e => e.What == "sign_in.asked").ShouldBe(2);
        entries.Count(e => e.What == "sign_in.proven").ShouldBe(1);
        entries.Count(e => e.What == "staff.signed_in" && e.Subject == $"staff:{boId:D}").ShouldBe(2); // at joining and by the recovery code
        var text = string.Join('\n', entries.Select(e => $"{e.What} {e.Subject} {string.Join(' ', e.Facts.Select(f => f.Value))}"));
        foreach (var secret in (string[])[bo.Email, (await StaffWalk.MailedCode(app, bo.Email))!, .. bo.Recovery, TrustCenter.Staff.SignIn.Totp.Base32(bo.Secret), "127.0.0.1", .. bo.Browser.Cookies.Values]) text.ShouldNotContain(secret);
        (await new Browser(app, "northwind.localhost").Get("/publications.jsonl")).Text.ShouldNotContain("staff."); // and nothing of it in public
    }

    private static IEnumerable<Role[]> Subsets()
    {
        var roles = Enum.GetValues<Role>();
        for (var mask = 1; mask < 1 << roles.Length; mask++) yield return [.. roles.Where((_, i) => (mask >> i & 1) == 1)];
    }

    private async Task<string> List() => (await ada.Browser.Get("/console/staff")).Dom.QuerySelector("main")!.TextContent;

    private async Task<Answer> Remove(string email) => await ada.Browser.Submit(await ada.Browser.Get($"/console/staff/{(await StaffWalk.Member(app, email)).Id}"), "/removals", []);

    private async Task<Answer> Roles(string email, params Role[] roles)
    {
        var id = (await StaffWalk.Member(app, email)).Id;
        var (action, fields) = Browser.FormOf(await ada.Browser.Get($"/console/staff/{id}"), "/roles", [.. roles.Select(r => ("roles", r.ToString()))]);
        return await ada.Browser.Post(action, [.. fields]);
    }
}
