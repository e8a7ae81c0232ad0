using System.Text;
using TrustCenter.Import;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>Imports of deals. Each call that takes one further brings one of its own.</summary>
internal static class ImportRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        Rows.Staff("Imports", Role.Rep),
        new("BringTable", async stage =>
        {
            await MakeRoom(stage);
            var browser = await stage.Staff(Role.Rep);
            return Upload(browser, await Stage.StampOf(browser));
        }),
        Rows.Staff("Import", Role.Rep, async stage => Values(await Own(stage))),
        Rows.Staff("ImportReport", Role.Rep, async stage => Values(await Own(stage))),
        Rows.Staff("MapImport", Role.Rep, async stage => Values(await Own(stage)), _ => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString()), ("column-key", "key"), ("column-outcome", "outcome")])),
        Rows.Staff("BeginImport", Role.Rep, async stage => Values(await Checked(stage)), _ => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString())])),
        Rows.Staff("WithdrawImport", Role.Rep, async stage => Values(await Own(stage)), _ => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString())])),
    ];

    /// <summary>A table that waits for its columns.</summary>
    public static async Task<Guid> Bring(Browser rep, string? table = null)
    {
        var stamp = (await rep.Get("/console/imports")).Dom.QuerySelector("form[action$='/imports'] input[name=stamp]")!.GetAttribute("value")!;
        var answer = await rep.Send(HttpMethod.Post, "/console/imports", Upload(rep, stamp, table).Body());
        answer.Status.ShouldBe(303, answer.Text);
        return Guid.Parse(answer.Location!.Split('/')[^1]);
    }

    private static Call Upload(Browser browser, string stamp, string? table = null) => new(browser, [])
    {
        Form = [("stamp", stamp), ("command", Guid.CreateVersion7().ToString())],
        File = ("file", Encoding.UTF8.GetBytes(table ?? $"key,outcome,account\n{Guid.NewGuid():N},open,Acme\n"), "deals.csv"),
    };

    private static Dictionary<string, string> Values(Guid import) => new() { ["import"] = import.ToString() };

    internal static async Task<Guid> Own(Stage stage)
    {
        await MakeRoom(stage);
        return await Bring(await stage.Staff(Role.Rep));
    }

    // Checked by decisions, so that no worker is waited for; the rows were never read, and beginning it is all that is asked.
    internal static async Task<Guid> Checked(Stage stage)
    {
        var import = await Own(stage);
        await stage.A.Decide(import, new ChooseMapping { Id = Guid.NewGuid(), Mapping = ImportMapping.Own(["key", "outcome", "account"]) });
        var id = stage.A.Scope.Id<ImportJob>(import);
        for (var wait = 0; wait < 600; wait++)
            if ((await stage.App.Engine.Read<ImportJob>(id))!.Stage == ImportStage.Checked) return import;
            else await Task.Delay(50);
        throw new TimeoutException("The import was not checked.");
    }

    // Only some imports may wait at once: the older ones make room.
    internal static async Task MakeRoom(Stage stage)
    {
        var store = (TrustCenter.Store.IStore)stage.App.Services.GetService(typeof(TrustCenter.Store.IStore))!;
        var waiting = await store.Query(sql => sql.Query("select id from import_rows where tenant = @tenant and stage in ('Mapping', 'Checked')", r => r.Id(0), ("@tenant", stage.A.Scope.Tenant)));
        foreach (var import in waiting) await stage.App.Engine.Decide(stage.A.Scope.Id<ImportJob>(import), new WithdrawImport { Id = Guid.NewGuid() }, TrustCenter.Engine.Actor.System);
    }
}
