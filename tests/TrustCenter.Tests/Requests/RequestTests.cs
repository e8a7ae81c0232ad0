using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Links;
using TrustCenter.Mail;
using TrustCenter.Prospects;
using TrustCenter.Requests;
using TrustCenter.Staff;
using TrustCenter.Tests.Abuse;
using TrustCenter.Tests.Evidence;
using TrustCenter.Web;

namespace TrustCenter.Tests.Requests;

/// <summary>A prospect asks for access, the vendor's people answer in time.</summary>
[Collection(AbuseCases.Name)]
public sealed class RequestTests(AbuseHouse abuse)
{
    private TestHouse House => abuse.North;

    [Fact]
    public async Task Who_asks_proves_the_address_waits_and_is_let_in()
    {
        var email = abuse.NewEmail();
        using var browser = House.Visitor();
        (await browser.Get("/")).Dom.QuerySelector("header a.button")!.GetAttribute("href").ShouldBe("/requests");
        var locked = (await browser.Get("/documents")).Dom.QuerySelector($"#d-{House.Report:N} a.lock")!.GetAttribute("href")!;
        var form = await browser.Get(locked);
        var offered = form.Dom.QuerySelectorAll("input[name=documents]").Select(i => i.GetAttribute("value")).ToList(); // other tests publish here too
        offered.ShouldContain(House.Architecture.ToString());
        offered.ShouldContain(House.Report.ToString());
        offered.ShouldNotContain(House.Policy.ToString());
        var sent = await browser.Submit(form, "/requests", ("email", email), ("name", "Ana Silva"), ("company", "Acme Corp"));
        sent.Status.ShouldBe(303, sent.Text);
        var asker = new Asker(House, browser, email, sent.Location!);
        (await asker.State()).Documents.ShouldBe([House.Report], "its lock was the way here");

        (await asker.Try((await House.Code(email))!)).Status.ShouldBe(303);

        var state = await asker.State();
        var due = RequestLetters.Moment(new(), state.Due!.Value);
        state.Due.ShouldBe(TrustCenter.Tenants.TenantSettings.Standing.AnswerDue(state.Proven!.Value));
        (await browser.Get(asker.Path)).Dom.QuerySelector("main")!.TextContent.ShouldContain(due);
        (await Newest(email)).Body.ShouldContain(due);

        using var dana = await House.SignIn(Role.DecisionMaker);
        var queue = await dana.Get("/console/requests");
        queue.Text.ShouldContain(email);
        (await dana.Get("/console")).Text.ShouldContain("/console/requests\"");
        var page = await dana.Get($"/console/requests/{asker.Id}");
        page.Text.ShouldContain("Acme Corp");
        var (action, fields) = Browser.FormOf(page, "/answers", ("answer", "Granted"), ("words", "Welcome, and ask me anything."));
        var twice = new[] { await dana.Post(action, [.. fields]), await dana.Post(action, [.. fields]) }; // a double click
        twice.Select(a => a.Status).ShouldBe([303, 303]);

        var link = (await asker.State()).Answer!.Link!.Value;
        var made = (await abuse.App.Engine.Read<ShareLink>(House.Scope.Id<ShareLink>(link)))!;
        (made.Request, made.Account, made.NeedsAgreement, made.People.Count, made.Domains.Count).ShouldBe((asker.Id, "Acme Corp", true, 1, 0));
        made.Documents.ShouldBe([House.Report]);
        (await Mails(email)).Count(m => m.Body.Contains("/s/")).ShouldBe(1);
        var mail = await Newest(email);
        mail.Body.ShouldContain("Welcome, and ask me anything.");
        (await browser.Get(asker.Path)).Dom.QuerySelector("h1")!.TextContent.ShouldBe("Your request was answered");
        var path = new Uri(mail.Body.Split('\n').Single(line => line.StartsWith("http", StringComparison.Ordinal))).AbsolutePath;
        using var reader = House.Visitor();
        (await reader.Get(await House.Enter(reader, path, email))).Text.ShouldContain("North audit report");
        var other = abuse.NewEmail();
        using var stranger = House.Visitor();
        await TestHouse.Ask(stranger, path, other);
        (await House.Code(other)).ShouldBeNull("the link is for one address");
    }

    [Fact]
    public async Task A_request_is_answered_once_and_never_without_a_word()
    {
        var asker = await Asker.Waits(House, abuse.NewEmail(), House.Report);
        using var dana = await House.SignIn(Role.DecisionMaker);
        await House.Decide(House.StaffId(Role.Legal), new SetStaffMember { Id = Guid.NewGuid(), Name = "Lea Legal", Roles = [Role.Legal] });
        using var legal = await House.SignIn(Role.Legal);
        var (first, second) = (await dana.Get($"/console/requests/{asker.Id}"), await legal.Get($"/console/requests/{asker.Id}"));
        foreach (var kind in new[] { "Declined", "Offered" })
        {
            var refused = await dana.Submit(first, "/answers", ("answer", kind), ("words", " "), ("account", "Kept"));
            refused.Status.ShouldBe(422);
            refused.Dom.QuerySelector(".errors a")!.GetAttribute("href").ShouldBe("#f-words");
            refused.Dom.QuerySelector("#f-account")!.GetAttribute("value").ShouldBe("Kept");
            first = refused;
        }
        (await dana.Submit(first, "/answers", ("answer", "Granted"), ("documents", ""))).Dom.QuerySelector(".errors a")!.GetAttribute("href").ShouldBe("#f-documents");
        (await asker.State()).Waits.ShouldBeTrue();

        (await dana.Submit(first, "/answers", ("answer", "Offered"), ("words", "Read our summary first."))).Status.ShouldBe(303);
        (await Newest(asker.Email)).Body.ShouldStartWith("Read our summary first.");

        var late = await legal.Submit(second, "/answers", ("answer", "Granted"), ("words", ""));
        late.Status.ShouldBe(422);
        late.Text.ShouldContain("answered this request meanwhile");
        (await asker.State()).Answer!.Kind.ShouldBe(RequestAnswer.Offered);
        (await Mails(asker.Email)).ShouldAllBe(m => !m.Body.Contains("/s/"));
        (await dana.Get("/console/requests")).Text.ShouldContain("offered");
    }

    [Fact]
    public async Task Several_who_grant_at_once_leave_one_open_link_and_send_one()
    {
        var asker = await Asker.Waits(House, abuse.NewEmail(), House.Report);
        using var dana = await House.SignIn(Role.DecisionMaker);
        var page = await dana.Get($"/console/requests/{asker.Id}");
        var account = $"Race {Guid.NewGuid():N}";
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => dana.Submit(page, "/answers", ("answer", "Granted"), ("account", account), ("command", Guid.CreateVersion7().ToString()))));
        answers.Count(a => a.Status == 303).ShouldBe(1);
        var open = await abuse.Store.Query(sql => sql.Query("select id from link_rows where tenant = @tenant and account = @account and revoked is null", r => r.Id(0), ("@tenant", House.Scope.Tenant), ("@account", account)));
        open.ShouldBe([(await asker.State()).Answer!.Link!.Value]);
        (await Mails(asker.Email)).Count(m => m.Body.Contains("/s/")).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_late_stands_first_and_says_so_in_a_word_and_a_shape()
    {
        var waits = await Asker.Waits(House, abuse.NewEmail(), House.Report);
        var late = await Asker.IsLate(House, abuse.NewEmail(), House.Report);
        using var dana = await House.SignIn(Role.DecisionMaker);
        var rows = (await dana.Get("/console/requests")).Dom.QuerySelector("table")!.QuerySelectorAll("tbody tr").ToList();
        rows[0].TextContent.ShouldContain(late.Email);
        rows[0].QuerySelector(".st")!.TextContent.ShouldBe("▲ late");
        rows.Single(r => r.TextContent.Contains(waits.Email, StringComparison.Ordinal)).TextContent.ShouldNotContain("late");
        (await dana.Get("/console")).Dom.QuerySelector("a[href='/console/requests'] ~ .st-x")!.TextContent.ShouldBe("▲ 1 is late");
        (await abuse.Rep.Get("/console")).Text.ShouldNotContain("/console/requests");

        (await dana.Submit(await dana.Get($"/console/requests/{late.Id}"), "/answers", ("answer", "Declined"), ("words", "We know no Acme."))).Status.ShouldBe(303);
        (await dana.Get("/console")).Text.ShouldContain("the next answer is due by");
    }

    [Fact]
    public async Task A_link_that_was_made_for_somebody_else_answers_no_request()
    {
        var (_, rivals) = await House.Share(abuse.Rep);
        var asker = await Asker.Waits(House, abuse.NewEmail(), House.Report);
        using var dana = await House.SignIn(Role.DecisionMaker);
        var answer = await dana.Submit(await dana.Get($"/console/requests/{asker.Id}"), "/answers", ("answer", "Granted"), ("command", rivals.ToString()));
        answer.Status.ShouldBe(422);
        (await asker.State()).Waits.ShouldBeTrue();
        (await Mails(asker.Email)).ShouldAllBe(m => !m.Body.Contains("/s/"));
    }

    [Fact, Trait("Case", "T-011")]
    public async Task Five_wrong_codes_burn_the_request_and_one_of_a_browser_opens_it_in_no_other()
    {
        var asker = await Asker.Ask(House, abuse.NewEmail(), House.Report);
        var code = (await House.Code(asker.Email))!;
        using (var other = House.Visitor()) (await other.Get(asker.Path)).Fingerprint.ShouldBe((await other.Get($"/requests/{Guid.NewGuid()}")).Fingerprint);
        for (var n = 0; n < MailedCode.MostTries; n++) (await asker.Try(code == "000000" ? "111111" : "000000")).Status.ShouldBe(422);
        (await asker.Browser.Get(asker.Path)).Text.ShouldContain("used up");
        (await asker.State()).Proven.ShouldBeNull();
        using var dana = await House.SignIn(Role.DecisionMaker);
        (await dana.Get($"/console/requests/{asker.Id}")).Status.ShouldBe(404, "nobody answers for an address that was not proven");
        (await dana.Get("/console/requests")).Text.ShouldNotContain(asker.Email);
    }

    [Fact, Trait("Case", "T-066")]
    public async Task What_is_not_published_behind_a_gate_here_is_not_offered_nor_taken()
    {
        var draft = Guid.CreateVersion7();
        await House.Decide(draft, EvidenceExamples.Upload(EvidenceExamples.Version() with { Title = "Merger plan" }), House.StaffId(Role.Editor));
        using var browser = House.Visitor();
        (await browser.Get("/requests?document=" + draft)).Text.ShouldNotContain("Merger plan");
        var before = await abuse.Traces();
        var answers = new List<string>();
        foreach (var document in new[] { draft, House.Policy, abuse.South.Report, Guid.NewGuid() })
        {
            var refused = await browser.Post("/requests", [.. await Asker.Form(House, browser, "ana@acme.com", document)]);
            refused.Status.ShouldBe(422);
            answers.Add(refused.Dom.QuerySelector(".errors")!.TextContent);
        }
        answers.Distinct().Count().ShouldBe(1);
        (await abuse.Traces()).ShouldBe(before);
    }

    [Fact, Trait("Case", "T-103")]
    public async Task What_a_stranger_types_stands_in_no_mail_and_in_no_header()
    {
        var email = abuse.NewEmail();
        using var browser = House.Visitor();
        var sent = await browser.Submit(await browser.Get("/requests"), "/requests", ("email", email), ("name", "Eve\r\nBcc: all@evil.example"), ("company", "Acme\u202E\nSubject: Buy"), ("why", "Look\r\n\r\nat https://evil.example"));
        sent.Status.ShouldBe(303, sent.Text);
        var asker = new Asker(House, browser, email, sent.Location!);
        (await asker.Try((await House.Code(email))!)).Status.ShouldBe(303);
        foreach (var mail in await Mails(email))
        {
            mail.Recipient.ShouldBe(email);
            (mail.Subject + mail.Body).ShouldNotContain("vil");
            mail.Subject.ShouldAllBe(c => !char.IsControl(c));
        }
        using var dana = await House.SignIn(Role.DecisionMaker);
        var page = await dana.Get($"/console/requests/{asker.Id}");
        page.Dom.QuerySelector("#f-account")!.GetAttribute("value").ShouldBe("Acme Subject: Buy");
        page.Dom.QuerySelector("dl")!.TextContent.ShouldContain("Eve Bcc: all@evil.example");
    }

    [Fact, Trait("Case", "T-012")]
    public async Task Codes_are_counted_over_links_and_requests_together()
    {
        var email = abuse.NewEmail();
        var (link, _) = await abuse.Share();
        for (var n = 0; n < AskLimits.MostPerAddressAndNetwork - 1; n++) await Asker.Ask(House, email, House.Report);
        using var browser = House.Visitor();
        await TestHouse.Ask(browser, link, email);
        var before = await abuse.Traces();
        var refused = await browser.Post("/requests", [.. await Asker.Form(House, browser, email, House.Report)]);
        refused.Status.ShouldBe(429);
        refused.Text.ShouldContain("Too many codes");
        refused.Dom.QuerySelector("#f-name")!.GetAttribute("value").ShouldBe(Asker.NameOf(email));
        (await abuse.Traces()).ShouldBe(before);
    }

    [Theory]
    [InlineData("2026-11-20T15:00:00Z", 8, "Monday 23 November, 16:00 (Europe/Berlin)")] // Friday, 16 in Berlin: one hour is left
    [InlineData("2026-11-21T12:00:00Z", 16, "Tuesday 24 November, 17:00 (Europe/Berlin)")] // a Saturday
    public void An_answer_is_due_in_the_vendors_own_hours_and_said_so(string asked, int hours, string says)
    {
        var settings = new TrustCenter.Tenants.TenantSettings { Hours = new() { Zone = "Europe/Berlin" }, AnswerHours = hours };
        RequestLetters.Moment(settings.Hours, settings.AnswerDue(DateTimeOffset.Parse(asked, System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(says);
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("name", 101)]
    [InlineData("company", 101)]
    [InlineData("why", 200)]
    public void Words_have_a_length(string field, object typed)
        => RequestWords.Of(TypedFormOf(field, typed is int length ? new string('x', length) : "")).Problems().Select(p => p.Field).ShouldBe([field]);

    private static TypedForm TypedFormOf(string field, string typed)
        => new(new Dictionary<string, string[]> { ["name"] = ["Ana"], ["company"] = ["Acme"], ["why"] = ["We review you."], [field] = [typed] });

    private async Task<IReadOnlyList<MailContent>> Mails(string email)
        => [.. (await abuse.App.Services.GetRequiredService<MailQueue>().Newest(House.Scope.Tenant, 200, default)).Select(m => m.Content).Where(c => c.Recipient == email)];

    private async Task<MailContent> Newest(string email) => (await Mails(email))[0];
}
