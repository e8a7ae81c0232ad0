using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Staff;

/// <summary>Signing in and out. A real sign-in joins here; the personas are refused wherever one is configured.</summary>
public static class SignInEndpoints
{
    private static readonly Guid SignInForms = new("00000000-0000-8000-8000-0000000000f1"); // scope of the stamp before there is a session

    public static void MapSignIn(this RouteGroupBuilder platform)
    {
        platform.MapMethods("/console/sign-in", ["GET", "HEAD"], Show).For(Reader.Anybody).WithName("SignIn");
        platform.MapPost("/console/sessions", Begin).For(Reader.Demo).WithName("BeginSession");
        platform.MapPost("/console/session-ends", End).For(Reader.Anybody).WithName("EndSession");
    }

    private static async Task<IResult> Show(HttpContext context, DemoStaff demo, IStore store, HostKeys keys, Paths paths)
    {
        var vendors = demo.IsAllowed(context)
            ? await store.Query(sql => sql.Query("select tenant, name from vendor_rows order by name", r => (Tenant: r.Id(0), Name: r.Text(1))), context.RequestAborted)
            : [];
        return Answers.Page<SignInPage>(context, Style.Console, 200, new()
        {
            ["Vendors"] = vendors,
            ["Stamp"] = keys.FormStamp(SignInForms, "sign-in"),
            ["Return"] = context.Request.Query["return"].ToString(),
            ["Paths"] = paths,
            ["IsDemo"] = demo.IsAllowed(context),
        });
    }

    private static async Task<IResult> Begin(HttpContext context, DemoStaff demo, IEngine engine, TenantStandings standings, HostKeys keys, Paths paths)
    {
        if (!demo.IsAllowed(context)) return Answers.Nothing();
        if (!SafePost.IsFromOurPage(context.Request) || !SafePost.IsForm(context.Request)) return SafePost.Refuse(context);
        var form = await TypedForm.Read(context);
        if (!SafePost.Matches(form[SafePost.StampField], keys.FormStamp(SignInForms, "sign-in"))) return SafePost.Refuse(context);
        if (form.Id("vendor") is not { } tenant || form.Word<Role>("role") is not { } role) return Answers.Nothing();
        var staff = DemoStaff.IdOf(tenant, role);
        if (await engine.Read<StaffMember>(new Scope(tenant).Id<StaffMember>(staff), context.RequestAborted) is null) return Answers.Nothing();
        if (!(await standings.Find(tenant, context.RequestAborted)).IsOpen) return Answers.Nothing();
        await StaffSession.Begin(context, tenant, staff, demo: true);
        return Answers.SeeOther(context, LocalPath.OrDefault(form["return"], paths.Today));
    }

    private static async Task<IResult> End(HttpContext context, StaffSession sessions, Paths paths)
    {
        if (!SafePost.IsFromOurPage(context.Request) || !SafePost.IsForm(context.Request)) return SafePost.Refuse(context);
        if (await sessions.Find(context) is { } user && !SafePost.Matches((await TypedForm.Read(context))[SafePost.StampField], user.Stamp)) return SafePost.Refuse(context);
        await StaffSession.End(context);
        return Answers.SeeOther(context, paths.SignIn);
    }
}
