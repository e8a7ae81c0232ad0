using System.Net;
using TrustCenter.Claims;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Claims;

public sealed class ClaimEndpointTests(ConsoleApp app) : IClassFixture<ConsoleApp>
{
    [Fact]
    public async Task A_claim_is_written_approved_and_published()
    {
        var editor = await app.As(Role.Editor);
        var id = await editor.Write("Data is encrypted at rest.", ("reviewBy", "2027-01-31"), ("why.reviewer", "You can tick it."), ("products", "Ledger"));
        await editor.AskApproval(id);
        var approver = await app.As(Role.Approver);
        var review = Page.Words(await approver.Read($"/console/claims/{id}/review"));
        review.ShouldContain("Data is encrypted at rest.");
        review.ShouldContain("Edda Brandt");
        review.ShouldContain("31 January 2027");
        (await approver.Approve(id)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var claim = await app.Claim(id);
        claim.Current!.Wording.Why["reviewer"].ShouldBe("You can tick it.");
        claim.Current.Wording.Products.ShouldBe(["Ledger"]);
        Page.Words(await editor.Read($"/console/claims/{id}")).ShouldContain("Version 1 is published, written by Edda Brandt, approved by Amir Haddad");
        Page.Words(await editor.Read("/console/claims?stage=Published&topic=data")).ShouldContain("Data is encrypted at rest.");
        Page.Words(await editor.Read("/console/claims?stage=Draft")).ShouldNotContain("Data is encrypted at rest.");
    }

    [Fact]
    public async Task The_same_form_posted_twice_is_one_claim()
    {
        var editor = await app.As(Role.Editor);
        var form = ClaimDesk.Fields("Posted twice is one claim.");
        var (first, second) = (await editor.Post("/console/claims", form), await editor.Post("/console/claims", form));
        Page.Id(first).ShouldBe(Page.Id(second));
        (await app.Claim(Page.Id(first))).Proposal!.Edit.ShouldBe(1);
    }

    [Fact]
    public async Task A_statement_of_2001_characters_is_refused_and_kept()
    {
        var editor = await app.As(Role.Editor);
        var statement = new string('x', 2_001);
        var answer = await editor.Post("/console/claims", ClaimDesk.Fields(statement, ("owner", "A role <b>typed</b>"), ("plans", "Team")));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = Page.Dom(await ConsoleVisitor.Text(answer));
        page.QuerySelector("textarea[name=statement]")!.TextContent.Trim().ShouldBe(statement);
        page.QuerySelector("input[name=owner]")!.GetAttribute("value").ShouldBe("A role <b>typed</b>");
        page.QuerySelectorAll("input[name=plans][checked]").Select(i => i.GetAttribute("value")).ShouldBe(["Team"]);
        page.QuerySelector(".errors a[href='#f-statement']")!.TextContent.ShouldContain("2,001");
        page.QuerySelector("#e-statement")!.TextContent.ShouldContain("2,001");
    }

    [Fact]
    public async Task A_preview_shows_what_was_typed_and_saves_nothing()
    {
        var editor = await app.As(Role.Editor);
        var id = await editor.Write("Before the preview.");
        var page = await ConsoleVisitor.Text(await editor.Post($"/console/claims/{id}/previews", ClaimDesk.Fields("Only looked at.", ("edit", "1"), ("status", "Partly"), ("frameworks", "SOC2:CC6.1"), ("why.reviewer", "Nothing to ask."), ("checked", "2026-01-31"))));
        Page.Dom(page).QuerySelector(".preview .statement")!.TextContent.ShouldContain("Only looked at.");
        var seen = string.Join(' ', Page.Dom(page).QuerySelector(".preview")!.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in new[] { "◐ partly", "All products, plans and regions", "Head of Platform", "Security reviewer", "31 January 2026", "SOC2 CC6.1", "Nothing to ask." }) seen.ShouldContain(part, Case.Insensitive);
        Page.Words(page).ShouldContain("3 words, 15 of 2,000 characters");
        (await app.Claim(id)).Working!.Statement.ShouldBe("Before the preview.");
    }

    [Fact]
    public async Task A_second_editor_gets_a_conflict_with_both_texts()
    {
        var (edda, mark) = (await app.As(Role.Editor), await app.As(Role.Marketing));
        var id = await edda.Write("The text both began with.");
        (await edda.Post($"/console/claims/{id}", ClaimDesk.Fields("What Edda saved.", ("edit", "1")))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var answer = await mark.Post($"/console/claims/{id}", ClaimDesk.Fields("What Mark typed.", ("edit", "1")));
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = await ConsoleVisitor.Text(answer);
        Page.Words(page).ShouldContain("What Edda saved.");
        Page.Dom(page).QuerySelector("textarea[name=statement]")!.TextContent.Trim().ShouldBe("What Mark typed.");
        (await app.Claim(id)).Working!.Statement.ShouldBe("What Edda saved.");
        (await mark.Post($"/console/claims/{id}", ClaimDesk.Fields("What Mark typed.", ("edit", Page.Value(page, "edit"))))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_form_from_before_a_publication_is_a_conflict()
    {
        var id = await app.Publish("First version.");
        var (edda, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        var old = ClaimDesk.Fields("Typed over version 1.", ("edit", "1"));
        (await edda.Post($"/console/claims/{id}", ClaimDesk.Fields("Second version.", ("edit", "1")))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await edda.AskApproval(id);
        (await approver.Approve(id)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await edda.Post($"/console/claims/{id}", old)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Asking_for_approval_keeps_what_was_typed()
    {
        var editor = await app.As(Role.Editor);
        var id = await editor.Write("Saved before.");
        (await editor.Post($"/console/claims/{id}/approval-requests", ClaimDesk.Fields("Typed and asked.", ("edit", "1")))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var proposal = (await app.Claim(id)).Proposal!;
        proposal.Stage.ShouldBe(ProposalStage.Waiting);
        proposal.Wording.Statement.ShouldBe("Typed and asked.");
    }

    [Fact]
    public async Task A_withdrawal_needs_a_reason_and_an_approver()
    {
        var id = await app.Publish("To be withdrawn.");
        var (editor, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        var refused = await editor.Post($"/console/claims/{id}/withdrawal-requests", ("reason", new string('y', 301)));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Page.Dom(await ConsoleVisitor.Text(refused)).QuerySelector("textarea[name=reason]")!.TextContent.ShouldContain(new string('y', 301));
        (await editor.Post($"/console/claims/{id}/withdrawal-requests", ("reason", "The product ended."))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await app.Claim(id)).Current.ShouldNotBeNull();
        (await approver.Approve(id)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await app.Claim(id)).Current.ShouldBeNull();
        Page.Words(await editor.Read($"/console/claims/{id}")).ShouldContain("“The product ended.”");
    }
}
