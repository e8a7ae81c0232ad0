using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>After how many months what is forgotten.</summary>
internal static class RetentionSettings
{
    public static Task<IResult> Show([AsParameters] Desk desk) => Page(desk, TypedForm.Empty, StatusCodes.Status200OK);

    public static async Task<IResult> Save([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Saving.Decide(desk, form, TenantSettings.Only, Read(form), desk.User.Paths.Retention, (f, status) => Page(desk, f, status));
    }

    public static SetRetention Read(TypedForm form)
    {
        var retention = new Retention { People = form.Number("people"), Acceptances = form.Number("acceptances"), Touches = form.Number("touches"), Deals = form.Number("deals") };
        return new SetRetention { Id = form.Command, BasedOn = form.Number("version"), Retention = retention };
    }

    private static async Task<IResult> Page(Desk desk, TypedForm form, int status)
        => desk.Context.ConsolePage<RetentionPage>(new() { ["Form"] = form, ["Settings"] = await Saving.Settings(desk), ["WasSaved"] = Saving.WasSaved(desk) }, status);
}
