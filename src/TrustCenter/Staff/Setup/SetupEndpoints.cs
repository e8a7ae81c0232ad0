using TrustCenter.Keys;
using TrustCenter.Staff.SignIn;
using TrustCenter.Web;

namespace TrustCenter.Staff.Setup;

/// <summary>The first admin. As soon as every vendor has one, this address is one of the many where there is nothing.</summary>
public static class SetupEndpoints
{
    public static void MapSetup(this RouteGroupBuilder platform)
    {
        platform.MapMethods("/console/setup", ["GET", "HEAD"], Show).For(Reader.Anybody).WithName("Setup");
        platform.MapPost("/console/setup", Make).For(Reader.Anybody).WithName("MakeFirstAdmin");
    }

    private static async Task<IResult> Show(HttpContext context, SetupNeed need, HostKeys keys, Paths paths)
        => await need.IsOpen(context.RequestAborted) ? await Page(context, need, keys, paths, TypedForm.Empty, 200) : Answers.Nothing();

    private static async Task<IResult> Make(HttpContext context, SetupNeed need, SetupDesk desk, SignInDesk signIns, HostKeys keys, Paths paths)
    {
        if (!await need.IsOpen(context.RequestAborted)) return Answers.Nothing();
        if (await SafePost.Form(context, Stamp(keys)) is not { } form) return SafePost.Refuse(context);
        if (await desk.Make(context, form) is not var (scope, staff)) return await Page(context, need, keys, paths, form, StatusCodes.Status422UnprocessableEntity);
        var cookie = await signIns.BeginProven(context, scope, staff);
        cookie.Write(context.Response, keys);
        return Answers.SeeOther(context, paths.SignInStep);
    }

    private static string Stamp(HostKeys keys) => keys.FormStamp(SetupCodes.Only, "setup");

    private static async Task<IResult> Page(HttpContext context, SetupNeed need, HostKeys keys, Paths paths, TypedForm form, int status)
        => Answers.Page<SetupPage>(context, Style.Console, status, new() { ["Form"] = form, ["Stamp"] = Stamp(keys), ["Paths"] = paths, ["IsFirst"] = !await need.HasVendors(context.RequestAborted) });
}
