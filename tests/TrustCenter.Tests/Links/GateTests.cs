using TrustCenter.Rooms;
using TrustCenter.Agreements;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Tests.Prospects;

namespace TrustCenter.Tests.Links;

/// <summary>The one gate is closed unless everything says that it is open (DESIGN, invariants 7 and 10).</summary>
public sealed class GateTests
{
    [Fact]
    public async Task The_steps_lead_from_code_over_agreement_into_the_room()
    {
        await using var door = await Doorway.Open(agreement: true);
        (await door.Ask()).Step.ShouldBe(GateStep.Code);
        await door.Prove();
        (await door.Ask()).Step.ShouldBe(GateStep.Agreement);
        await door.Accept();

        var answer = await door.Ask();

        answer.Step.ShouldBe(GateStep.Room);
        (await door.Open(answer))!.Number.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("somebody-else's")]
    [InlineData(VisitExamples.Cookie)] // from before the code was proven
    [Trait("Case", "T-014")]
    public async Task It_is_closed_without_the_visits_own_cookie(string cookie)
    {
        await using var door = await Doorway.ToTheRoom();

        (await door.Ask(cookie)).ShouldBe(GateAnswer.Closed);
        (await door.Gate.Ask(door.Scope, door.Visit.Key, null, CancellationToken.None)).ShouldBe(GateAnswer.Closed);
    }

    [Fact]
    [Trait("Case", "T-070")]
    public async Task It_is_closed_for_an_unknown_visit_and_for_a_foreign_tenant()
    {
        await using var door = await Doorway.ToTheRoom();

        (await door.Gate.Ask(door.Scope, Guid.CreateVersion7(), VisitExamples.ProvenCookie, CancellationToken.None)).ShouldBe(GateAnswer.Closed);
        (await door.Gate.Ask(new Scope(Guid.CreateVersion7()), door.Visit.Key, VisitExamples.ProvenCookie, CancellationToken.None)).ShouldBe(GateAnswer.Closed);
    }

    [Fact]
    [Trait("Case", "T-004")]
    public async Task It_closes_when_the_link_is_revoked_and_no_clock_revives_it()
    {
        await using var door = await Doorway.ToTheRoom();
        await door.Revoke();
        (await door.Ask()).ShouldBe(GateAnswer.Closed);

        door.Clock.Now = door.Clock.Now.AddDays(-30);

        (await door.Ask()).ShouldBe(GateAnswer.Closed);
    }

    [Fact]
    [Trait("Case", "T-004")]
    public async Task It_closes_exactly_at_the_second_the_link_expires()
    {
        await using var door = await Doorway.Open();
        door.Clock.Now = door.Clock.Now.AddDays(30).AddMinutes(-1);
        var late = door.Scope.Id<Visit>(Guid.CreateVersion7());
        await door.Engine.Decide(late, VisitExamples.Ask(late, door.Link.Key, LinkExamples.Ada), Actor.System);
        await door.Engine.Decide(late, VisitExamples.Try(late, VisitExamples.Code), Actor.System);

        door.Clock.Now = door.Clock.Now.AddMinutes(1).AddTicks(-1);
        (await Step(late)).ShouldBe(GateStep.Room);
        door.Clock.Now = door.Clock.Now.AddTicks(1);
        (await Step(late)).ShouldBe(GateStep.Closed);

        async Task<GateStep> Step(AggregateId visit) => (await door.Gate.Ask(door.Scope, visit.Key, VisitExamples.ProvenCookie, CancellationToken.None)).Step;
    }

    [Fact]
    public async Task A_session_ends_after_eight_hours_of_use()
    {
        await using var door = await Doorway.ToTheRoom();
        for (var hour = 1; hour <= 8; hour++)
        {
            door.Clock.Now = door.Clock.Now.AddHours(1);
            (await door.Ask()).Step.ShouldBe(GateStep.Room);
        }
        door.Clock.Now = door.Clock.Now.AddTicks(1);

        (await door.Ask()).ShouldBe(GateAnswer.Closed);
    }

    [Fact]
    public async Task A_session_ends_after_two_idle_hours()
    {
        await using var door = await Doorway.ToTheRoom();
        door.Clock.Now = door.Clock.Now.AddHours(2);
        (await door.Ask()).Step.ShouldBe(GateStep.Room);
        door.Clock.Now = door.Clock.Now.AddHours(2).AddTicks(1);

        (await door.Ask()).ShouldBe(GateAnswer.Closed);
        (await door.Ask()).ShouldBe(GateAnswer.Closed, "asking again is no use of it");
    }

    [Fact]
    [Trait("Case", "T-033")]
    public async Task A_new_agreement_version_asks_again_before_the_next_byte()
    {
        await using var door = await Doorway.ToTheRoom(agreement: true);
        foreach (var body in new[] { "Keep it to yourself, please.", "Keep it to yourself, please." }) // the second time the same text, on purpose
        {
            await door.PublishAgreement(body);
            var answer = await door.Ask();
            answer.Step.ShouldBe(GateStep.Agreement);
            (await door.Open(answer)).ShouldBeNull();

            await door.Accept();
            (await door.Ask()).Step.ShouldBe(GateStep.Room);
        }
    }

    [Fact]
    public async Task It_is_closed_where_the_agreement_is_gone()
    {
        await using var door = await Doorway.ToTheRoom(agreement: true);
        await door.Store.Write(sql => sql.Execute("delete from states where kind = 'agreement'"));
        var engine = new InProcessEngine(door.Store, Store.DataFolder.Keys, door.Clock);
        var restarted = new Gate(engine, new TrustCenter.Tenants.TenantStandings(door.Store, engine), new IdleClock(), door.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<Gate>.Instance);

        (await restarted.Ask(door.Scope, door.Visit.Key, VisitExamples.AcceptedCookie, CancellationToken.None)).ShouldBe(GateAnswer.Closed);
    }

    [Theory]
    [InlineData("visit")]
    [InlineData("link")]
    [InlineData("agreement")]
    [Trait("Case", "T-132")]
    public async Task It_is_closed_where_a_state_fails_its_hash(string kind)
    {
        await using var door = await Doorway.ToTheRoom(agreement: true);
        await door.Store.Write(sql => sql.Execute("update states set body = cast(replace(cast(body as text), '2026', '2099') as blob) where kind = @kind", ("@kind", kind)));
        var engine = new InProcessEngine(door.Store, Store.DataFolder.Keys, door.Clock);
        var restarted = new Gate(engine, new TrustCenter.Tenants.TenantStandings(door.Store, engine), new IdleClock(), door.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<Gate>.Instance);

        (await restarted.Ask(door.Scope, door.Visit.Key, VisitExamples.AcceptedCookie, CancellationToken.None)).ShouldBe(GateAnswer.Closed);
    }
}
