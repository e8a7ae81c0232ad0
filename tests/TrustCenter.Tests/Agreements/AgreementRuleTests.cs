using TrustCenter.Agreements;
using TrustCenter.Engine;

namespace TrustCenter.Tests.Agreements;

public sealed class AgreementRuleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static Decision<Agreement> Publish(Agreement? agreement, string title = "Reading agreement", string body = "Keep it to yourself.", int? basedOn = null)
        => new PublishAgreement { Id = Guid.CreateVersion7(), Title = title, Body = body, BasedOn = basedOn }.Decide(agreement, Actor.System, Noon);

    [Fact]
    public void Each_text_is_the_next_version_and_the_earlier_stay()
    {
        var first = Publish(null).State!;
        var second = Publish(first, body: "Keep it in your company.").State!;

        second.Versions.Select(v => (v.Number, v.Body)).ShouldBe([(1, "Keep it to yourself."), (2, "Keep it in your company.")]);
        second.Versions[0].ShouldBe(first.Versions[0]);
        second.Current!.Hash.ShouldBe(AgreementVersion.HashOf("Reading agreement", "Keep it in your company."));
    }

    [Fact]
    public void The_entry_names_version_and_hash_and_not_the_text()
    {
        var happening = Publish(null).Happenings.Single();

        happening.What.ShouldBe("agreement.published");
        happening.Facts.Select(f => f.Name).ShouldBe(["version", "hash"]);
        happening.IsPublic.ShouldBeFalse();
    }

    [Fact]
    public void A_title_and_a_text_within_their_bounds_are_needed()
    {
        Publish(null, title: " ").Fields().ShouldBe(["title"]);
        Publish(null, title: new string('x', 121)).Fields().ShouldBe(["title"]);
        Publish(null, body: "").Fields().ShouldBe(["body"]);
        Publish(null, body: new string('x', Agreement.LongestBody + 1)).Fields().ShouldBe(["body"]);
        Publish(null, title: new string('x', 120), body: new string('x', Agreement.LongestBody)).Outcome.ShouldBe(new Outcome.Done(1));
    }

    [Fact]
    public void The_same_text_again_is_a_version_of_its_own_and_asks_everybody_again() => Publish(Publish(null).State).Outcome.ShouldBe(new Outcome.Done(2));

    [Fact]
    public void Who_did_not_see_the_version_that_stands_is_told_so()
    {
        var stands = Publish(Publish(null, basedOn: 0).State, body: "Two.", basedOn: 1).State;

        Publish(stands, body: "Three.", basedOn: 1).Outcome.ShouldBe(new Outcome.Stale(2));
        Publish(stands, body: "Three.", basedOn: 2).Outcome.ShouldBe(new Outcome.Done(3));
    }

    [Fact]
    public void Without_a_version_there_is_none_to_accept() => new Agreement().Current.ShouldBeNull();
}
