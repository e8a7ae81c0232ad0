using TrustCenter.Staff;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Isolation;

/// <summary>The settings. Every form goes out as its page shows it: with what stands.</summary>
internal static class SettingsRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        Rows.Staff("Settings", Role.Admin),
        .. Page("Brand", "brand"), .. Page("Scope", "scope"), .. Page("Topics", "topics"), .. Page("Audiences", "audiences"), .. Page("Hours", "hours"),
        .. Page("Defaults", "defaults"), .. Page("Retention", "retention"), .. Page("Notice", "notice"), .. Page("SignIn", "sign-in"),
        Rows.Staff("PreviewBrand", Role.Admin, form: stage => FormOf(stage, "brand")),
        Rows.Staff("PreviewNotice", Role.Admin, form: stage => FormOf(stage, "notice")),
        Rows.Staff("SettingsHosts", Role.Admin),
        Rows.Staff("SetHosts", Role.Admin, form: _ => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString()), ("name", $"t{Guid.NewGuid():N}.alpha.example")])),
        Rows.Staff("CheckHost", Role.Admin, Host, NewCommand),
        Rows.Staff("RemoveHost", Role.Admin, Host, NewCommand),
        Rows.Staff("ChooseHost", Role.Admin, form: NewCommand),
        Rows.Staff("SettingsErasures", Role.Admin),
        Rows.Staff("SetErasures", Role.Admin, form: _ => Task.FromResult<List<(string, string)>>([("email", "nobody@acme.com"), ("sure", "yes")])),
    ];

    private static IEnumerable<Row> Page(string name, string path) => [Rows.Staff("Settings" + name, Role.Admin), Rows.Staff("Set" + name, Role.Admin, form: stage => FormOf(stage, path))];

    private static async Task<List<(string, string)>> FormOf(Stage stage, string path)
    {
        var page = await (await stage.Staff(Role.Admin)).Get("/console/settings/" + path);
        return [.. Browser.FormOf(page, "/console/settings/" + path).Fields.Where(f => f.Name != "stamp")];
    }

    private static async Task<Dictionary<string, string>> Host(Stage stage)
    {
        var names = stage.A.Scope.Id<HostNames>(HostNames.Only);
        var host = Guid.CreateVersion7();
        if ((await stage.App.Engine.Read<HostNames>(names))?.Names is { Count: HostNames.Most } full)
            await stage.A.Decide(HostNames.Only, new RemoveHostName { Id = Guid.NewGuid(), Host = full[0].Id });
        await stage.A.Decide(HostNames.Only, new AskHostName { Id = host, Name = $"t{host:N}.alpha.example", Token = "AAAAAAAAAAAAAAAAAAAAAA", Platform = "localhost" });
        return new() { ["host"] = host.ToString() };
    }

    private static Task<List<(string, string)>> NewCommand(Stage _) => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString())]);
}
