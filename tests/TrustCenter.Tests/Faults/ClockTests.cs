using TrustCenter.Staff;

namespace TrustCenter.Tests.Faults;

/// <summary>The host's clock is set back by thirty days: what began later than now by it is over, and is there again when the clock is right.</summary>
[Trait("Case", "T-004")]
public sealed class ClockTests
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(30);

    [Fact]
    public async Task A_clock_that_is_set_back_prolongs_no_session_and_no_code_and_revives_no_link()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "north", "North");
        using var rep = await house.SignIn(Role.Rep);
        using var ana = house.Visitor();
        using var bo = house.Visitor();
        var (link, id) = await house.Share(rep);
        var room = await house.Enter(ana, link);
        var door = await TestHouse.Ask(bo, link, "bo@acme.com");
        var (form, code) = (await bo.Get(door), (await house.Code("bo@acme.com"))!);
        (await ana.Get(room)).Status.ShouldBe(200);

        app.Clock.Advance(-Back);
        (await ana.Get(room)).Status.ShouldBe(404);
        (await bo.Submit(form, "/code-tries", ("code", code))).Status.ShouldNotBe(303);
        (await rep.Get("/console/deals")).Status.ShouldNotBe(200);

        app.Clock.Advance(Back);
        (await ana.Get(room)).Status.ShouldBe(200);
        (await rep.Submit(await rep.Get($"/console/links/{id}"), "/revocations")).Status.ShouldBe(303);
        app.Clock.Advance(-TimeSpan.FromSeconds(30)); // as far as the clocks of two processes may be apart
        (await rep.Get("/console/deals")).Status.ShouldBe(200);
        (await ana.Get(room)).Status.ShouldBe(404);
        (await ana.Get(link)).Status.ShouldBe(404);
    }
}
