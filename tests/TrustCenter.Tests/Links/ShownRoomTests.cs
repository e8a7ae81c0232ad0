using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Claims;
using TrustCenter.Evidence;
using TrustCenter.Rooms;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Links;

/// <summary>What somebody was shown is shown again, long after everything behind it has changed.</summary>
[Trait("Case", "T-067")]
public sealed partial class ShownRoomTests
{
    [Fact]
    public async Task A_room_is_put_together_again_byte_for_byte_as_it_was_at_any_moment()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "north", "North");
        await house.Claim(Guid.NewGuid(), "Write to <b>ana+x@acme.com</b> & \"us\": {{visit}} \u0001e \u202Eevil.", Visibility.Room);
        using var rep = await house.SignIn(Role.Rep);
        using var guest = house.Visitor();
        var (link, id) = await house.Share(rep, ("people", "ana+x@acme.com"), ("summary", "yes"));
        var room = await house.Enter(guest, link, "ana+x@acme.com");
        var visit = Guid.Parse(room.Split('/')[^1]);
        var rooms = app.Services.GetRequiredService<ShownRooms>();
        (await rooms.At(house.Scope, visit, app.Clock.GetUtcNow().AddHours(-1), default)).ShouldBeNull();

        List<Func<Task>> changes =
        [
            () => Task.CompletedTask,
            () => house.Claim(house.RoomClaim, "North keeps its keys in three vaults.", Visibility.Room),
            async () => await house.Decide(Vendor.Only, new DefineVendor { Id = Guid.NewGuid(), Words = (await app.Engine.Read<Vendor>(house.Scope.Id<Vendor>(Vendor.Only)))! with { Name = "Northern Lights", Accent = "#335577" } }),
            () => house.Document(house.Report, "Another report", EvidenceClass.UnderAgreement, pages: 1, until: app.Clock.Today.AddDays(1)),
            async () => await house.Decide(house.StaffId(Role.Rep), new SetStaffMember { Id = Guid.NewGuid(), Name = "Somebody Else", Roles = [Role.Rep] }),
        ];
        var seen = new List<(DateTimeOffset At, byte[] Page)>();
        foreach (var change in changes)
        {
            await change();
            var page = await guest.Get(room);
            page.Status.ShouldBe(200);
            var at = app.Clock.GetUtcNow();
            seen.Add((at, Zeroed(page.Bytes)));
            await Recorded(house, visit, seen.Count);
            app.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        seen.Select(s => Encoding.UTF8.GetString(s.Page)).ShouldBeUnique();

        await rep.Submit(await rep.Get($"/console/links/{id}"), "/revocations");
        foreach (var (at, page) in seen) (await rooms.At(house.Scope, visit, at.AddMinutes(1), default)).ShouldBe(page);
        await house.App.Services.GetRequiredService<IStore>().Write(sql => sql.Execute("delete from personal where tenant = @tenant", ("@tenant", house.Scope.Tenant)), default); // the people are forgotten
        var nobody = Encoding.UTF8.GetString((await rooms.At(house.Scope, visit, seen[0].At.AddMinutes(1), default))!);
        nobody.ShouldContain("You read as <strong>(forgotten)</strong>");
    }

    // The entry is written a little after the page.
    private static async Task Recorded(TestHouse house, Guid visit, int views)
    {
        var store = house.App.Services.GetRequiredService<IStore>();
        for (var wait = 0; wait < 200 && await store.Query(sql => sql.Number("select count(*) from entries where what = 'room.viewed' and subject = @visit", ("@visit", $"visit:{visit:D}"))) < views; wait++) await Task.Delay(50);
    }

    private static byte[] Zeroed(byte[] page) => Encoding.UTF8.GetBytes(Drawn().Replace(Encoding.UTF8.GetString(page), m => m.Groups[1].Value + DrawnValue().Replace(m.Groups[2].Value, "0")));

    [GeneratedRegex("(name=\"(?:stamp|command)\" value=\")([^\"]*)")]
    private static partial Regex Drawn();

    [GeneratedRegex("[0-9a-f]")]
    private static partial Regex DrawnValue();
}
