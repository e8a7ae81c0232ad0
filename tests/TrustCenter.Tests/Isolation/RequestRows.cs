using TrustCenter.Staff;
using TrustCenter.Tests.Requests;

namespace TrustCenter.Tests.Isolation;

/// <summary>Asking for access, and answering. Each call that takes a step brings a request that stands before it.</summary>
internal static class RequestRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        new("NewRequest", stage => Task.FromResult(new Call(stage.Anybody, []))),
        new("AskAccess", async stage =>
        {
            var browser = stage.A.Visitor();
            return new Call(browser, []) { Form = await Asker.Form(stage.A, browser, NewAddress(), stage.A.Report) };
        }),
        new("Request", async stage =>
        {
            var asker = await Asker.Ask(stage.A, NewAddress(), stage.A.Report);
            return new Call(asker.Browser, Id(asker));
        }),
        new("TryRequestCode", async stage =>
        {
            var asker = await Asker.Ask(stage.A, NewAddress(), stage.A.Report);
            return new Call(asker.Browser, Id(asker)) { Form = Browser.FormOf(await asker.Browser.Get(asker.Path), "/code-tries", ("code", (await stage.A.Code(asker.Email))!)).Fields };
        }),
        Rows.Staff("Requests", Role.Manager),
        Rows.Staff("ConsoleRequest", Role.Manager, Waiting),
        Rows.Staff("AnswerRequest", Role.Manager, Waiting, stage => Task.FromResult<List<(string, string)>>(
        [
            ("command", Guid.CreateVersion7().ToString()), ("answer", "Granted"), ("documents", stage.A.Report.ToString()), ("account", "Acme"), ("words", "Welcome."),
        ])),
    ];

    private static string NewAddress() => $"q{Guid.NewGuid():N}@acme.com";

    private static Dictionary<string, string> Id(Asker asker) => new() { ["request"] = asker.Id.ToString() };

    private static async Task<Dictionary<string, string>> Waiting(Stage stage) => Id(await Asker.Waits(stage.A, NewAddress(), stage.A.Report));
}
