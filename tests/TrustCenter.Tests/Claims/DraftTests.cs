using TrustCenter.Claims;
using TrustCenter.Staff;
using static TrustCenter.Tests.Claims.ClaimExamples;

namespace TrustCenter.Tests.Claims;

/// <summary>A draft on the page, for staff alone.</summary>
public sealed class DraftTests
{
    [Fact]
    public async Task An_editor_sees_his_draft_on_the_page_and_a_visitor_does_not()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        await house.Decide(house.PublicClaim, Save(Wording("Alpha Records encrypts with a **brand-new** cipher.") with { Topic = "data" }, 1), house.StaffId(Role.Editor));
        var editor = await house.SignIn(Role.Editor);
        using var visitor = house.Visitor();
        foreach (var (draft, open) in new[] { ("/draft", $"/claims/{house.PublicClaim}"), ("/draft/home", "/") })
        {
            var page = await editor.Get($"/console/claims/{house.PublicClaim}{draft}");
            page.Status.ShouldBe(200);
            page.Text.ShouldContain("brand-new");
            page.Dom.QuerySelector("[role=note]")!.TextContent.ShouldContain("Draft.");
            page.Headers["Cache-Control"].ShouldBe("no-store");
            page.Headers["X-Robots-Tag"].ShouldContain("noindex");
            page.Dom.QuerySelectorAll("script").ShouldBeEmpty();
            page.Dom.QuerySelectorAll("nav a").Select(a => a.GetAttribute("href")!).Where(href => !href.StartsWith("mailto:", StringComparison.Ordinal)).ShouldAllBe(href => href.StartsWith("http://alpha.localhost:", StringComparison.Ordinal));
            (await visitor.Get(open)).Text.ShouldNotContain("brand-new");
            (await visitor.Get($"/console/claims/{house.PublicClaim}{draft}")).Status.ShouldBe(404);
        }
        // What is shown is what readers get once it is approved.
        var shown = (await editor.Get($"/console/claims/{house.PublicClaim}/draft")).Dom.QuerySelector("h1")!.TextContent;
        await house.Decide(house.PublicClaim, Ask(), house.StaffId(Role.Editor));
        await house.Decide(house.PublicClaim, Approve(2), house.StaffId(Role.Approver));
        await app.Compiled(house.Scope);
        (await visitor.Get($"/claims/{house.PublicClaim}")).Dom.QuerySelector("h1")!.TextContent.ShouldBe(shown);
    }

    [Fact]
    public async Task A_draft_for_rooms_has_no_public_page_to_be_seen_on()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        await house.Decide(house.RoomClaim, Save(Wording("For rooms.") with { Visibility = Visibility.Room }, 1), house.StaffId(Role.Editor));
        var editor = await house.SignIn(Role.Editor);
        var never = (await editor.Get($"/console/claims/{Guid.NewGuid()}/draft")).Fingerprint;
        (await editor.Get($"/console/claims/{house.RoomClaim}/draft")).Fingerprint.ShouldBe(never);
        (await editor.Get($"/console/claims/{house.PublicClaim}/draft")).Fingerprint.ShouldBe(never); // nothing is in work there
    }
}
