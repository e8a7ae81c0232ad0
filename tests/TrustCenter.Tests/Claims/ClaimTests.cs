using TrustCenter.Claims;
using TrustCenter.Engine;
using static TrustCenter.Tests.Claims.ClaimExamples;

namespace TrustCenter.Tests.Claims;

public sealed class ClaimTests
{
    [Fact]
    public void A_statement_of_2_001_characters_is_refused_with_its_field_named()
    {
        var problem = Save(new string('x', 2_001)).Decide(null, Ada, Noon).Outcome.ShouldBeOfType<Outcome.Refused>().Problems.ShouldHaveSingleItem();

        problem.Field.ShouldBe("statement");
        problem.Rule.ShouldContain("2,000");
        Save(new string('x', 2_000)).Decide(null, Ada, Noon).Outcome.ShouldBe(new Outcome.Done(1));
    }

    [Fact]
    public void Every_field_that_breaks_a_rule_is_named_at_once()
    {
        var wording = Wording(" ") with { Topic = "", Owner = new string('x', 81), Frameworks = ["SOC2"], Why = new Dictionary<string, string> { ["legal"] = new('x', 301) } };

        Save(wording).Decide(null, Ada, Noon).Outcome.ShouldBeOfType<Outcome.Refused>().Problems.Select(p => p.Field)
            .ShouldBe(["statement", "topic", "owner", "why.legal", "frameworks"]);
    }

    [Theory]
    [InlineData("SOC2:CC6.1", true)]
    [InlineData("ISO 27001:A.8.24", true)]
    [InlineData("SOC2", false)]
    [InlineData(":CC6.1", false)]
    [InlineData("SOC2:", false)]
    [InlineData("SOC2:<script>", false)]
    public void A_framework_reference_is_framework_colon_control(string reference, bool accepted)
        => (Wording() with { Frameworks = [reference] }).Problems().Count.ShouldBe(accepted ? 0 : 1);

    [Fact]
    public void An_approver_is_someone_else_than_the_author()
    {
        var waiting = ((Claim?)null).Then(Save(), Ada).Then(Ask(), Ada);

        Approve(1).Decide(waiting, Ada, Noon).ShouldBeRefused("someone other than the author");
        var published = waiting.Then(Approve(1), Bob).Current.ShouldNotBeNull();
        (published.Author, published.Approver).ShouldBe((Ada.Id, Bob.Id));
    }

    [Fact]
    public void Whoever_saves_the_last_edit_is_its_author()
    {
        var waiting = ((Claim?)null).Then(Save(), Ada).Then(Save("Bob's words.", basedOn: 1), Bob).Then(Ask(), Ada);

        Approve(2).Decide(waiting, Bob, Noon).ShouldBeRefused("someone other than the author");
    }

    [Fact]
    [Trait("Case", "T-064")]
    public void Of_two_editors_who_started_from_the_same_edit_the_second_is_told_so()
    {
        var first = ((Claim?)null).Then(Save(), Ada).Then(Save("Ada's words.", basedOn: 1), Ada);

        var second = Save("Bob's words.", basedOn: 1).Decide(first, Bob, Noon);

        second.Outcome.ShouldBe(new Outcome.Stale(2));
        second.State.ShouldBeNull();
    }

    [Fact]
    [Trait("Case", "T-064")]
    public void An_editor_who_started_before_a_publication_is_told_so()
    {
        var before = Published("First.");
        var after = before.Published(Wording("Second."));

        Save("Written over the first.", basedOn: before.Edits).Decide(after, Bob, Noon).Outcome.ShouldBe(new Outcome.Stale(after.Edits));
    }

    [Fact]
    public void Nobody_approves_an_edit_that_he_did_not_see()
    {
        var seen = ((Claim?)null).Then(Save(), Ada).Then(Ask(), Ada);
        var changed = seen.Then(Save("Something else.", basedOn: 1), Ada).Then(Ask(), Ada);

        Approve(1).Decide(changed, Bob, Noon).Outcome.ShouldBe(new Outcome.Stale(2));
        Return(1).Decide(changed, Bob, Noon).Outcome.ShouldBe(new Outcome.Stale(2));
    }

    [Fact]
    public void An_old_approval_does_not_publish_the_next_proposal()
    {
        var edit = ((Claim?)null).Then(Save(), Ada).Then(Ask(), Ada).Proposal!.Edit;
        var published = Published();
        var next = published.Then(Save("Never shown to Bob.", published.Edits), Ada).Then(Ask(), Ada);

        Approve(edit).Decide(next, Bob, Noon).Outcome.ShouldBeOfType<Outcome.Stale>();
    }

    [Fact]
    public void Nothing_is_approved_or_returned_where_nothing_waits()
    {
        var draft = ((Claim?)null).Then(Save(), Ada);
        foreach (var claim in new[] { draft, Published(), draft.Then(Ask(), Ada).Then(Return(1), Bob) })
        {
            Approve(1).Decide(claim, Bob, Noon).ShouldBeRefused("Nothing waits");
            Return(1).Decide(claim, Bob, Noon).ShouldBeRefused("Nothing waits");
        }
    }

    [Fact]
    public void A_draft_that_says_the_same_needs_no_approval()
    {
        var published = Published("Same.");

        Ask().Decide(published.Then(Save("Same.", published.Edits), Ada), Ada, Noon).ShouldBeRefused("says the same");
    }

    [Fact]
    public void A_returned_draft_carries_the_comment_and_can_be_asked_again()
    {
        var returned = ((Claim?)null).Then(Save(), Ada).Then(Ask(), Ada).Then(Return(1, " Name the cipher. "), Bob);

        returned.Proposal!.Comment.ShouldBe("Name the cipher.");
        returned.Proposal.ReturnedBy.ShouldBe(Bob.Id);
        returned.Then(Ask(), Ada).Proposal!.Stage.ShouldBe(ProposalStage.Waiting);
    }

    [Fact]
    public void A_withdrawal_goes_the_same_way_and_leaves_what_was_published()
    {
        var asked = Published().Then(Withdraw(), Ada);
        Approve(asked.Proposal!.Edit).Decide(asked, Ada, Noon).ShouldBeRefused("someone other than the author");

        var withdrawn = asked.Then(Approve(asked.Proposal.Edit), Bob);

        withdrawn.Current.ShouldBeNull();
        withdrawn.Published.Select(v => (v.Number, v.IsWithdrawal, v.Reason)).ShouldBe([(1, false, null), (2, true, "The feature was switched off.")]);
        Withdraw().Decide(withdrawn, Ada, Noon).ShouldBeRefused("Only a published claim");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public void A_withdrawal_says_why(string? reason)
        => Withdraw(reason ?? new string('x', 301)).Decide(Published(), Ada, Noon).Outcome.ShouldBeOfType<Outcome.Refused>().Problems[0].Field.ShouldBe("reason");

    [Fact]
    public void A_claim_that_is_not_there_is_missing()
    {
        foreach (var command in new Command<Claim>[] { Ask(), Approve(1), Return(1), Withdraw() }) command.Decide(null, Bob, Noon).Outcome.ShouldBeOfType<Outcome.Missing>();
    }
}
