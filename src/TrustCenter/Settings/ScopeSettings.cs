using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>What claims can be limited to, the page's languages, the currency of deals.</summary>
internal static class ScopeSettings
{
    public static Task<IResult> Show([AsParameters] Desk desk) => Page(desk, TypedForm.Empty, StatusCodes.Status200OK);

    public static async Task<IResult> Save([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Saving.Decide(desk, form, Vendor.Only, Read(form), desk.User.Paths.Scope, (f, status) => Page(desk, f, status));
    }

    public static SetScope Read(TypedForm form) => new()
    {
        Id = form.Command, BasedOn = form.Number("version"), Products = Lines(form, "products"), Plans = Lines(form, "plans"), Regions = Lines(form, "regions"),
        Languages = form.List("languages"), Currency = form.Text("currency").ToUpperInvariant(),
    };

    // A name may hold a comma.
    private static List<string> Lines(TypedForm form, string field) => [.. form.Text(field).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    private static async Task<IResult> Page(Desk desk, TypedForm form, int status)
        => desk.Context.ConsolePage<ScopePage>(new() { ["Form"] = form, ["Vendor"] = await Saving.Vendor(desk), ["WasSaved"] = Saving.WasSaved(desk) }, status);
}
