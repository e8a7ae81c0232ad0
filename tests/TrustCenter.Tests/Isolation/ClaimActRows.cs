using System.Globalization;
using TrustCenter.Claims;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>What is done with claims beyond writing them: hours, comments, translations, drafts on the page, several at once.</summary>
internal static class ClaimActRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        Rows.Staff("ClaimsAsOf", Role.Editor, query: "?date=2026-11-21"),
        ClaimRows.OfPage("ScheduleClaim", Role.Approver, ClaimRows.Waiting, "/review", "/schedules", ("publishAt", DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture))),
        ClaimRows.OfPage("CancelClaimSchedule", Role.Approver, Scheduled, "", "/schedule-ends"),
        ClaimRows.OfPage("CommentClaim", Role.Editor, ClaimRows.Draft, "", "/comments", ("text", "Say which records.")),
        Rows.Staff("ClaimDraft", Role.Editor, async stage => ClaimRows.Values(await ClaimRows.Draft(stage))),
        Rows.Staff("ClaimDraftHome", Role.Editor, async stage => ClaimRows.Values(await ClaimRows.Draft(stage))),
        new("ClaimTranslation", async stage => new Call(await stage.Staff(Role.Editor), German(await ClaimRows.Published(stage)))),
        Translation("SaveClaimTranslation", Role.Editor, ClaimRows.Published, "/de", ("statement", "Alpha Records verschlüsselt.")),
        Translation("PublishClaimTranslation", Role.Approver, Translated, "/publications"),
        Translation("ReturnClaimTranslation", Role.Approver, Translated, "/returns", ("comment", "Say it shorter.")),
        Rows.Staff("NewClaimPublications", Role.Approver, query: "?claim=01980000-0000-7000-8000-000000000001"),
        Batch("PublishClaims", Role.Approver, ClaimRows.Waiting, "publications"),
        Rows.Staff("NewClaimChecks", Role.Editor, query: "?claim=01980000-0000-7000-8000-000000000001"),
        Batch("CheckClaims", Role.Editor, ClaimRows.Published, "checks", ("checked", "2026-11-21"), ("reviewBy", "2027-11-21")),
        Rows.Staff("ClaimBatch", Role.Editor, async stage => new() { ["batch"] = (await Begun(stage)).ToString() }),
    ];

    internal static Dictionary<string, string> German(Guid claim) => new() { ["claim"] = claim.ToString(), ["language"] = "de" };

    private static Row Translation(string route, Role role, Func<Stage, Task<Guid>> make, string actionEnd, params (string, string)[] typed) => new(route, async stage =>
    {
        var claim = await make(stage);
        var browser = await stage.Staff(role);
        var (_, fields) = Browser.FormOf(await browser.Get($"/console/claims/{claim}/translations/de"), actionEnd, typed);
        return new Call(browser, German(claim)) { Form = fields };
    });

    private static Row Batch(string route, Role role, Func<Stage, Task<Guid>> make, string act, params (string, string)[] typed) => new(route, async stage =>
    {
        var claim = await make(stage);
        var browser = await stage.Staff(role);
        var (_, fields) = Browser.FormOf(await browser.Get($"/console/claims/{act}/new?claim={claim}"), $"/console/claims/{act}", typed);
        return new Call(browser, []) { Form = fields };
    });

    internal static Task<Guid> Scheduled(Stage stage) => Scheduled(stage.A);

    internal static async Task<Guid> Scheduled(TestHouse house)
    {
        var claim = await ClaimRows.Waiting(house);
        await house.Decide(claim, new ApproveClaim { Id = Guid.NewGuid(), Edit = 1, PublishAt = house.App.Clock.GetUtcNow().AddDays(30) }, house.StaffId(Role.Approver));
        return claim;
    }

    internal static async Task<Guid> Translated(Stage stage)
    {
        var claim = await ClaimRows.Published(stage);
        await stage.A.Decide(claim, new SaveClaimTranslation { Id = Guid.NewGuid(), Language = "de", Of = 1, BasedOnEdit = 0, Ask = true, Words = new TranslatedWords { Statement = "Alpha Records verschlüsselt." } }, stage.A.StaffId(Role.Editor));
        return claim;
    }

    internal static Task<Guid> Begun(Stage stage) => Begun(stage.A);

    internal static async Task<Guid> Begun(TestHouse house)
    {
        var batch = Guid.CreateVersion7();
        await house.Decide(batch, new StartClaimBatch { Id = batch, Act = BatchAct.Publish, Items = [new BatchItem(house.PublicClaim, 99)] }, house.StaffId(Role.Approver));
        await house.Decide(batch, new FinishClaimBatch { Id = Guid.NewGuid(), Results = [new BatchResult(house.PublicClaim, 0, "Nothing waits for approval here.")] }, house.StaffId(Role.Approver));
        return batch;
    }
}
