using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>How long links live, whether they need the agreement, when requests are answered, how long a subprocessor is announced.</summary>
internal static class DefaultsSettings
{
    public static Task<IResult> Show([AsParameters] Desk desk) => Page(desk, TypedForm.Empty, StatusCodes.Status200OK);

    public static async Task<IResult> Save([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Saving.Decide(desk, form, TenantSettings.Only, Read(form), desk.User.Paths.Defaults, (f, status) => Page(desk, f, status));
    }

    public static SetDefaults Read(TypedForm form)
    {
        var links = new LinkRules { DefaultDays = form.Number("defaultDays"), MostDays = form.Number("mostDays"), AgreementDemanded = form["agreement"] == "yes" };
        var notice = form.Text("noticeDays") == "0" ? 0 : form.Number("noticeDays") is > 0 and var days ? days : -1;
        return new SetDefaults { Id = form.Command, BasedOn = form.Number("version"), Links = links, AnswerHours = form.Number("answerHours"), NoticeDays = notice };
    }

    private static async Task<IResult> Page(Desk desk, TypedForm form, int status)
        => desk.Context.ConsolePage<DefaultsPage>(new() { ["Form"] = form, ["Settings"] = await Saving.Settings(desk), ["WasSaved"] = Saving.WasSaved(desk) }, status);
}
