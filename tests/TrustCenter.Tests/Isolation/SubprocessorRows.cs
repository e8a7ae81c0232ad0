using TrustCenter.Staff;
using TrustCenter.Subprocessors;

namespace TrustCenter.Tests.Isolation;

/// <summary>The list of subprocessors in the console.</summary>
internal static class SubprocessorRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        Rows.Staff("ConsoleSubprocessors", Role.Editor),
        Rows.Staff("NewSubprocessor", Role.Editor),
        Rows.Staff("AddSubprocessor", Role.Editor, form: async stage => Form(await Edit(stage))),
        Rows.Staff("Subprocessor", Role.Editor, Entry),
        Rows.Staff("ChangeSubprocessor", Role.Editor, Entry, async stage =>
        {
            await Entry(stage);
            return Form(await Edit(stage));
        }),
        Rows.Staff("DropSubprocessors", Role.Editor, form: _ => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString())])),
        Rows.Staff("PublishSubprocessors", Role.Approver, form: Waiting),
        Rows.Staff("ReturnSubprocessors", Role.Approver, form: Waiting),
    ];

    internal static async Task<Dictionary<string, string>> Entry(Stage stage)
    {
        if ((await Read(stage))?.Working is not { Count: > 0 }) await Waiting(stage);
        return new() { ["entry"] = (await Read(stage))!.Working[0].Id.ToString() };
    }

    // A change of the editor's that waits for somebody else.
    internal static async Task<List<(string, string)>> Waiting(Stage stage)
    {
        var entry = new Subprocessor(Guid.CreateVersion7(), "Alder Hosting", "Hosting", "Germany", "", [], new DateOnly(2027, 3, 1));
        await stage.A.Decide(SubprocessorList.Only, new ProposeSubprocessor { Id = Guid.NewGuid(), Entry = entry, BasedOn = await Edit(stage) }, stage.A.StaffId(Role.Editor));
        return [("command", Guid.CreateVersion7().ToString()), ("edit", Number(await Edit(stage))), ("comment", "Say where.")];
    }

    private static List<(string, string)> Form(int edit) =>
        [("command", Guid.CreateVersion7().ToString()), ("edit", Number(edit)), ("name", "Birch Mail"), ("purpose", "Sends mail"), ("location", "France"), ("website", "https://birch.example"), ("since", "2027-04-01"), ("until", "")];

    internal static async Task<int> Edit(Stage stage) => (await Read(stage))?.Proposal?.Edit ?? 0;

    private static ValueTask<SubprocessorList?> Read(Stage stage) => stage.App.Engine.Read<SubprocessorList>(stage.A.Scope.Id<SubprocessorList>(SubprocessorList.Only));

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
