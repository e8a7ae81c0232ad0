using TrustCenter.Engine;
using TrustCenter.Evidence;
using static TrustCenter.Tests.Evidence.EvidenceExamples;

namespace TrustCenter.Tests.Evidence;

public sealed class EvidenceDocumentTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Ada = Actor.Staff(Guid.CreateVersion7());
    private static readonly Actor Bob = Actor.Staff(Guid.CreateVersion7());

    private static EvidenceDocument Uploaded(EvidenceVersion? version = null) => Upload(version).Decide(null, Ada, Noon).State!;

    private static EvidenceDocument Published(EvidenceVersion? version = null) => Approve(version?.File.Sha).Decide(Uploaded(version), Bob, Noon).State!;

    [Fact]
    public void An_upload_is_shown_only_after_somebody_else_approved_it()
    {
        var uploaded = Uploaded();
        uploaded.Current.ShouldBeNull();
        Approve().Decide(uploaded, Ada, Noon).ShouldBeRefused("someone other than the uploader");

        var published = Approve().Decide(uploaded, Bob, Noon).State!;

        published.Waiting.ShouldBeNull();
        (published.Current!.Number, published.Current.Uploader, published.Current.Approver).ShouldBe((1, Ada.Id, Bob.Id));
    }

    [Fact]
    [Trait("Case", "T-086")]
    public void Number_uploader_approver_and_time_of_an_upload_are_the_decisions_and_not_the_forms()
    {
        var forged = Version() with { Number = 7, Uploader = Bob.Id, Approver = Bob.Id, At = Noon.AddYears(-1) };

        var waiting = Uploaded(forged).Waiting!;

        (waiting.Number, waiting.Uploader, waiting.Approver, waiting.At).ShouldBe((1, Ada.Id, null, Noon));
    }

    [Fact]
    public void Nobody_approves_a_file_that_he_did_not_see()
    {
        var replaced = Upload(Version(sha: new string('c', 64))).Decide(Uploaded(), Ada, Noon).State!;

        Approve().Decide(replaced, Bob, Noon).Outcome.ShouldBeOfType<Outcome.Stale>();
    }

    [Fact]
    [Trait("Case", "T-042")]
    public void A_gated_file_that_cannot_bear_a_mark_goes_out_only_when_the_approver_says_so()
    {
        var uploaded = Uploaded(Version() with { Template = null });
        Approve().Decide(uploaded, Bob, Noon).Fields().ShouldBe(["unmarked"]);

        var confirmed = Approve(unmarked: true).Decide(uploaded, Bob, Noon);

        confirmed.State!.Current!.MayGoUnmarked.ShouldBeTrue();
        confirmed.Happenings[0].Facts.ShouldContain(f => f.Name == "unmarked" && f.Value == "yes");
    }

    [Fact]
    [Trait("Case", "T-042")]
    public void A_file_that_can_bear_a_mark_never_goes_out_without_one()
        => Approve(unmarked: true).Decide(Uploaded(), Bob, Noon).State!.Current!.MayGoUnmarked.ShouldBeFalse();

    [Fact]
    [Trait("Case", "T-056")]
    public void A_new_upload_never_changes_what_was_published()
    {
        var first = Published();
        var next = Upload(Version(EvidenceClass.Public, new string('d', 64)) with { Title = "Next year's" }).Decide(first, Ada, Noon.AddYears(1)).State!;
        next.Current.ShouldBe(first.Current);

        var both = Approve(new string('d', 64)).Decide(next, Bob, Noon.AddYears(1)).State!;

        both.Version(1).ShouldBe(first.Current);
        both.Current!.Number.ShouldBe(2);
        both.Version(3).ShouldBeNull();
    }

    [Fact]
    public void A_returned_upload_cannot_be_approved_until_it_is_uploaded_again()
    {
        var returned = Return().Decide(Uploaded(), Bob, Noon).State!;
        Approve().Decide(returned, Bob, Noon).ShouldBeRefused("No upload waits");
        Return().Decide(returned, Bob, Noon).ShouldBeRefused("No upload waits");

        var again = Upload().Decide(returned, Ada, Noon).State!;

        again.Returned.ShouldBeNull();
        Approve().Decide(again, Bob, Noon).State!.Current.ShouldNotBeNull();
    }

    [Fact]
    public void Every_field_that_breaks_a_rule_is_named_at_once()
    {
        var version = Version() with { Title = new string('x', 121), From = new DateOnly(2026, 2, 1), To = new DateOnly(2026, 1, 1), File = new StoredFile(Sha, EvidenceVersion.LargestFile + 1, "a", "b") };

        Upload(version).Decide(null, Ada, Noon).Fields().ShouldBe(["title", "to", "file"]);
    }

    [Fact]
    public void Evidence_counts_on_its_last_day_and_not_on_the_next()
    {
        var version = Version() with { ValidUntil = new DateOnly(2026, 11, 21) };

        version.IsExpired(new DateOnly(2026, 11, 21)).ShouldBeFalse();
        version.IsExpired(new DateOnly(2026, 11, 22)).ShouldBeTrue();
        Version().IsExpired(DateOnly.MaxValue).ShouldBeFalse();
    }

    [Fact]
    [Trait("Case", "T-066")]
    public void Before_approval_there_is_no_public_row_and_no_public_log()
    {
        Upload().Decide(null, Ada, Noon).Publishes.ShouldBeFalse();
        Approve().Decide(Uploaded(), Bob, Noon).Publishes.ShouldBeTrue();
        Uploaded().Rows(default).Single().Columns.Single(c => c.Column == "published").Value.ShouldBeNull();
    }
}
