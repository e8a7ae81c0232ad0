using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>What people read where they type their address.</summary>
internal static class NoticeSettings
{
    public static Task<IResult> Show([AsParameters] Desk desk) => Page(desk, TypedForm.Empty, StatusCodes.Status200OK);

    public static async Task<IResult> Preview([AsParameters] Desk desk) => await Page(desk, await TypedForm.Read(desk.Context), StatusCodes.Status200OK, isPreview: true);

    public static async Task<IResult> Save([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Saving.Decide(desk, form, TenantSettings.Only, Read(form), desk.User.Paths.Notice, (f, status) => Page(desk, f, status));
    }

    public static PublishPrivacyNotice Read(TypedForm form) => new() { Id = form.Command, BasedOn = form.Number("version"), Body = form.Text("body") };

    private static async Task<IResult> Page(Desk desk, TypedForm form, int status, bool isPreview = false)
        => desk.Context.ConsolePage<NoticePage>(new() { ["Form"] = form, ["Settings"] = await Saving.Settings(desk), ["WasSaved"] = Saving.WasSaved(desk), ["IsPreview"] = isPreview }, status);
}
