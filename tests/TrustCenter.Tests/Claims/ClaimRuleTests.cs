using System.Net;
using System.Text;
using TrustCenter.Claims;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Claims;

/// <summary>What the routes of claims refuse.</summary>
public sealed class ClaimRuleTests(ConsoleApp app) : IClassFixture<ConsoleApp>
{
    private static readonly string[] Posts = ["", "/previews", "/approval-requests", "/withdrawal-requests", "/publications", "/returns"];

    [Fact, Trait("Case", "T-085")]
    public async Task An_author_cannot_approve_his_own_claim()
    {
        var bea = await app.As(ConsoleApp.Both);
        var id = await bea.Write("Written and to be approved by the same person.");
        await bea.AskApproval(id);
        var review = await bea.Read($"/console/claims/{id}/review");
        Page.Dom(review).QuerySelector("form[action$=publications]").ShouldBeNull();
        var answer = await bea.Post($"/console/claims/{id}/publications", ("edit", "1"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Page.Words(await ConsoleVisitor.Text(answer)).ShouldContain("The approver must be someone other than the author");
        (await app.Claim(id)).Current.ShouldBeNull();
    }

    [Fact]
    public async Task An_approver_does_not_publish_what_he_did_not_see()
    {
        var (editor, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        var id = await editor.Write("What the approver read.");
        await editor.AskApproval(id);
        var seen = Page.Value(await approver.Read($"/console/claims/{id}/review"), "edit");
        (await approver.Approve(id)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await editor.Post($"/console/claims/{id}", ClaimDesk.Fields("What he never saw.", ("edit", "1")));
        await editor.AskApproval(id);
        var answer = await approver.Post($"/console/claims/{id}/publications", ("edit", seen));
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Page.Words(await ConsoleVisitor.Text(answer)).ShouldContain("What he never saw.");
        (await app.Claim(id)).Current!.Wording.Statement.ShouldBe("What the approver read.");
    }

    [Fact, Trait("Case", "T-071")]
    public async Task A_foreign_claim_answers_as_a_missing_one()
    {
        var id = await app.Publish("Northwind's own claim.");
        foreach (var role in new[] { Role.Editor, Role.Approver, ConsoleApp.Both })
        {
            var stranger = await app.As(role, app.Other);
            foreach (var path in new[] { "", "/review" })
                (await Seen(await stranger.Get($"/console/claims/{id}{path}"))).ShouldBe(await Seen(await stranger.Get($"/console/claims/{Guid.NewGuid()}{path}")));
            foreach (var path in Posts)
            {
                var form = ClaimDesk.Fields("Foreign.", ("edit", "1"), ("reason", "x"), ("comment", "x"), ("tenant", app.Vendor.Tenant.ToString()));
                (await Seen(await stranger.Post($"/console/claims/{id}{path}", form))).ShouldBe(await Seen(await stranger.Post($"/console/claims/{Guid.NewGuid()}{path}", form)), path);
            }
        }
        (await app.Claim(id)).Proposal.ShouldBeNull();
        (await (await app.As(Role.Editor, app.Other)).Get($"/console/claims/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact, Trait("Case", "T-086")]
    public async Task Mass_assigned_fields_have_no_effect()
    {
        var editor = await app.As(Role.Editor);
        var id = await editor.Write("Only what the form has.", ("stage", "Published"), ("Stage", "Waiting"), ("Published", "1"), ("number", "9"), ("tenant", app.Other.Tenant.ToString()), ("author", Guid.NewGuid().ToString()), ("approver", Guid.NewGuid().ToString()), ("id", Guid.NewGuid().ToString()));
        var claim = await app.Claim(id);
        claim.Published.ShouldBeEmpty();
        claim.Proposal!.Stage.ShouldBe(ProposalStage.Draft);
        claim.Proposal.Author.ShouldBe(DemoStaff.IdOf(app.Vendor.Tenant, Role.Editor));
        claim.Proposal.Edit.ShouldBe(1);
    }

    [Theory, Trait("Case", "T-072")]
    [InlineData("topic", "not-a-topic", "This topic is not one of yours")]
    [InlineData("products", "Somebody else's product", "is not one of yours")]
    [InlineData("why.strangers", "Because.", "There is no audience")]
    [InlineData("evidence", "0199aaaa-0000-7000-8000-000000000001", "One of the documents is not there")]
    [InlineData("status", "Perfect", "Choose how far it is")]
    [InlineData("frameworks", "nonsense", "is not a reference")]
    public async Task A_reference_to_nothing_is_refused_in_words(string field, string value, string says)
    {
        var editor = await app.As(Role.Editor);
        var answer = await editor.Post("/console/claims", ClaimDesk.Fields("Refers to nothing.", (field, value)));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await ConsoleVisitor.Text(answer);
        Page.Words(page).ShouldContain(says);
        Page.Dom(page).QuerySelector("textarea[name=statement]")!.TextContent.Trim().ShouldBe("Refers to nothing.");
    }

    [Fact, Trait("Case", "T-084")]
    public async Task A_post_from_elsewhere_is_refused()
    {
        var bea = await app.As(ConsoleApp.Both);
        var id = await bea.Write("Nobody changes this from elsewhere.");
        await bea.AskApproval(id);
        foreach (var path in Posts.Select(p => $"/console/claims/{id}{p}").Append("/console/claims").Append("/console/claims/previews"))
        {
            var fields = ClaimDesk.Fields("Changed from elsewhere.", ("edit", "1"), ("reason", "x"), ("comment", "x"));
            var stamped = fields.Prepend(("stamp", bea.Stamp)).ToArray();
            (await bea.Post(path, ConsoleVisitor.Encoded(fields))).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "no stamp " + path);
            (await bea.Post(path, ConsoleVisitor.Encoded(fields.Prepend(("stamp", "AAAA"))))).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "wrong stamp " + path);
            (await bea.Post(path, ConsoleVisitor.Encoded(stamped), "https://elsewhere.example")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "other origin " + path);
            (await bea.Post(path, ConsoleVisitor.Encoded(stamped), $"http://northwind.localhost:{app.Port}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "sibling " + path);
            (await bea.Post(path, ConsoleVisitor.Encoded(stamped), "null")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "an origin that is hidden " + path);
            (await bea.Post(path, new StringContent("{\"statement\":\"x\"}", Encoding.UTF8, "application/json"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "JSON " + path);
            (await bea.Send(new HttpRequestMessage(HttpMethod.Put, bea.Url(path)) { Content = ConsoleVisitor.Encoded(stamped) })).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
        }
        (await app.Claim(id)).Working!.Statement.ShouldBe("Nobody changes this from elsewhere.");
    }

    [Theory, Trait("Case", "T-085")]
    [InlineData(Role.Rep)]
    [InlineData(Role.DecisionMaker)]
    [InlineData(Role.Admin)]
    [InlineData(Role.Approver)]
    public async Task Who_may_not_write_cannot_write(Role role)
    {
        var (editor, other) = (await app.As(Role.Editor), await app.As(role));
        var id = await editor.Write("Only editors change this.");
        foreach (var path in new[] { "", "/previews", "/approval-requests", "/withdrawal-requests" })
            (await other.Post($"/console/claims/{id}{path}", ClaimDesk.Fields("x", ("edit", "1")))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.Post("/console/claims", ClaimDesk.Fields("x"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await editor.Post($"/console/claims/{id}/publications", ("edit", "1"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Page.Dom(await other.Read($"/console/claims/{id}")).QuerySelector("textarea[name=statement]").ShouldBeNull();
    }

    private static async Task<string> Seen(HttpResponseMessage answer)
        => string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key != "Date").Select(h => h.Key + ":" + string.Join(',', h.Value)).Order().Prepend(answer.StatusCode.ToString())) + (answer.StatusCode == HttpStatusCode.Forbidden ? "" : await ConsoleVisitor.Text(answer));
}
