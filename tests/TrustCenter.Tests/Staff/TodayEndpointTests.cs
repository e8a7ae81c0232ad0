using TrustCenter.Staff;
using TrustCenter.Tests.Claims;

namespace TrustCenter.Tests.Staff;

public sealed class TodayEndpointTests(ConsoleApp app) : IClassFixture<ConsoleApp>
{
    [Fact]
    public async Task An_empty_day_says_what_belongs_here_and_offers_the_first_step()
    {
        var page = await (await app.As(Role.Editor, app.Other)).Read("/console");
        Page.Words(page).ShouldContain("Your drafts, and what an approver gave back, appear here.");
        Page.Dom(page).QuerySelector("main a[href='/console/claims/new']")!.TextContent.ShouldBe("Write the first claim");
    }

    [Fact]
    public async Task What_waits_is_shown_to_who_can_do_something_about_it()
    {
        var (editor, approver, bea) = (await app.As(Role.Editor), await app.As(Role.Approver), await app.As(ConsoleApp.Both));
        var id = await editor.Write("Waits for somebody else.");
        Page.Words(await editor.Read("/console")).ShouldContain("Waits for somebody else. is your draft");
        await editor.AskApproval(id);
        Page.Dom(await approver.Read("/console")).QuerySelector($"a[href='/console/claims/{id}/review']")!.TextContent.ShouldBe("Waits for somebody else.");
        Page.Words(await editor.Read("/console")).ShouldNotContain("Waits for somebody else.");
        var own = await bea.Write("Bea's own.");
        await bea.AskApproval(own);
        Page.Words(await bea.Read("/console")).ShouldNotContain("Bea's own.");
        await approver.Post($"/console/claims/{id}/returns", ("edit", "1"), ("comment", "Say which data."));
        Page.Words(await editor.Read("/console")).ShouldContain("Waits for somebody else. was returned to you");
        Page.Words(await editor.Read($"/console/claims/{id}")).ShouldContain("Returned by Amir Haddad: “Say which data.”");
    }

    [Fact]
    public async Task What_is_late_and_what_changed_is_said_in_words()
    {
        var id = await app.Publish("Checked long ago.", ("checked", "2024-01-01"), ("reviewBy", "2024-06-30"));
        var page = await (await app.As(Role.Rep)).Read("/console");
        Page.Words(page).ShouldContain("Checked long ago. ▲ should have been checked by 30 June 2024");
        Page.Words(page).ShouldContain("Version 1 of “Checked long ago.” was published.");
        Page.Dom(page).QuerySelectorAll("[aria-labelledby=next] a").Length.ShouldBe(1);
    }
}
