using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Links;
using TrustCenter.Tests.Evidence;

namespace TrustCenter.Tests.Links;

/// <summary>Which documents a person in the room may read.</summary>
public sealed class GateDocumentTests
{
    [Fact]
    public async Task A_document_that_is_not_on_the_link_is_not_opened()
    {
        await using var door = await Doorway.ToTheRoom();
        var other = Guid.CreateVersion7();
        await door.Publish(EvidenceClass.OnRequest, other);

        (await door.Gate.Document(door.Scope, await door.Ask(), other, null, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    [Trait("Case", "T-072")]
    public async Task A_document_of_another_tenant_is_not_opened()
    {
        await using var door = await Doorway.ToTheRoom();

        (await door.Gate.Document(new Scope(Guid.CreateVersion7()), await door.Ask(), door.Document, null, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task No_document_is_opened_before_the_room()
    {
        await using var door = await Doorway.Open();

        (await door.Open(await door.Ask())).ShouldBeNull();
        (await door.Open(GateAnswer.Closed)).ShouldBeNull();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(2, false)] // uploaded, not approved
    [InlineData(-1, false)]
    public async Task Only_a_published_version_is_opened(int version, bool opened)
    {
        await using var door = await Doorway.ToTheRoom();
        await door.Engine.Decide(door.Scope.Id<EvidenceDocument>(door.Document), EvidenceExamples.Upload(), Actor.Staff(Guid.CreateVersion7()));

        (await door.Open(await door.Ask(), version) is not null).ShouldBe(opened);
    }

    [Fact]
    [Trait("Case", "T-030")]
    public async Task A_document_under_agreement_is_not_opened_by_a_link_that_asks_for_none()
    {
        await using var door = await Doorway.ToTheRoom(agreement: false, EvidenceClass.UnderAgreement);
        (await door.Ask()).Step.ShouldBe(GateStep.Room);

        (await door.Open(await door.Ask())).ShouldBeNull();
    }

    [Fact]
    [Trait("Case", "T-030")]
    public async Task A_document_that_came_under_agreement_later_is_closed_in_all_its_versions()
    {
        await using var door = await Doorway.ToTheRoom();
        (await door.Open(await door.Ask())).ShouldNotBeNull();

        await door.Publish(EvidenceClass.UnderAgreement);

        (await door.Open(await door.Ask())).ShouldBeNull();
        (await door.Open(await door.Ask(), version: 1)).ShouldBeNull();
    }

    [Fact]
    [Trait("Case", "T-030")]
    public async Task A_document_under_agreement_is_opened_after_it_was_accepted()
    {
        await using var door = await Doorway.ToTheRoom(agreement: true, EvidenceClass.UnderAgreement);

        (await door.Open(await door.Ask())).ShouldNotBeNull();
    }
}
