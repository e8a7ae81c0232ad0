namespace TrustCenter.Tests.Isolation;

/// <summary>The way of a prospect: link, code, agreement, room, download. Each call that takes a step brings a browser that stands before it.</summary>
internal static class ProspectRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        new("ShareLink", stage => Task.FromResult(new Call(stage.Anybody, Link(stage)))),
        new("AskCode", async stage =>
        {
            var browser = stage.A.Visitor();
            var (_, fields) = Browser.FormOf(await browser.Get(stage.LinkPath), stage.LinkPath, ("email", NewAddress()));
            return new Call(browser, Link(stage)) { Form = fields };
        }),
        new("TryCode", async stage =>
        {
            var browser = stage.A.Visitor();
            var email = NewAddress();
            var room = await TestHouse.Ask(browser, stage.LinkPath, email);
            return await Step(browser, room, "/code-tries", ("code", (await stage.A.Code(email))!));
        }),
        new("AcceptAgreement", async stage =>
        {
            var browser = stage.A.Visitor();
            var email = NewAddress();
            var room = await TestHouse.Ask(browser, stage.LinkPath, email);
            (await browser.Submit(await browser.Get(room), "/code-tries", ("code", (await stage.A.Code(email))!))).Status.ShouldBe(303);
            return await Step(browser, room, "/acceptances", ("agree", "yes"));
        }),
        new("Room", stage => Task.FromResult(new Call(stage.Prospect, Room(stage.RoomPath)))),
        new("FollowNextStep", stage => Step(stage.Prospect, stage.RoomPath, "/next-steps")),
        new("StartDownload", stage => Step(stage.Prospect, stage.RoomPath, "/downloads", ("document", stage.A.Report.ToString()))),
        new("Download", stage => Task.FromResult(new Call(stage.Prospect, new(Room(stage.RoomPath)) { ["access"] = stage.Access }))),
    ];

    // An address gets few codes in a quarter of an hour: each call has one of its own.
    private static string NewAddress() => $"p{Guid.NewGuid():N}@acme.com";

    private static Dictionary<string, string> Link(Stage stage) => new() { ["token"] = stage.LinkPath.Split('/')[^1] };

    private static Dictionary<string, string> Room(string room) => new() { ["visit"] = room.Split('/')[^1] };

    private static async Task<Call> Step(Browser browser, string room, string action, params (string, string)[] typed)
        => new(browser, Room(room)) { Form = Browser.FormOf(await browser.Get(room), action, typed).Fields };
}
