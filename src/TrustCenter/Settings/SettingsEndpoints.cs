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
        settings.MapMethods("/brand", Reading, BrandSettings.Show).Shows("Brand");
        settings.MapPost("/brand", BrandSettings.Save).Sets("Brand");
        settings.MapPost("/brand/previews", BrandSettings.Preview).Needs(Right.ManageSettings).WithName("PreviewBrand");
        settings.MapMethods("/scope", Reading, ScopeSettings.Show).Shows("Scope");
        settings.MapPost("/scope", ScopeSettings.Save).Sets("Scope");
        settings.MapMethods("/topics", Reading, TopicSettings.Show).Shows("Topics");
        settings.MapPost("/topics", TopicSettings.Save).Sets("Topics");
        settings.MapMethods("/audiences", Reading, AudienceSettings.Show).Shows("Audiences");
        settings.MapPost("/audiences", AudienceSettings.Save).Sets("Audiences");
        settings.MapMethods("/hosts", Reading, HostSettings.Show).Shows("Hosts");
        settings.MapPost("/hosts", HostSettings.Ask).Sets("Hosts");
        settings.MapPost("/hosts/{host:guid}/checks", HostSettings.Check).Needs(Right.ManageSettings).WithName("CheckHost");
        settings.MapPost("/hosts/{host:guid}/removals", HostSettings.Remove).Needs(Right.ManageSettings).WithName("RemoveHost");
        settings.MapPost("/primary-host", HostSettings.Choose).Needs(Right.ManageSettings).WithName("ChooseHost");
        settings.MapMethods("/hours", Reading, HoursSettings.Show).Shows("Hours");
        settings.MapPost("/hours", HoursSettings.Save).Sets("Hours");
        settings.MapMethods("/defaults", Reading, DefaultsSettings.Show).Shows("Defaults");
        settings.MapPost("/defaults", DefaultsSettings.Save).Sets("Defaults");
        settings.MapMethods("/retention", Reading, RetentionSettings.Show).Shows("Retention");
        settings.MapPost("/retention", RetentionSettings.Save).Sets("Retention");
        settings.MapMethods("/notice", Reading, NoticeSettings.Show).Shows("Notice");
        settings.MapPost("/notice", NoticeSettings.Save).Sets("Notice");
        settings.MapPost("/notice/previews", NoticeSettings.Preview).Needs(Right.ManageSettings).WithName("PreviewNotice");
        settings.MapMethods("/sign-in", Reading, SignInSettings.Show).Shows("SignIn");
        settings.MapPost("/sign-in", SignInSettings.Save).Sets("SignIn");
        settings.MapMethods("/erasures", Reading, ErasureEndpoints.Show).Shows("Erasures");
        settings.MapPost("/erasures", ErasureEndpoints.Forget).Sets("Erasures");
    }

    private static void Shows(this RouteHandlerBuilder page, string name) => page.Needs(Right.ManageSettings).WithName("Settings" + name);

    private static void Sets(this RouteHandlerBuilder form, string name) => form.Needs(Right.ManageSettings).WithName("Set" + name);

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
