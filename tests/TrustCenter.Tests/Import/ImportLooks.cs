using System.Net;
using System.Text;
using Microsoft.Playwright;
using TrustCenter.Engine;
using TrustCenter.Import;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Import;

/// <summary>An import in each of its stages, for the look at the console's pages.</summary>
internal static class ImportLooks
{
    public static async Task<IReadOnlyList<(string Name, Role Role, string Path, Func<IPage, Task>? Act)>> Furnish(ConsoleApp app)
    {
        var rep = await app.As(Role.Rep);
        var mapping = await Bring(rep, ImportDesk.Table(40));
        var good = await Bring(rep, ImportDesk.Table(1_200));
        var wrong = await Bring(rep, ImportDesk.Table(60).Replace("2026-06-", "2025-06-", StringComparison.Ordinal).Replace("Negotiation", "Kicked about", StringComparison.Ordinal));
        var done = await Bring(rep, "key,outcome,account\nd1,open,Acme\n");
        foreach (var import in new[] { good, wrong, done }) await Choose(app, import);
        foreach (var import in new[] { good, wrong, done }) await Reaches(app, import, ImportStage.Checked);
        await Decide(app, done, new BeginImport { Id = Guid.NewGuid() });
        await Reaches(app, done, ImportStage.Done);
        (string, Role, string, Func<IPage, Task>?) Page(string name, Guid import, Func<IPage, Task>? act = null) => (name, Role.Rep, $"/console/imports/{import}", act);
        return
        [
            ("imports", Role.Rep, "/console/imports", null), ("imports-problem", Role.Rep, "/console/imports", page => page.Locator("main form button").ClickAsync()),
            Page("import-mapping", mapping), Page("import-checked", good, Open), Page("import-wrong", wrong, Open), Page("import-done", done), ("import-under-way", Role.Rep, $"/console/imports/{await UnderWay(app, rep)}", null),
        ];
    }

    // Long enough to be under way for a while; the page of its end is looked at otherwise.
    private static async Task<Guid> UnderWay(ConsoleApp app, ConsoleVisitor rep)
    {
        var import = await Bring(rep, ImportDesk.Table(ImportLimits.Deals / 10));
        await Choose(app, import);
        await Reaches(app, import, ImportStage.Checked);
        await Decide(app, import, new BeginImport { Id = Guid.NewGuid() });
        return import;
    }

    private static async Task<Guid> Bring(ConsoleVisitor rep, string table)
    {
        var answer = await rep.Upload("/console/imports", new ByteArrayContent(Encoding.UTF8.GetBytes(table)), "deals.csv", ("command", Guid.CreateVersion7().ToString()));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return TrustCenter.Tests.Page.Id(answer);
    }

    private static async Task Choose(ConsoleApp app, Guid import)
        => await Decide(app, import, new ChooseMapping { Id = Guid.NewGuid(), Mapping = (await app.Engine.Read<ImportJob>(app.Vendor.Id<ImportJob>(import)))!.Mapping });

    private static async Task Decide(ConsoleApp app, Guid import, Command<ImportJob> command)
        => (await app.Engine.Decide(app.Vendor.Id<ImportJob>(import), command, Actor.Staff(DemoStaff.IdOf(app.Vendor.Tenant, Role.Rep)))).ShouldBeOfType<Outcome.Done>();

    private static async Task Reaches(ConsoleApp app, Guid import, ImportStage stage)
    {
        for (var wait = 0; (await app.Engine.Read<ImportJob>(app.Vendor.Id<ImportJob>(import)))!.Stage != stage; wait++)
        {
            wait.ShouldBeLessThan(2_400);
            await Task.Delay(50);
        }
    }

    private static Task Open(IPage page) => page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
}
