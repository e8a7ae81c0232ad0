using TrustCenter.Audiences;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>The pages for each group of readers; the first is what everybody sees.</summary>
internal static class AudienceSettings
{
    public static Task<IResult> Show([AsParameters] Desk desk) => Page(desk, TypedForm.Empty, StatusCodes.Status200OK);

    public static async Task<IResult> Save([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        var list = new ListForm(form);
        var audiences = list.Read(field => new Audience(ListForm.KeyOf(field), field("name"), field("why"), Keys(field("topics")), field("more"), field("address")));
        var command = new SetAudiences { Id = form.Command, BasedOn = form.Number("version"), Audiences = audiences };
        return await Saving.Decide(desk, form, Vendor.Only, command, desk.User.Paths.Audiences, (f, status) => Page(desk, f, status), list.Beside);
    }

    private static List<string> Keys(string typed) => [.. typed.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    private static async Task<IResult> Page(Desk desk, TypedForm form, int status)
        => desk.Context.ConsolePage<AudiencesPage>(new() { ["Form"] = form, ["Vendor"] = await Saving.Vendor(desk), ["WasSaved"] = Saving.WasSaved(desk) }, status);
}
