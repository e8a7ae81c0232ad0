using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Erasures;

/// <summary>Forgetting one person, by e-mail address.</summary>
internal static class ErasureEndpoints
{
    public static Task<IResult> Show([AsParameters] Desk desk) => Task.FromResult(Page(desk, TypedForm.Empty, null, StatusCodes.Status200OK));

    /// <summary>The answer is a page and no redirect: what was found must stand in no address. Posted again, nobody is there any more.</summary>
    public static async Task<IResult> Forget([AsParameters] Desk desk, Forgetting forgetting)
    {
        var form = await TypedForm.Read(desk.Context);
        if (!EmailAddress.TryParse(form.Text("email"), out var address)) form.Add("email", $"“{form["email"]}” is not an e-mail address. Write it like ana@company.com.");
        if (form["sure"] != "yes") form.Add("sure", "Tick that you are sure: it cannot be undone.");
        if (form.Problems.Count > 0) return Page(desk, form, null, StatusCodes.Status422UnprocessableEntity);
        var retention = (await desk.Engine.Settings(desk.User.Scope, desk.Stop)).Retention;
        return Page(desk, TypedForm.Empty, await forgetting.Person(desk.User.Scope, address!, retention, desk.User.Actor, desk.Stop), StatusCodes.Status200OK);
    }

    private static IResult Page(Desk desk, TypedForm form, Forgotten? done, int status) => desk.Context.ConsolePage<ErasuresPage>(new() { ["Form"] = form, ["Done"] = done }, status);
}
