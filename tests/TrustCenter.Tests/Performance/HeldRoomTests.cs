using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Erasures;
using TrustCenter.Prospects;
using TrustCenter.Tests.Abuse;

namespace TrustCenter.Tests.Performance;

/// <summary>A room that is shown from memory is the room as it stands now.</summary>
[Collection(AbuseCases.Name)]
public sealed class HeldRoomTests(AbuseHouse house)
{
    private HeldRooms Rooms => house.App.Services.GetRequiredService<HeldRooms>();

    [Fact]
    public async Task A_room_is_shown_again_with_new_command_ids_and_else_the_same()
    {
        var guest = await house.Enter();
        var (first, second) = (await guest.Browser.Get(guest.Room), await guest.Browser.Get(guest.Room));
        var (before, after) = (Commands(first), Commands(second));
        before.Count.ShouldBeGreaterThan(1);
        before.Concat(after).Distinct().Count().ShouldBe(before.Count + after.Count);
        before.Aggregate(first.Text, (text, id) => text.Replace(id, "")).ShouldBe(after.Aggregate(second.Text, (text, id) => text.Replace(id, "")));
        first.Headers.Where(h => h.Key != "Date").ShouldBe(second.Headers.Where(h => h.Key != "Date"));
    }

    [Fact]
    public async Task A_room_is_rendered_once_while_it_stands_and_shows_at_once_what_changed()
    {
        var guest = await house.Enter();
        await guest.Browser.Get(guest.Room);
        var renders = 0L;
        for (var i = 0; i < 5; i++) // another test's decision on this vendor makes the room anew
        {
            renders = Rooms.Renders;
            await guest.Browser.Get(guest.Room);
            if (Rooms.Renders == renders) break;
        }
        Rooms.Renders.ShouldBe(renders);

        var claim = Guid.NewGuid();
        await house.North.Claim(claim, "North writes with violet ink.", Visibility.Room);
        (await guest.Browser.Get(guest.Room)).Text.ShouldContain("violet ink");
        await house.North.Claim(claim, "North writes with amber ink.", Visibility.Room);
        var page = await guest.Browser.Get(guest.Room);
        page.Text.ShouldContain("amber ink");
        page.Text.ShouldNotContain("violet ink");
    }

    [Fact]
    public async Task A_room_says_how_each_claim_stands_and_what_was_accepted()
    {
        await house.North.Claim(Guid.NewGuid(), "North will write with silver ink.", Visibility.Room, ClaimStatus.Planned);
        await house.North.Claim(Guid.NewGuid(), "North wrote with copper ink.", Visibility.Room, reviewBy: house.App.Clock.Today.AddDays(-1));
        var guest = await house.Enter();
        var room = (await guest.Browser.Get(guest.Room)).Dom;
        string Line(string of) => room.QuerySelectorAll("main li").Last(li => li.TextContent.Contains(of, StringComparison.Ordinal)).TextContent;
        Line("silver ink").ShouldContain("planned");
        Line("copper ink").ShouldContain("under review");
        Line("copper ink").ShouldNotContain("in place");
        room.QuerySelector(".agreement")!.ParentElement!.TextContent.ShouldContain("accepted");
    }

    [Fact]
    public async Task A_room_ends_with_its_link_its_person_and_its_cookie()
    {
        var (link, id) = await house.Share();
        var (guest, other, forgotten) = (await house.Enter(link), await house.Enter(link), await house.Enter(link));
        foreach (var one in new[] { guest, other, forgotten }) (await one.Browser.Get(one.Room)).Text.ShouldContain(one.Email);

        (await other.Browser.Get(guest.Room)).Status.ShouldBe(404);
        var person = (await house.VisitOf(forgotten)).Person;
        await house.App.Services.GetRequiredService<Forgetting>().Forget(house.North.Scope, [new PersonalTrace(person, forgotten.VisitId, null)], Actor.System, default);
        (await forgotten.Browser.Get(forgotten.Room)).Status.ShouldBe(404);
        await house.Revoke(id);
        foreach (var one in new[] { guest, other }) (await one.Browser.Get(one.Room)).Status.ShouldBe(404);
    }

    private static List<string> Commands(Answer page) => [.. page.Dom.QuerySelectorAll("input[name=command]").Select(i => i.GetAttribute("value")!)];
}
