using System.Text.Json.Nodes;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Tests.Evidence;

/// <summary>A document is taken back: asked by one, decided by another, and then it is nowhere.</summary>
public sealed class EvidenceWithdrawalTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Editor = Actor.Staff(Guid.CreateVersion7()), Approver = Actor.Staff(Guid.CreateVersion7());

    private RealApp app = null!;
    private TestHouse house = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => o.Demo = true);
        house = await TestHouse.Build(app, "north", "North");
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    [Trait("Case", "T-018")]
    public async Task A_withdrawn_document_is_nowhere_from_the_approval_on_and_whatever_named_it_says_so()
    {
        using var rep = await house.SignIn(Role.Rep);
        using var guest = house.Visitor();
        var (link, id) = await house.Share(rep, ("documents", house.Report.ToString()));
        var room = await house.Enter(guest, link);
        var file = await TestHouse.Download(guest, room, house.Report.ToString());
        var title = (await Read()).Current!.Title;

        await Withdraw("The figures are wrong.");

        (await guest.Get(file)).Status.ShouldBe(404);
        var shown = (await guest.Get(room)).Text;
        shown.ShouldNotContain(title);
        shown.ShouldContain("evidence withdrawn");
        (await guest.Get("/documents")).Text.ShouldNotContain(title);
        (await rep.Get($"/console/links/{id}")).Text.ShouldContain("The figures are wrong.");
        (await rep.Get("/console/links/new")).Text.ShouldNotContain(house.Report.ToString());
        var trust = JsonNode.Parse((await guest.Get("/trust.json")).Bytes)!;
        trust["documents"]!.AsArray().ShouldAllBe(d => (string)d!["id"]! != house.Report.ToString());
        trust["claims"]!.AsArray().Select(c => (string)c!["state"]!).ShouldContain("evidence withdrawn");
        (await guest.Get("/updates")).Text.ShouldContain("Document withdrawn");
        (await guest.Get("/publications.jsonl")).Text.ShouldContain("evidence.withdrawn");
        using var editor = await house.SignIn(Role.Editor);
        (await editor.Get("/console/claims/new")).Text.ShouldContain($"{title} (withdrawn)");

        await house.Document(house.Report, "Newer report", EvidenceClass.UnderAgreement);
        (await guest.Get(room)).Text.ShouldContain("Newer report");
        (await guest.Get(file)).Status.ShouldBe(404, "the version that was withdrawn stays away");
    }

    [Fact]
    public void Nobody_withdraws_alone_nor_what_he_did_not_see()
    {
        var document = Published();
        new AskEvidenceWithdrawal { Id = Guid.NewGuid(), Reason = " " }.Decide(document, Editor, Noon).Fields().ShouldBe(["reason"]);
        var asked = new AskEvidenceWithdrawal { Id = Guid.NewGuid(), Reason = "It is over." }.Decide(document, Editor, Noon).State!;
        var approve = new ApproveEvidenceWithdrawal { Id = Guid.NewGuid(), AskedAt = Micros.From(Noon), Version = 1 };

        asked.Current.ShouldNotBeNull("it stands until somebody agrees");
        approve.Decide(document, Approver, Noon).ShouldBeRefused("No withdrawal waits");
        approve.Decide(asked, Editor, Noon).ShouldBeRefused("someone other than who asked");
        (approve with { AskedAt = 1 }).Decide(asked, Approver, Noon).Outcome.ShouldBe(new Outcome.Stale(1));
        (approve with { Version = 2 }).Decide(asked, Approver, Noon).Outcome.ShouldBe(new Outcome.Stale(1));
        var gone = approve.Decide(asked, Approver, Noon);
        (gone.State!.Current, gone.State.Version(1), gone.State.Withdrawn!.Reason).ShouldBe((null, null, "It is over."));
        gone.Happenings.ShouldHaveSingleItem().IsPublic.ShouldBeTrue();
        new AskEvidenceWithdrawal { Id = Guid.NewGuid(), Reason = "Again." }.Decide(gone.State, Editor, Noon).ShouldBeRefused("Only a published document");

        var declined = new DeclineEvidenceWithdrawal { Id = Guid.NewGuid(), AskedAt = Micros.From(Noon), Comment = "It is not." }.Decide(asked, Approver, Noon).State!;
        (declined.Current?.Number, declined.Withdrawal!.Declined).ShouldBe((1, "It is not."));
        approve.Decide(declined, Approver, Noon).ShouldBeRefused("No withdrawal waits");

        var again = EvidenceExamples.Approve().Decide(EvidenceExamples.Upload(EvidenceExamples.Version(EvidenceClass.OnRequest)).Decide(gone.State, Editor, Noon).State, Approver, Noon).State!;
        (again.Current!.Number, again.Version(1)).ShouldBe((2, null));
    }

    private static EvidenceDocument Published()
        => EvidenceExamples.Approve().Decide(EvidenceExamples.Upload(EvidenceExamples.Version(EvidenceClass.OnRequest)).Decide(null, Editor, Noon).State, Approver, Noon).State!;

    private async Task Withdraw(string reason)
    {
        var path = $"/console/evidence/{house.Report}";
        using var editor = await house.SignIn(Role.Editor);
        using var approver = await house.SignIn(Role.Approver);
        (await editor.Submit(await editor.Get(path), "/withdrawal-requests", ("reason", ""))).Status.ShouldBe(422);
        (await editor.Submit(await editor.Get(path), "/withdrawal-requests", ("reason", reason))).Status.ShouldBe(303);
        (await approver.Get("/console")).Text.ShouldContain("waits for your approval");
        (await approver.Submit(await approver.Get(path), "/withdrawals")).Status.ShouldBe(303);
        await app.Compiled(house.Scope);
    }

    private async Task<EvidenceDocument> Read() => (await app.Engine.Read<EvidenceDocument>(house.Scope.Id<EvidenceDocument>(house.Report)))!;
}
