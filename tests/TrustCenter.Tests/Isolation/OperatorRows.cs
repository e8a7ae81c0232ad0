using TrustCenter.Staff;
using TrustCenter.Tests.Operation;

namespace TrustCenter.Tests.Isolation;

/// <summary>The platform's operator, and what a vendor's managers do after a restore.</summary>
internal static class OperatorRows
{
    private static int hosts;

    public static readonly IReadOnlyList<Row> All =
    [
        new("OperatorSignIn", stage => Task.FromResult(new Call(stage.Platform, []))),
        new("BeginOperatorSession", async stage =>
        {
            var (browser, name) = (stage.NewPlatform(), OperatorDesk.NewName());
            var (_, fields) = Browser.FormOf(await browser.Get("/operator/sign-in"), "/operator/sessions", ("name", name), ("code", OperatorDesk.Code(stage.App, name)));
            return new Call(browser, []) { Form = fields };
        }),
        new("EndOperatorSession", async stage =>
        {
            var browser = await OperatorDesk.SignIn(stage.App);
            return new Call(browser, []) { Form = [("stamp", await OperatorDesk.Stamp(browser))] };
        }),
        Of("Operator"), Of("OperatorJournal"), Of("OperatorCheckpoints"), Of("Tenants"), Of("NewTenant"), Of("BackUp"), Of("ExportOperatorJournal"),
        Of("CreateTenant", form: () => [("command", Guid.NewGuid().ToString()), ("name", "A vendor made here"), ("host", NewHost())]),
        Of("Tenant", stage => Task.FromResult(stage.A.Scope.Tenant)),
        Of("TenantProof", async stage => await Deleted(stage)),
        Of("SuspendTenant", async stage => await OperatorDesk.Make(await stage.Operator(), NewHost())),
        Of("ResumeTenant", async stage => await OperatorDesk.Make(await stage.Operator(), NewHost())),
        Of("DeleteTenant", async stage => await OperatorDesk.Make(await stage.Operator(), "delete-me-" + NewHost()), () => [("typed", "")], async (stage, tenant) => (await stage.HostOf(tenant))),
        Rows.Staff("LinkApprovals", Role.Manager),
        Rows.Staff("ApproveAllLinks", Role.Manager),
        Rows.Staff("ApproveLink", Role.Manager, stage => Task.FromResult(new Dictionary<string, string> { ["link"] = stage.LinkId.ToString() })),
    ];

    private static string NewHost() => $"made-{Interlocked.Increment(ref hosts)}";

    private static Row Of(string route, Func<Stage, Task<Guid>>? tenant = null, Func<List<(string, string)>>? form = null, Func<Stage, Guid, Task<string>>? typed = null) => new(route, async stage =>
    {
        var browser = await stage.Operator();
        var id = tenant is null ? (Guid?)null : await tenant(stage);
        var call = new Call(browser, id is { } value ? new() { ["tenant"] = value.ToString() } : []) { Form = [.. form?.Invoke() ?? [], ("stamp", await OperatorDesk.Stamp(browser))] };
        return typed is null ? call : call.With("typed", await typed(stage, id!.Value));
    });

    // Removed by the worker, a second after the wish.
    private static async Task<Guid> Deleted(Stage stage)
    {
        var browser = await stage.Operator();
        var host = NewHost();
        var tenant = await OperatorDesk.Make(browser, host);
        (await OperatorDesk.Change(browser, tenant, "deletions", ("typed", host))).Status.ShouldBe(303);
        for (var tries = 0; tries < 300 && (await browser.Get($"/operator/tenants/{tenant}/proof.txt")).Status != 200; tries++) await Task.Delay(50);
        return tenant;
    }
}
