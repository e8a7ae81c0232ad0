using TrustCenter.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>Links of a rep.</summary>
internal static class SharingRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        Rows.Staff("Links", Role.Rep),
        Rows.Staff("NewLink", Role.Rep),
        Rows.Staff("CreateLink", Role.Rep, form: stage => Task.FromResult<List<(string, string)>>(
        [
            ("command", Guid.CreateVersion7().ToString()), ("account", "Acme"), ("people", "ana@acme.com"), ("domains", ""), ("documents", stage.A.Report.ToString()),
            ("deal", stage.OwnDeal.ToString()), ("nextStepLabel", ""), ("nextStepAddress", ""), ("summary", ""), ("agreement", "yes"),
        ])),
        Rows.Staff("Link", Role.Rep, stage => Task.FromResult(Link(stage.LinkId))),
        Rows.Staff("RevokeLink", Role.Rep, async stage => Link((await stage.A.Share(await stage.Staff(Role.Rep))).Id), _ => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString())])),
        Rows.Staff("LinkSummary", Role.Rep, stage => Task.FromResult(Link(stage.LinkId))),
        Rows.Staff("ViewLink", Role.Rep, stage => Task.FromResult(Link(stage.LinkId)), query: "?step=room"),
    ];

    private static Dictionary<string, string> Link(Guid link) => new() { ["link"] = link.ToString() };
}
