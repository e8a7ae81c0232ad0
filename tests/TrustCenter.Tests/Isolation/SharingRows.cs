using TrustCenter.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>Links of a rep.</summary>
internal static class SharingRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        Rows.Staff("ConsoleAgreement", Role.Legal), Rows.Staff("AgreementVersion", Role.Legal, values: _ => Task.FromResult(new Dictionary<string, string> { ["version"] = "1" })),
        Agreement("PreviewAgreement"), Agreement("PublishAgreement"),
        Rows.Staff("Links", Role.Rep),
        Rows.Staff("NewLink", Role.Rep),
        Rows.Staff("CreateLink", Role.Rep, form: stage => Task.FromResult<List<(string, string)>>(
        [
            ("command", Guid.CreateVersion7().ToString()), ("account", "Acme"), ("people", "ana@acme.com"), ("domains", ""), ("documents", stage.A.Report.ToString()),
            ("deal", stage.OwnDeal.ToString()), ("nextStepLabel", ""), ("nextStepAddress", ""), ("summary", ""), ("agreement", "yes"),
        ])),
        Rows.Staff("Link", Role.Rep, stage => Task.FromResult(Link(stage.LinkId))),
        Rows.Staff("RevokeLink", Role.Rep, async stage => Link((await stage.A.Share(await stage.Staff(Role.Rep))).Id), _ => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString())])),
        Rows.Staff("ProlongLink", Role.Rep, async stage => Link((await stage.A.Share(await stage.Staff(Role.Rep))).Id), stage => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString()), ("expires", Later(stage))])),
        Rows.Staff("LinkPeople", Role.Rep, stage => Task.FromResult(Link(stage.LinkId))),
        Rows.Staff("ChangeLinkPeople", Role.Rep, async stage => Link((await stage.A.Share(await stage.Staff(Role.Rep))).Id), _ => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString()), ("people", "cy@acme.com"), ("domains", "acme.com")])),
        Rows.Staff("LinkSummary", Role.Rep, stage => Task.FromResult(Link(stage.LinkId))),
        Rows.Staff("ViewLink", Role.Rep, stage => Task.FromResult(Link(stage.LinkId)), query: "?step=room"),
    ];

    // In the other vendor's house: a new version would close the room in which other rows have their download.
    private static Row Agreement(string route) => new(route, async stage =>
    {
        var legal = await stage.B.SignIn(Role.Legal);
        var (_, fields) = Browser.FormOf(await legal.Get("/console/agreement"), "/console/agreement/versions", ("body", $"Text {Guid.NewGuid():N}."));
        return new Call(legal, []) { Form = fields };
    });

    internal static string Later(Stage stage) => stage.App.Clock.Today.AddDays(90).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Link(Guid link) => new() { ["link"] = link.ToString() };
}
