using System.Text.Json.Nodes;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Import;
using TrustCenter.Links;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Api;

/// <summary>What programs bring, read and cause.</summary>
public sealed partial class ApiResourceTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private static string Wording(string statement, string more = "") => $$"""{"wording":{"statement":"{{statement}}","topic":"data","status":"inPlace","visibility":"public","owner":"Head of Platform"{{more}}}""";

    private static string NewClaim(string statement, string more = "") => Wording(statement, more) + "}";

    private static string Draft(int edit, string statement) => $$"""{"edit":{{edit}},""" + Wording(statement)[1..] + "}";

    [Fact]
    public async Task A_request_sent_again_is_done_once_and_answers_as_it_did_first()
    {
        var program = await house.Program();
        var key = Guid.CreateVersion7();
        var first = await program.Post("/claims", NewClaim("Sent twice."), key);
        first.Status.ShouldBe(201);
        first.Location.ShouldBe($"/api/v1/claims/{key:D}");
        (await program.Post($"/claims/{key}/drafts", Draft(1, "Changed meanwhile."))).Status.ShouldBe(200);

        (await program.Post("/claims", NewClaim("Sent twice."), key)).Fingerprint.ShouldBe(first.Fingerprint);
        (await Read<Claim>(key)).Edits.ShouldBe(2);

        var other = await program.Post("/claims", NewClaim("Another content."), key);
        other.Status.ShouldBe(409);
        other.Text.ShouldContain("Idempotency-Key");
        var stranger = await house.Program();
        (await stranger.Post("/claims", NewClaim("Sent twice."), key)).Status.ShouldBe(409, "another key's request is another request");
    }

    [Fact]
    public async Task A_repeated_draft_deal_link_and_upload_are_one()
    {
        var program = await house.Program();
        var (deal, link, document) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var file = "Notes"u8.ToArray();
        foreach (var send in new Func<Task<Answer>>[]
        {
            () => program.Post("/deals", """{"words":{"account":"Twice","currency":"EUR"}}""", deal),
            () => program.Post("/links", $$"""{"account":"Twice","people":["ana@acme.com"],"documents":["{{house.House.Report}}"],"summary":true}""", link),
            () => program.Upload("/evidence?title=Twice&kind=other&class=public", file, document),
        })
        {
            var first = await send();
            first.Status.ShouldBe(201, first.Text);
            (await send()).Fingerprint.ShouldBe(first.Fingerprint);
        }
        (await Read<Deal>(deal)).Version.ShouldBe(1);
        (await Read<ShareLink>(link)).Summary.ShouldNotBeNull();
        (await Read<EvidenceDocument>(document)).AllVersions.Count().ShouldBe(1);
        (await program.Upload("/evidence?title=Twice&kind=other&class=public", "Other"u8.ToArray(), document)).Status.ShouldBe(409);
        (await program.Post("/links", """{"account":"Else","people":["ana@acme.com"]}""", link)).Status.ShouldBe(409);
    }

    [Fact]
    public async Task What_a_program_or_its_maker_wrote_neither_of_them_publishes()
    {
        var maker = await Program.Hire(house.App, house.House.Scope, Enum.GetValues<Role>());
        var (first, second) = (await Program.Of(house.App, house.House.Scope, maker), await Program.Of(house.App, house.House.Scope, maker));
        var colleague = await house.Program();
        var claim = Guid.CreateVersion7();
        (await first.Post("/claims", NewClaim("Who approves this?"), claim)).Status.ShouldBe(201);
        (await first.Post($"/claims/{claim}/approval-requests", "")).Status.ShouldBe(200);

        foreach (var program in new[] { first, second })
        {
            var answer = await program.Post($"/claims/{claim}/publications", """{"edit":1}""");
            answer.Status.ShouldBe(422);
            answer.Text.ShouldContain("must be someone other than");
        }
        (await house.App.Engine.Decide(house.House.Scope.Id<Claim>(claim), new ApproveClaim { Id = Guid.NewGuid(), Edit = 1 }, Actor.Staff(maker))).ShouldBeOfType<Outcome.Refused>();
        (await colleague.Post($"/claims/{claim}/publications", """{"edit":1}""")).Status.ShouldBe(200);
        using var visitor = house.House.Visitor();
        (await visitor.Get($"/claims/{claim}")).Text.ShouldContain("Who approves this?"); // the answer waited for the page
    }

    [Fact]
    public async Task A_draft_over_an_older_edit_is_told_the_edit_that_stands()
    {
        var program = await house.Program();
        var claim = Guid.CreateVersion7();
        await program.Post("/claims", NewClaim("First."), claim);
        (await program.Post($"/claims/{claim}/drafts", Draft(1, "Second."))).Status.ShouldBe(200);
        var stale = await program.Post($"/claims/{claim}/drafts", Draft(1, "Third."));
        stale.Status.ShouldBe(409);
        ((int)JsonNode.Parse(stale.Bytes)!["current"]!).ShouldBe(2);
        (await Read<Claim>(claim)).Proposal!.Wording.Statement.ShouldBe("Second.");
    }

    [Fact]
    public async Task Errors_name_the_member_and_its_rule_as_the_console_says_them()
    {
        var program = await house.Program();
        var wrong = await program.Post("/claims", """{"wording":{"statement":"","topic":"moon","status":"planned","visibility":"room","owner":"x","products":["Rocket"],"frameworks":["no colon"],"why":{"reviewer":"ok","nobody":"x"},"checked":"2026-10-02","reviewBy":"2026-10-01"} }""", Guid.CreateVersion7());
        wrong.Status.ShouldBe(422);
        var errors = JsonNode.Parse(wrong.Bytes)!["errors"]!.AsArray().Select(e => (string)e!["field"]!).ToList();
        foreach (var field in new[] { "wording.statement", "wording.topic", "wording.products", "wording.frameworks", "wording.reviewBy" }) errors.ShouldContain(field);

        foreach (var (body, field) in new[]
        {
            ("""{"wording":{"statement":"x","topic":"data","status":"in place","visibility":"room","owner":"x"}}""", "wording.status"),
            ("""{"wording":{"statement":"x","topic":"data","status":"inPlace, partly","visibility":"room","owner":"x"}}""", "wording.status"),
            ("""{"wording":{"statement":"x","topic":"data","status":"InPlace","visibility":"room","owner":"x"}}""", "wording.status"),
            ("""{"wording":{"statement":"x","topic":"data","status":"1","visibility":"room","owner":"x"}}""", "wording.status"),
            ("""{"wording":{"statement":"x","topic":"data","status":0,"visibility":"room","owner":"x"}}""", "wording.status"),
            ("""{"wording":{"statement":"x","topic":"data","status":"planned","visibility":"room","owner":"x","checked":"01.10.2026"}}""", "wording.checked"),
            ("""{"wording":{"statement":"x","topic":"data","status":"planned","visibility":"room","owner":"x","evidence":["x"]}}""", "wording.evidence[0]"),
            ("""{"wording":{"statement":null,"topic":"data","status":"planned","visibility":"room","owner":"x"}}""", "wording.statement"),
        })
        {
            var unread = await program.Post("/claims", body, Guid.CreateVersion7());
            unread.Status.ShouldBe(400, body);
            ((string)JsonNode.Parse(unread.Bytes)!["errors"]![0]!["field"]!).ShouldBe(field);
        }
        var link = await program.Post("/links", """{"account":"","until":"2020-01-01","people":["no address"],"domains":["gmail.com"],"nextStep":{"label":"Go","address":"javascript:alert(1)"}}""", Guid.CreateVersion7());
        link.Status.ShouldBe(422);
        foreach (var field in new[] { "people", "domains" }) JsonNode.Parse(link.Bytes)!["errors"]!.AsArray().Select(e => (string)e!["field"]!).ShouldContain(field);
        (await program.Post("/links", """{"account":"Acme","people":["ana@acme.com"],"agreement":false,"until":"2020-01-01","nextStep":{"label":"Go","address":"javascript:alert(1)"}}""", Guid.CreateVersion7())).Text.ShouldContain("nextStep.address");
    }

    [Fact]
    public async Task An_upload_says_in_its_address_what_the_file_is()
    {
        var program = await house.Program();
        foreach (var (query, status, field) in new[]
        {
            ("title=Notes&kind=other&class=public&tenant=x", 400, "tenant"), ("title=Notes&title=Other&kind=other&class=public", 400, "title"), ("title=Notes&kind=Other&class=public", 422, "kind"),
            ("title=Notes&kind=7&class=public", 422, "kind"), ("title=Notes&kind=other", 422, "class"), ("title=Notes&kind=other&class=public&validUntil=soon", 422, "validUntil"), ("kind=other&class=public", 422, "title"),
            ("title=Notes&kind=other&class=public&fileName=x.pdf", 422, "body"),
        })
        {
            var answer = await program.Upload($"/evidence?{query}", "Notes"u8.ToArray(), Guid.CreateVersion7());
            answer.Status.ShouldBe(status, query);
            ((string)JsonNode.Parse(answer.Bytes)!["errors"]![0]!["field"]!).ShouldBe(field);
        }
        (await program.Upload("/evidence?title=Notes&kind=other&class=public", [], Guid.CreateVersion7())).Status.ShouldBe(422);

        var made = await program.Upload($"/evidence/{house.House.Architecture}/versions?validUntil=2027-04-30&fileName=new.bin", "Notes"u8.ToArray(), Guid.CreateVersion7());
        made.Status.ShouldBe(201, made.Text);
        var waiting = (await Read<EvidenceDocument>(house.House.Architecture)).Waiting!;
        (waiting.Title, waiting.Class, waiting.ValidUntil, waiting.File.Name).ShouldBe(("Alpha Records architecture", EvidenceClass.OnRequest, new DateOnly(2027, 4, 30), "new.bin"));
        var approval = $$"""{"sha256":"{{waiting.File.Sha}}","at":"{{waiting.At:O}}","mayGoUnmarked":true}""";
        (await program.Post($"/evidence/{house.House.Architecture}/publications", approval)).Status.ShouldBe(422, "its own maker");
        (await (await house.Program()).Post($"/evidence/{house.House.Architecture}/publications", approval)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Who_approves_says_when_what_he_read_was_brought()
    {
        var (author, approver) = (await house.Program(), await house.Program());
        var (document, file) = (Guid.CreateVersion7(), "For readers under agreement."u8.ToArray());
        (await author.Upload("/evidence?title=Notes&kind=other&class=underAgreement", file, document)).Status.ShouldBe(201);
        var read = (await Read<EvidenceDocument>(document)).Waiting!;
        (await author.Upload($"/evidence/{document}/versions?class=public", file, Guid.CreateVersion7())).Status.ShouldBe(201);

        var alone = await approver.Post($"/evidence/{document}/publications", $$"""{"sha256":"{{read.File.Sha}}","mayGoUnmarked":true}""");
        alone.Status.ShouldBe(400, alone.Text);
        ((string)JsonNode.Parse(alone.Bytes)!["errors"]![0]!["field"]!).ShouldBe("at");
        (await approver.Post($"/evidence/{document}/publications", $$"""{"sha256":"{{read.File.Sha}}","at":"{{read.At:O}}","mayGoUnmarked":true}""")).Status.ShouldBe(409);
        (await Read<EvidenceDocument>(document)).Current.ShouldBeNull();
    }

    [Fact]
    public async Task Amounts_are_for_keys_that_may_see_them()
    {
        var (sees, blind) = (await house.Program(), await house.Program(Right.ReadDeals, Right.WriteDeals));
        var deal = Guid.CreateVersion7();
        (await sees.Post("/deals", """{"words":{"account":"Acme","currency":"EUR","amount":1234.5}}""", deal)).Status.ShouldBe(201);
        (await sees.Get($"/deals/{deal}")).Text.ShouldContain("1234.5");
        foreach (var path in new[] { $"/deals/{deal}", "/deals?limit=200", "/deals/figures" }) (await blind.Get(path)).Text.ShouldNotContain("mount\"", Case.Sensitive, path);
        (await blind.Post($"/deals/{deal}/versions", """{"version":1,"words":{"account":"Acme","currency":"EUR","amount":1}}""")).Status.ShouldBe(422);
        (await blind.Post($"/deals/{deal}/versions", """{"version":1,"words":{"account":"Acme Ltd","currency":"EUR"}}""")).Status.ShouldBe(200);
        (await Read<Deal>(deal)).Words.Amount.ShouldBe(1234.5m, "what it may not see it does not change");
    }

    [Fact]
    public async Task A_deal_with_the_CRMs_key_is_the_deal_of_an_import()
    {
        var program = await house.Program();
        const string body = """{"words":{"account":"Acme","currency":"EUR","externalKey":"CRM-7","manager":"Max","region":"EU"}}""";
        var made = await program.Post("/deals", body, Guid.CreateVersion7());
        made.Status.ShouldBe(201);
        var id = ImportKeys.Of<Deal>(house.House.Scope, "CRM-7");
        made.Location.ShouldBe($"/api/v1/deals/{id:D}");
        (await program.Post("/deals", body, Guid.CreateVersion7())).Status.ShouldBe(422, "there is one with this key");
        (await program.Post($"/deals/{id}/versions", """{"version":1,"words":{"account":"Acme","currency":"EUR","externalKey":"CRM-8"}}""")).Status.ShouldBe(422);
        (await program.Post($"/deals/{id}/versions", """{"version":1,"words":{"account":"Acme","currency":"EUR","manager":"Mia"}}""")).Status.ShouldBe(200);
        var words = (await Read<Deal>(id)).Words;
        (words.ExternalKey, words.Manager, words.Region).ShouldBe(("CRM-7", "Mia", ""));
    }

    [Fact]
    public async Task A_key_sees_the_links_of_its_maker_and_others_only_with_the_right_to_revoke_any()
    {
        var (all, own) = (await house.Program(), await house.Program(Right.ReadLinks, Right.Share));
        var link = Guid.CreateVersion7();
        (await all.Post("/links", """{"account":"Acme","people":["ana@acme.com"],"domains":["acme.com"],"agreement":false,"summary":true}""", link)).Status.ShouldBe(201);
        (await own.Get("/links")).Text.ShouldNotContain(link.ToString());
        var nothing = (await own.Get($"/links/{Guid.NewGuid()}")).Fingerprint;
        foreach (var path in new[] { "", "/grants", "/visits", "/touches", "/summary" }) (await own.Get($"/links/{link}{path}")).Fingerprint.ShouldBe(nothing, path);
        (await own.Post($"/links/{link}/revocations", "")).Status.ShouldBe(404);

        (await all.Get($"/links/{link}/summary")).Headers["Content-Type"].ShouldBe("application/pdf");
        var address = new Uri((string)JsonNode.Parse((await all.Get($"/links/{link}")).Bytes)!["address"]!).AbsolutePath;
        using var prospect = house.House.Visitor();
        var room = await house.House.Enter(prospect, address);
        (await all.Get($"/links/{link}/grants")).Text.ShouldContain("ana@acme.com");
        (await all.Get($"/links/{link}/visits")).Text.ShouldContain("\"proven\":");
        (await all.Get($"/links/{link}/touches")).Text.ShouldContain("proved their e-mail");
        (await all.Post($"/links/{link}/revocations", "")).Status.ShouldBe(200);
        (await prospect.Get(room)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_export_is_what_the_console_exports_and_stands_in_the_journal()
    {
        var program = await house.Program();
        var export = await program.Post("/journal/exports", "{}");
        (export.Status, export.Headers["Content-Type"]).ShouldBe((200, "application/jsonl"));
        using var file = new MemoryStream(export.Bytes);
        TrustCenter.Journal.JournalVerifier.Verify(file).Ok.ShouldBeTrue();
        export.Text.ShouldContain($"\"actor\":\"key:{program.Key:D} of staff:{program.Maker:D}\",\"what\":\"journal.exported\"");
    }

    private async Task<TState> Read<TState>(Guid id) where TState : class, IState<TState> => (await house.App.Engine.Read<TState>(house.House.Scope.Id<TState>(id))).ShouldNotBeNull();
}
