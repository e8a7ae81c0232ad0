using TrustCenter.Engine;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using Words = TrustCenter.Pages.Words;

namespace TrustCenter.Tests.Abuse;

/// <summary>What depends on time, each case with an app and a clock of its own.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact, Trait("Case", "T-004")]
    public async Task A_link_ends_at_its_second_by_the_servers_clock_alone()
    {
        var (house, north) = await Start();
        await using var app = house;
        var end = app.Clock.GetUtcNow().AddMinutes(20);
        var (link, _) = await Share(app, north, end);
        using var guest = north.Visitor();
        var room = await north.Enter(guest, link);
        var file = await TestHouse.Download(guest, room, north.Architecture.ToString());
        string[] dates = ["", "Mon, 01 Jan 2001 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "yesterday"];

        app.Clock.Set(end - Second);
        foreach (var path in new[] { link, room, file })
            foreach (var date in dates)
            {
                app.Clock.Set(end - Second);
                (await guest.Get(path, ("Date", date))).Status.ShouldBe(200, $"{path} {date}");
            }
        app.Clock.Set(end);
        foreach (var path in new[] { link, room, file })
            foreach (var date in dates) (await guest.Get(path, ("Date", date))).Status.ShouldBe(404, $"{path} {date}");
    }

    [Fact, Trait("Case", "T-004")]
    public async Task A_jump_of_the_clock_ends_links_and_revives_none_that_was_revoked()
    {
        var (house, north) = await Start();
        await using var app = house;
        var (link, _) = await Share(app, north, app.Clock.GetUtcNow().AddDays(20));
        var (revoked, id) = await Share(app, north, app.Clock.GetUtcNow().AddDays(20));
        using var guest = north.Visitor();
        var room = await north.Enter(guest, revoked);
        var file = await TestHouse.Download(guest, room, north.Architecture.ToString());
        await north.Decide(id, new RevokeLink { Id = Guid.NewGuid() });

        app.Clock.Advance(TimeSpan.FromDays(-30));
        (await guest.Get(link)).Status.ShouldBe(200);
        foreach (var path in new[] { revoked, room, file }) (await guest.Get(path)).Status.ShouldBe(404, path);
        app.Clock.Advance(TimeSpan.FromDays(60));
        (await guest.Get(link)).Status.ShouldBe(404);
        (await guest.Get(revoked)).Status.ShouldBe(404);
    }

    [Fact, Trait("Case", "T-004"), Trait("Case", "T-026")]
    public async Task A_link_that_was_prolonged_is_open_at_once_for_its_people_until_its_new_end()
    {
        var (house, north) = await Start();
        await using var app = house;
        using var rep = await north.SignIn(Role.Rep);
        var (link, id) = await north.Share(rep, ("documents", north.Architecture.ToString()), ("agreement", ""), ("expires", Day(1)));
        var over = (await app.Engine.Read<ShareLink>(north.Scope.Id<ShareLink>(id)))!.Expires;
        app.Clock.Set(over - TimeSpan.FromMinutes(20)); // a visit of which somebody makes use
        using var guest = north.Visitor();
        var room = await north.Enter(guest, link);
        var file = await TestHouse.Download(guest, room, north.Architecture.ToString());
        app.Clock.Set(over);
        foreach (var path in new[] { link, room, file }) (await guest.Get(path)).Status.ShouldBe(404, path);
        using var seller = await north.SignIn(Role.Rep);

        foreach (var (day, said) in new[] { ("", "Say until which day."), ("soon", "is not a date"), (Day(0), "over before it begins"), (Day(181), "at most 180 days") })
        {
            var refused = await seller.Submit(await seller.Get($"/console/links/{id}"), "/prolongations", ("expires", day));
            refused.Status.ShouldBe(422, day);
            refused.Text.ShouldContain(said);
            refused.Dom.QuerySelector("#f-expires")!.GetAttribute("value").ShouldBe(day);
        }
        (await seller.Submit(await seller.Get($"/console/links/{id}"), "/prolongations", ("expires", Day(180)))).Status.ShouldBe(303);

        foreach (var path in new[] { link, room, file }) (await guest.Get(path)).Status.ShouldBe(200, path);
        var end = (await app.Engine.Read<ShareLink>(north.Scope.Id<ShareLink>(id)))!.Expires;
        (await guest.Get(room)).Text.ShouldContain($"until {Words.Time(end)}");
        var page = await seller.Get($"/console/links/{id}");
        page.Dom.QuerySelector("#f-mail")!.TextContent.ShouldContain($"The page is open until {Words.Date(DateOnly.FromDateTime(end.UtcDateTime))}.");
        page.Dom.QuerySelector("form[action$='/prolongations']").ShouldBeNull("there is no later day");
        (await seller.Submit(page, "/revocations")).Status.ShouldBe(303);
        (await seller.Get($"/console/links/{id}")).Dom.QuerySelector("form[action$='/prolongations']").ShouldBeNull();
        foreach (var path in new[] { link, room, file }) (await guest.Get(path)).Status.ShouldBe(404, path);

        string Day(int days) => app.Clock.Today.AddDays(days).ToString("yyyy-MM-dd");
    }

    [Fact, Trait("Case", "T-011")]
    public async Task A_code_works_for_ten_minutes_and_no_longer()
    {
        var (house, north) = await Start();
        await using var app = house;
        var (link, _) = await Share(app, north, app.Clock.GetUtcNow().AddDays(1));
        using var early = north.Visitor();
        using var late = north.Visitor();
        var rooms = (Early: await TestHouse.Ask(early, link, "early@acme.com"), Late: await TestHouse.Ask(late, link, "late@acme.com"));
        var pages = (Early: await early.Get(rooms.Early), Late: await late.Get(rooms.Late));

        app.Clock.Advance(MailedCode.Life - TimeSpan.FromSeconds(20));
        (await early.Submit(pages.Early, "/code-tries", ("code", (await north.Code("early@acme.com"))!))).Status.ShouldBe(303);
        app.Clock.Advance(TimeSpan.FromSeconds(20));
        (await late.Submit(pages.Late, "/code-tries", ("code", (await north.Code("late@acme.com"))!))).Status.ShouldBe(422);
        (await app.Engine.Read<Visit>(north.Scope.Id<Visit>(Guid.Parse(rooms.Late.Split('/')[^1]))))!.Proven.ShouldBeNull();
    }

    private static async Task<(RealApp App, TestHouse North)> Start()
    {
        var app = await RealApp.Start(o => o.Demo = true);
        return (app, await TestHouse.Build(app, "north", "North"));
    }

    private static async Task<(string Path, Guid Id)> Share(RealApp app, TestHouse north, DateTimeOffset end)
        => await AbuseHouse.ShareUntil(app, north, end, north.Architecture);
}
