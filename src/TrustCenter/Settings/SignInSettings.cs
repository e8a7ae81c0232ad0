using TrustCenter.Staff;
using TrustCenter.Staff.OpenId;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>By what staff sign in. The providers are the host's settings; whether mailed codes work beside them is the vendor's.</summary>
internal static class SignInSettings
{
    public static Task<IResult> Show([AsParameters] Desk desk, SignInProviders providers) => Page(desk, providers, TypedForm.Empty, StatusCodes.Status200OK);

    public static async Task<IResult> Save([AsParameters] Desk desk, SignInProviders providers)
    {
        var form = await TypedForm.Read(desk.Context);
        var byProvider = (await providers.Of(desk.User.Scope, desk.Stop)).Any(p => p.Options.Name == desk.User.Member.Provider);
        var command = new SetMailedCodes { Id = form.Command, BasedOn = form.Number("version"), Off = form["codes"] != "on", ByProvider = byProvider };
        return await Saving.Decide(desk, form, TenantSettings.Only, command, desk.User.Paths.SignInSettings, (f, status) => Page(desk, providers, f, status));
    }

    private static async Task<IResult> Page(Desk desk, SignInProviders providers, TypedForm form, int status) => desk.Context.ConsolePage<SignInSettingsPage>(new()
    {
        ["Form"] = form, ["Settings"] = await Saving.Settings(desk), ["WasSaved"] = Saving.WasSaved(desk),
        ["Providers"] = (await providers.Of(desk.User.Scope, desk.Stop)).Select(p => p.Options).ToList(),
    }, status);
}
