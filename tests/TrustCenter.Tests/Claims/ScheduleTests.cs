using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TrustCenter.Api;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;
using TrustCenter.Tests.Store;
using static TrustCenter.Tests.Claims.ClaimExamples;

namespace TrustCenter.Tests.Claims;

/// <summary>Approved now, public at its hour: exactly once, also after a standstill, and not at all when it was cancelled.</summary>
public sealed class ScheduleTests
{
    private static ApproveClaim At(int edit, DateTimeOffset at) => new() { Id = Guid.CreateVersion7(), Edit = edit, PublishAt = at };

    private static Claim Waiting() => ((Claim?)null).Then(Save(), Ada).Then(Ask(), Ada);

    private static PublishDueClaim Due(int edit = 1) => new() { Id = Guid.CreateVersion7(), Edit = edit };

    [Fact]
    public void An_hour_that_is_over_or_more_than_a_year_away_is_refused()
    {
        foreach (var at in new[] { Noon, Noon.AddMinutes(-1), Noon.AddDays(367) })
            At(1, at).Decide(Waiting(), Bob, Noon).Outcome.ShouldBeOfType<Outcome.Refused>().Problems.Single().Field.ShouldBe("publishAt");
        At(1, Noon.AddMinutes(1)).Decide(Waiting(), Ada, Noon).Outcome.ShouldBeOfType<Outcome.Refused>().Why.ShouldContain("someone other than the author");
    }

    [Fact]
    public void Nothing_is_published_before_its_hour_and_the_approver_answers_for_it_after()
    {
        var approved = Waiting().Then(At(1, Noon.AddHours(2)), Bob);
        approved.Current.ShouldBeNull();
        var early = Due().Decide(approved, Actor.System, Noon.AddHours(2).AddTicks(-1));
        early.State.ShouldBeNull();
        early.Outcome.ShouldBeOfType<Outcome.Refused>();

        var published = Due().Decide(approved, Actor.System, Noon.AddHours(2));
        published.Publishes.ShouldBeTrue();
        published.State!.Current!.Approver.ShouldBe(Bob.Id);
        published.State.Current.Author.ShouldBe(Ada.Id);
        published.State.Current.At.ShouldBe(Noon.AddHours(2));
        Due().Decide(published.State, Actor.System, Noon.AddHours(3)).State.ShouldBeNull();
    }

    [Fact]
    public void Cancelled_saved_over_or_returned_to_it_does_not_come()
    {
        var approved = Waiting().Then(At(1, Noon.AddHours(2)), Bob);
        var cancelled = approved.Then(new CancelClaimSchedule { Id = Guid.CreateVersion7(), Edit = 1 }, Bob);
        cancelled.Proposal!.Stage.ShouldBe(ProposalStage.Waiting);
        foreach (var state in new[] { cancelled, approved.Then(Save("Other words.", 1), Ada) })
            Due(state.Proposal!.Edit).Decide(state, Actor.System, Noon.AddDays(2)).State.ShouldBeNull();
        Due().Decide(approved.Then(Save("Other words.", 1), Ada), Actor.System, Noon.AddDays(2)).State.ShouldBeNull();
    }

    [Fact]
    public async Task At_its_hour_it_is_on_the_page_within_moments_and_once()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        var claim = await Scheduled(app, house, "Alpha Records keeps logs for a year.", TimeSpan.FromHours(5));
        using var visitor = house.Visitor();
        await Task.Delay(1_200);
        (await visitor.Get("/")).Text.ShouldNotContain("keeps logs for a year");

        app.Clock.Advance(TimeSpan.FromHours(5) + TimeSpan.FromSeconds(1));

        await Eventually(async () => (await visitor.Get("/")).Text.Contains("keeps logs for a year", StringComparison.Ordinal));
        (await app.Engine.Read<Claim>(house.Scope.Id<Claim>(claim)))!.Published.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Two_hundred_workers_on_two_engines_publish_once_and_a_cancel_wins_or_loses_whole()
    {
        using var folder = new DataFolder();
        await using var store = folder.Open();
        var clock = new TestClock();
        var engines = new[] { new InProcessEngine(store, DataFolder.Keys, clock), new InProcessEngine(store, DataFolder.Keys, clock) };
        for (var round = 0; round < 5; round++)
        {
            var id = new Scope(Guid.CreateVersion7()).Id<Claim>(Guid.CreateVersion7());
            await engines[0].Decide(id, Save(), Ada);
            await engines[0].Decide(id, Ask(), Ada);
            await engines[0].Decide(id, At(1, clock.GetUtcNow().AddMinutes(1)), Bob);
            clock.Advance(TimeSpan.FromMinutes(2));

            var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => i % 50 == 7
                ? engines[i % 2].Decide(id, new CancelClaimSchedule { Id = Guid.CreateVersion7(), Edit = 1 }, Bob)
                : engines[i % 2].Decide(id, Due(), Actor.System))));

            answers.Count(a => a is Outcome.Done).ShouldBe(1);
            foreach (var engine in engines)
            {
                var claim = (await engine.Read<Claim>(id))!;
                (claim.Published.Count, claim.Proposal is null).ShouldBeOneOf((1, true), (0, false));
            }
        }
    }

    [Fact]
    public async Task What_came_due_while_the_host_stood_is_published_when_it_starts()
    {
        using var folder = new DataFolder();
        var clock = new TestClock();
        var id = new Scope(Guid.CreateVersion7()).Id<Claim>(Guid.CreateVersion7());
        await using (var store = folder.Open())
        {
            var engine = new InProcessEngine(store, DataFolder.Keys, clock);
            await Approving(engine, id, true);
            await engine.Decide(id, Save(), Ada);
            await engine.Decide(id, Ask(), Ada);
            await engine.Decide(id, At(1, clock.GetUtcNow().AddMinutes(1)), Bob);
            (await Worker(store, engine, clock).PublishDue(default)).ShouldBe(0);
        }
        clock.Advance(TimeSpan.FromDays(3));
        await using (var store = folder.Open())
        {
            var engine = new InProcessEngine(store, DataFolder.Keys, clock);
            (await Worker(store, engine, clock).PublishDue(default)).ShouldBe(1);
            (await Worker(store, engine, clock).PublishDue(default)).ShouldBe(0);
            (await engine.Read<Claim>(id))!.Published.ShouldHaveSingleItem().Approver.ShouldBe(Bob.Id);
        }
    }

    [Fact, Trait("Case", "T-078"), Trait("Case", "T-082")]
    public async Task At_its_hour_it_is_asked_again_who_approved_and_whether_the_vendor_is_open()
    {
        using var folder = new DataFolder();
        var clock = new TestClock();
        await using var store = folder.Open();
        var engine = new InProcessEngine(store, DataFolder.Keys, clock);
        var id = new Scope(Guid.CreateVersion7()).Id<Claim>(Guid.CreateVersion7());
        await Approving(engine, id, true);
        await engine.Decide(id, Save(), Ada);
        await engine.Decide(id, Ask(), Ada);
        await engine.Decide(id, At(1, clock.GetUtcNow().AddMinutes(1)), Bob);
        clock.Advance(TimeSpan.FromMinutes(2));
        var tenancy = Platform.Scope.Id<Tenancy>(id.Tenant);

        await engine.Decide(tenancy, new SuspendTenant { Id = Guid.NewGuid(), Name = "Alpha", Host = "alpha" }, Actor.System);
        (await Worker(store, engine, clock).PublishDue(default)).ShouldBe(0);
        (await engine.Read<Claim>(id))!.Proposal!.Stage.ShouldBe(ProposalStage.Approved, "it waits until he is open again");
        await engine.Decide(tenancy, new ResumeTenant { Id = Guid.NewGuid(), Name = "Alpha", Host = "alpha" }, Actor.System);

        await Approving(engine, id, false);
        (await Worker(store, engine, clock).PublishDue(default)).ShouldBe(0);
        var claim = (await engine.Read<Claim>(id))!;
        (claim.Published.Count, claim.Proposal!.Stage, claim.Proposal.Approver).ShouldBe((0, ProposalStage.Waiting, null));
    }

    [Fact, Trait("Case", "T-112")]
    public async Task What_a_key_approved_for_an_hour_waits_again_when_the_key_opens_nothing_any_more()
    {
        using var folder = new DataFolder();
        var clock = new TestClock();
        await using var store = folder.Open();
        var engine = new InProcessEngine(store, DataFolder.Keys, clock);
        var scope = new Scope(Guid.CreateVersion7());
        var (revoked, live) = (await Key(engine, scope, clock), await Key(engine, scope, clock));
        var claims = new[] { scope.Id<Claim>(Guid.CreateVersion7()), scope.Id<Claim>(Guid.CreateVersion7()) };
        await Approving(engine, claims[0], true);
        foreach (var (id, key) in claims.Zip(new[] { revoked, live }))
        {
            await engine.Decide(id, Save(), Ada);
            await engine.Decide(id, Ask(), Ada);
            await engine.Decide(id, At(1, clock.GetUtcNow().AddMinutes(1)), Actor.Program(key.Key, Bob.Id));
        }
        await engine.Decide(revoked, new RevokeApiKey { Id = Guid.NewGuid() }, Actor.System);
        clock.Advance(TimeSpan.FromMinutes(2));

        (await Worker(store, engine, clock).PublishDue(default)).ShouldBe(1);
        var waits = (await engine.Read<Claim>(claims[0]))!;
        (waits.Published.Count, waits.Proposal!.Stage, waits.Proposal.ApproverKey).ShouldBe((0, ProposalStage.Waiting, null));
        (await engine.Read<Claim>(claims[1]))!.Published.ShouldHaveSingleItem();
    }

    private static async Task<AggregateId> Key(InProcessEngine engine, Scope scope, TestClock clock)
    {
        var id = scope.Id<ApiKey>(Guid.CreateVersion7());
        var key = new ApiKey { Name = "release build", Scopes = [Right.Approve], Expires = clock.GetUtcNow().AddDays(30), TokenHash = Convert.ToHexStringLower(ApiToken.HashOf(ApiToken.New())) };
        (await engine.Decide(id, new MakeApiKey { Id = id.Key, Key = key, Held = [Right.Approve] }, Bob)).ShouldBeOfType<Outcome.Done>();
        return id;
    }

    private static async Task Approving(InProcessEngine engine, AggregateId claim, bool may)
        => (await engine.Decide(new Scope(claim.Tenant).Id<StaffMember>(Bob.Id), new SetStaffMember { Id = Guid.CreateVersion7(), Name = "Bob", Roles = [may ? Role.Approver : Role.Rep] }, Actor.System)).ShouldBeOfType<Outcome.Done>();

    [Fact]
    public async Task An_hour_is_typed_as_clocks_show_it_in_the_vendors_zone()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        var standing = TrustCenter.Tenants.TenantSettings.Standing;
        await house.Decide(TrustCenter.Tenants.TenantSettings.Only, new TrustCenter.Tenants.SetHours { Id = Guid.NewGuid(), BasedOn = 0, Hours = standing.Hours with { Zone = "Europe/Berlin" }, FiscalYearStart = 1 });
        var claim = Guid.CreateVersion7();
        await house.Decide(claim, Save(Wording("Alpha Records opens in spring.")), house.StaffId(TrustCenter.Staff.Role.Editor));
        await house.Decide(claim, Ask(), house.StaffId(TrustCenter.Staff.Role.Editor));
        var approver = await house.SignIn(TrustCenter.Staff.Role.Approver);
        app.Clock.Set(new DateTimeOffset(2027, 1, 10, 12, 0, 0, TimeSpan.Zero));
        approver = await house.SignIn(TrustCenter.Staff.Role.Approver);
        var review = await approver.Get($"/console/claims/{claim}/review");
        review.Text.ShouldContain("Day and hour (Europe/Berlin)");
        (await approver.Submit(review, "/schedules", ("publishAt", "soon"))).Status.ShouldBe(422);
        (await approver.Submit(review, "/schedules", ("publishAt", "2027-07-01T09:00"))).Status.ShouldBe(303);
        (await app.Engine.Read<Claim>(house.Scope.Id<Claim>(claim)))!.Proposal!.PublishAt.ShouldBe(new DateTimeOffset(2027, 7, 1, 7, 0, 0, TimeSpan.Zero));
        (await approver.Get($"/console/claims/{claim}")).Text.ShouldContain("1 Jul 09:00 in Europe/Berlin");
    }

    private static ScheduleWorker Worker(IStore store, IEngine engine, TimeProvider clock)
        => new(store, engine, new BatchRun(engine, store, clock, NullLogger<BatchRun>.Instance), clock, new WorkerBoard(clock, new Leases(store)), NullLogger<ScheduleWorker>.Instance);

    internal static async Task<Guid> Scheduled(RealApp app, TestHouse house, string statement, TimeSpan after)
    {
        var claim = Guid.CreateVersion7();
        await house.Decide(claim, Save(Wording(statement)), house.StaffId(TrustCenter.Staff.Role.Editor));
        await house.Decide(claim, Ask(), house.StaffId(TrustCenter.Staff.Role.Editor));
        await house.Decide(claim, At(1, app.Clock.GetUtcNow() + after), house.StaffId(TrustCenter.Staff.Role.Approver));
        return claim;
    }

    internal static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var tries = 0; tries < 150; tries++)
        {
            if (await holds()) return;
            await Task.Delay(100);
        }
        (await holds()).ShouldBeTrue("it did not come true within 15 seconds");
    }
}
