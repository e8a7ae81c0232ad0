using TrustCenter.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>Signing in and out, the journal, the mailbox.</summary>
internal static class DeskRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        new("SignIn", stage => Task.FromResult(new Call(stage.Platform, []))),
        new("BeginSession", async stage =>
        {
            var browser = stage.NewPlatform();
            var (_, fields) = Browser.FormOf(await browser.Get("/console/sign-in"), "/console/sessions", ("vendor", stage.A.Scope.Tenant.ToString()), ("role", nameof(Role.Rep)));
            return new Call(browser, []) { Form = fields };
        }),
        new("EndSession", async stage =>
        {
            var browser = await stage.A.SignIn(Role.Rep);
            return new Call(browser, []) { Form = [("stamp", await Stage.StampOf(browser))] };
        }),
        new("Mailbox", stage => Task.FromResult(new Call(stage.Platform, []))),
        Rows.Staff("ApiKeys", Role.Admin),
        Rows.Staff("NewApiKey", Role.Admin),
        Rows.Staff("MakeApiKey", Role.Admin, form: _ => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString()), ("name", "release build"), ("scopes", nameof(Right.ReadConsole)), ("expires", DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))])),
        Rows.Staff("RevokeApiKey", Role.Admin, async stage => new() { ["key"] = (await stage.Program()).Key.ToString() }),
        Rows.Staff("Journal", Role.Admin),
        Rows.Staff("ExportJournal", Role.Admin, form: _ => Task.FromResult<List<(string, string)>>([("personal", "withheld")])),
    ];
}
