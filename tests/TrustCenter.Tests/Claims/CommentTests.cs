using System.Net;
using System.Text.Json;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Staff;
using static TrustCenter.Tests.Claims.ClaimExamples;
using Claim = TrustCenter.Claims.Claim;

namespace TrustCenter.Tests.Claims;

/// <summary>What colleagues say to each other about a claim.</summary>
public sealed class CommentTests(ConsoleApp app) : IClassFixture<ConsoleApp>
{
    [Fact]
    public async Task A_comment_is_kept_with_its_author_and_shown_to_those_who_write_and_approve()
    {
        var (editor, approver, rep) = (await app.As(Role.Editor), await app.As(Role.Approver), await app.As(Role.Rep));
        var id = await editor.Write("Somebody will comment this.");
        (await approver.Post($"/console/claims/{id}/comments", ("text", "Which <b>records</b>?"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await editor.Post($"/console/claims/{id}/comments", ("text", "All of them."))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        foreach (var reader in new[] { editor, approver })
        {
            var page = Page.Words(await reader.Read($"/console/claims/{id}"));
            page.ShouldContain("Which <b>records</b>?");
            page.ShouldContain("All of them.");
            page.ShouldContain("Amir Haddad");
        }
        Page.Words(await rep.Read($"/console/claims/{id}")).ShouldNotContain("All of them.");
        (await rep.Post($"/console/claims/{id}/comments", ("text", "And prices?"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Claim(id)).Comments!.Select(c => (c.Number, c.Text)).ShouldBe([(1, "Which <b>records</b>?"), (2, "All of them.")]);
    }

    [Fact]
    public async Task A_comment_that_is_too_long_is_refused_and_kept_on_the_page()
    {
        var editor = await app.As(Role.Editor);
        var id = await editor.Write("A long comment follows.");
        var answer = await editor.Post($"/console/claims/{id}/comments", ("text", new string('c', 2_001)));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = Page.Dom(await ConsoleVisitor.Text(answer));
        page.QuerySelector("textarea[name=text]")!.TextContent.Trim().ShouldBe(new string('c', 2_001));
        page.QuerySelector("#e-text")!.TextContent.ShouldContain("2,001");
        (await app.Claim(id)).Comments.ShouldBeNull();
    }

    [Fact]
    public async Task The_reason_of_a_return_stays_after_the_next_draft()
    {
        var (editor, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        var id = await editor.Write("To be returned.");
        await editor.AskApproval(id);
        await approver.Post($"/console/claims/{id}/returns", ("edit", "1"), ("comment", "Name the cipher, please."));
        await editor.Post($"/console/claims/{id}", ClaimDesk.Fields("Returned, with a cipher.", ("edit", "1")));
        Page.Words(await editor.Read($"/console/claims/{id}")).ShouldContain("Name the cipher, please.");
        (await app.Claim(id)).Comments!.Single().IsReturn.ShouldBeTrue();
    }

    [Fact]
    public void The_journal_knows_that_something_was_said_and_not_what()
    {
        var decision = new AddClaimComment { Id = Guid.CreateVersion7(), Text = "A secret between us." }.Decide(Published(), Ada, Noon);
        decision.Publishes.ShouldBeFalse();
        var happening = decision.Happenings.ShouldHaveSingleItem();
        happening.What.ShouldBe("claim.commented");
        JsonSerializer.Serialize(happening.Facts).ShouldNotContain("secret");
        decision.State!.Rows(new AggregateId(Guid.Empty, "claim", Guid.Empty)).SelectMany(r => r.Columns).ShouldAllBe(c => !$"{c.Value}".Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void After_five_hundred_comments_there_is_an_end()
    {
        var many = Published() with { Comments = [.. Enumerable.Range(1, ClaimComment.Most).Select(n => new ClaimComment { Number = n, By = Ada.Id, At = Noon, Text = "x", Edit = 0 })] };
        new AddClaimComment { Id = Guid.CreateVersion7(), Text = "One more." }.Decide(many, Ada, Noon).Outcome.ShouldBeOfType<Outcome.Refused>();
    }
}
