using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Tests.Links;

/// <summary>Staff see a link as its prospect does: the same page, and nothing comes of it.</summary>
public sealed class ViewAsProspectTests : IAsyncLifetime
{
    private RealApp app = null!;
    private TestHouse house = null!;
    private Browser rep = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => o.Demo = true);
        house = await TestHouse.Build(app, "alpha", "Alpha Records");
        rep = await house.SignIn(Role.Rep);
    }

    public async Task DisposeAsync()
    {
        rep.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task The_gate_and_the_room_are_those_of_the_prospect()
    {
        var (path, id) = await house.Share(rep, ("summary", "yes"), ("documents", house.Report.ToString()));
        using var prospect = house.Visitor();
        var view = $"/console/links/{id}/view";
        Said(await rep.Get(view)).ShouldBe(Said(await prospect.Get(path)));
        var room = await TestHouse.Ask(prospect, path);
        Said(await rep.Get(view + "?step=code")).ShouldBe(Said(await prospect.Get(room)));
        (await prospect.Submit(await prospect.Get(room), "/code-tries", ("code", (await house.Code())!))).Status.ShouldBe(303);
        Said(await rep.Get(view + "?step=agreement")).ShouldBe(Said(await prospect.Get(room)));
        (await prospect.Submit(await prospect.Get(room), "/acceptances", ("agree", "yes"))).Status.ShouldBe(303);
        Said(await rep.Get(view + "?step=room")).ShouldBe(Said(await prospect.Get(room)));
        Said(await rep.Get(view + "?step=room&as=1")).ShouldContain("bo@acme.com");
        (await rep.Get(view + "?step=room&as=2")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Nothing_is_counted_and_no_form_can_be_sent()
    {
        var (_, id) = await house.Share(rep, ("summary", "yes"));
        await Task.Delay(1_200); // views are written a little later; none may be on its way
        var before = await Mark();
        foreach (var step in new[] { "who", "code", "agreement", "room" })
        {
            var page = await rep.Get($"/console/links/{id}/view?step={step}");
            page.Status.ShouldBe(200);
            page.Headers["Content-Security-Policy"].ShouldContain("form-action 'none'");
            page.Headers["Content-Security-Policy"].ShouldNotContain("form-action 'self'");
            page.Headers["Cache-Control"].ShouldBe("no-store");
            page.Headers.ContainsKey("Set-Cookie").ShouldBeFalse();
            page.Dom.QuerySelector("aside.banner")!.TextContent.ShouldContain("You see what ana@acme.com sees.");
        }
        await Task.Delay(1_200);
        (await Mark()).ShouldBe(before);
    }

    [Fact]
    public async Task What_the_gate_refuses_the_prospect_is_not_shown_to_staff_either()
    {
        var (_, id) = await house.Share(rep, ("documents", house.Report.ToString()));
        (await rep.Get($"/console/links/{id}/view?step=room")).Text.ShouldContain("audit report");
        (await rep.Submit(await rep.Get($"/console/links/{id}"), "/revocations")).Status.ShouldBe(303);
        var page = await rep.Get($"/console/links/{id}/view?step=room");
        page.Dom.QuerySelector("h1")!.TextContent.ShouldContain("sees nothing here");
        page.Text.ShouldNotContain("audit report");
    }

    [Fact]
    public async Task A_colleagues_link_is_nothing_here_as_well()
    {
        var (_, id) = await house.Share(rep);
        await house.Decide(house.StaffId(Role.Marketing), new SetStaffMember { Id = Guid.NewGuid(), Name = "Second Rep", Roles = [Role.Rep] });
        using var other = await house.SignIn(Role.Marketing);
        (await other.Get($"/console/links/{id}/view")).Fingerprint.ShouldBe((await other.Get($"/console/links/{Guid.NewGuid()}/view")).Fingerprint);
        using var admin = await house.SignIn(Role.Admin);
        (await admin.Get($"/console/links/{id}/view")).Status.ShouldBe(200);
    }

    // Words only: where forms lead differs, since none of them may be sent.
    private static string Said(Answer page) => string.Join(' ', page.Dom.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private Task<string> Mark() => app.Services.GetRequiredService<IStore>().Query(sql => string.Join(' ',
        new[] { "states", "entries", "touch_rows", "visit_rows", "mails" }.Select(t => sql.Number($"select count(*) from {t} where tenant = @tenant" + (t == "entries" ? " and what <> 'page.published'" : ""), ("@tenant", house.Scope.Tenant)))));
}
