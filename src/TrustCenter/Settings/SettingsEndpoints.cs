using TrustCenter.Engine;
using TrustCenter.Erasures;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>What an admin sets for his vendor; one small page for each thing.</summary>
public static class SettingsEndpoints
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapSettings(this RouteGroupBuilder console)
    {
        var settings = console.MapGroup("/settings");
        settings.MapMethods("", Reading, Show).Needs(Right.ManageSettings).WithName("Settings");
        settings.MapPage("/brand", "Brand", BrandSettings.Show, BrandSettings.Save);
        settings.MapPost("/brand/previews", BrandSettings.Preview).Needs(Right.ManageSettings).WithName("PreviewBrand");
        settings.MapPage("/scope", "Scope", ScopeSettings.Show, ScopeSettings.Save);
        settings.MapPage("/topics", "Topics", TopicSettings.Show, TopicSettings.Save);
        settings.MapPage("/audiences", "Audiences", AudienceSettings.Show, AudienceSettings.Save);
        settings.MapPage("/hosts", "Hosts", HostSettings.Show, HostSettings.Ask);
        settings.MapPost("/hosts/{host:guid}/checks", HostSettings.Check).Needs(Right.ManageSettings).WithName("CheckHost");
        settings.MapPost("/hosts/{host:guid}/removals", HostSettings.Remove).Needs(Right.ManageSettings).WithName("RemoveHost");
        settings.MapPost("/primary-host", HostSettings.Choose).Needs(Right.ManageSettings).WithName("ChooseHost");
        settings.MapPage("/hours", "Hours", HoursSettings.Show, HoursSettings.Save);
        settings.MapPage("/defaults", "Defaults", DefaultsSettings.Show, DefaultsSettings.Save);
        settings.MapPage("/retention", "Retention", RetentionSettings.Show, RetentionSettings.Save);
        settings.MapPage("/notice", "Notice", NoticeSettings.Show, NoticeSettings.Save);
        settings.MapPost("/notice/previews", NoticeSettings.Preview).Needs(Right.ManageSettings).WithName("PreviewNotice");
        settings.MapPage("/erasures", "Erasures", ErasureEndpoints.Show, ErasureEndpoints.Forget);
    }

    private static void MapPage(this RouteGroupBuilder settings, string path, string name, Delegate show, Delegate save)
    {
        settings.MapMethods(path, Reading, show).Needs(Right.ManageSettings).WithName("Settings" + name);
        settings.MapPost(path, save).Needs(Right.ManageSettings).WithName("Set" + name);
    }

    private static async Task<IResult> Show([AsParameters] Desk desk)
    {
        var scope = desk.User.Scope;
        return desk.Context.ConsolePage<SettingsPage>(new()
        {
            ["Settings"] = await desk.Engine.Settings(scope, desk.Stop),
            ["Hosts"] = await desk.Engine.Read<HostNames>(scope.Id<HostNames>(HostNames.Only), desk.Stop) ?? new HostNames(),
        });
    }
}
