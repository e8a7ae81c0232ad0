using TrustCenter.Claims;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>Today and the claims of the console. Each call that changes a claim brings one of its own.</summary>
internal static class ClaimRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        Rows.Staff("Today", Role.Editor), Rows.Staff("ConsoleClaims", Role.Editor), Rows.Staff("NewClaim", Role.Editor),
        Rows.Staff("CreateClaim", Role.Editor, form: stage => Task.FromResult(Form(stage))),
        Rows.Staff("PreviewNewClaim", Role.Editor, form: stage => Task.FromResult(Form(stage))),
        Rows.Staff("ConsoleClaim", Role.Editor, stage => Task.FromResult(Values(stage.A.PublicClaim))),
        Rows.Staff("ClaimReview", Role.Approver, stage => Task.FromResult(Values(stage.A.PublicClaim))),
        OfPage("SaveClaim", Role.Editor, Draft, "", "", ("statement", "Alpha Records encrypts the drafts too.")),
        OfPage("PreviewClaim", Role.Editor, Draft, "", "", ("statement", "Alpha Records encrypts the drafts too.")),
        OfPage("AskClaimApproval", Role.Editor, Draft, "", "", ("statement", "Alpha Records encrypts the drafts too.")),
        OfPage("AskClaimWithdrawal", Role.Editor, Published, "", "/withdrawal-requests", ("reason", "It is done another way now.")),
        OfPage("PublishClaim", Role.Approver, Waiting, "/review", "/publications"),
        OfPage("ReturnClaim", Role.Approver, Waiting, "/review", "/returns", ("comment", "Say which records.")),
    ];

    internal static Dictionary<string, string> Values(Guid claim) => new() { ["claim"] = claim.ToString() };

    private static List<(string, string)> Form(Stage stage) =>
    [
        ("command", Guid.CreateVersion7().ToString()), ("statement", "Alpha Records keeps a log."), ("topic", "data"), ("status", "InPlace"), ("visibility", "Public"),
        ("owner", "Head of Security"), ("evidence", stage.A.Report.ToString()), ("edit", "0"),
    ];

    /// <summary>The form that stands on the claim's page, with what a person types.</summary>
    internal static Row OfPage(string route, Role role, Func<Stage, Task<Guid>> make, string page, string actionEnd, params (string, string)[] typed) => new(route, async stage =>
    {
        var claim = await make(stage);
        var browser = await stage.Staff(role);
        var (_, fields) = Browser.FormOf(await browser.Get($"/console/claims/{claim}{page}"), $"/console/claims/{claim}{actionEnd}", typed);
        return new Call(browser, Values(claim)) { Form = fields };
    });

    internal static Task<Guid> Draft(Stage stage) => Draft(stage.A);

    internal static async Task<Guid> Draft(TestHouse house)
    {
        var claim = Guid.CreateVersion7();
        var wording = new ClaimWording { Statement = $"Alpha Records drafts {claim:N}.", Topic = "data", Status = ClaimStatus.InPlace, Owner = "Head of Security" };
        await house.Decide(claim, new SaveClaim { Id = Guid.NewGuid(), Wording = wording, BasedOnEdit = 0 }, house.StaffId(Role.Editor));
        return claim;
    }

    internal static Task<Guid> Waiting(Stage stage) => Waiting(stage.A);

    internal static async Task<Guid> Waiting(TestHouse house)
    {
        var claim = await Draft(house);
        await house.Decide(claim, new AskClaimApproval { Id = Guid.NewGuid() }, house.StaffId(Role.Editor));
        return claim;
    }

    internal static async Task<Guid> Published(Stage stage)
    {
        var claim = Guid.CreateVersion7();
        await stage.A.Claim(claim, $"Alpha Records publishes {claim:N}.", Visibility.Public);
        await stage.App.Compiled(stage.A.Scope);
        return claim;
    }
}
