using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Staff.OpenId;
using TrustCenter.Staff.SignIn;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Staff;

/// <summary>The first page of signing in, the personas of the demo, and signing out.</summary>
public static class SignInEndpoints
{
    public static void MapSignIn(this RouteGroupBuilder platform)
    {
        platform.MapMethods("/console/sign-in", ["GET", "HEAD"], Show).For(Reader.Anybody).WithName("SignIn");
        platform.MapPost("/console/sessions", Begin).For(Reader.Demo).WithName("BeginSession");
        platform.MapPost("/console/session-ends", End).For(Reader.Anybody).WithName("EndSession");
    }

    private static Task<IResult> Show(HttpContext context, DemoStaff demo, SignInEntry entry) => entry.Page(context, demo, TypedForm.Empty, 200);

    private static async Task<IResult> Begin(HttpContext context, DemoStaff demo, IEngine engine, TenantStandings standings, HostKeys keys, Paths paths)
    {
        if (!demo.IsAllowed(context)) return Answers.Nothing();
        if (await SafePost.Form(context, keys.FormStamp(SignInDesk.Place, "sign-in")) is not { } form) return SafePost.Refuse(context);
        if (form.Id("vendor") is not { } tenant || form.Word<Role>("role") is not { } role) return Answers.Nothing();
        var staff = DemoStaff.IdOf(tenant, role);
        if (await engine.Read<StaffMember>(new Scope(tenant).Id<StaffMember>(staff), context.RequestAborted) is null) return Answers.Nothing();
        if (!(await standings.Find(tenant, context.RequestAborted)).IsOpen) return Answers.Nothing();
        await StaffSession.BeginDemo(context, tenant, staff);
        return Answers.SeeOther(context, LocalPath.OrDefault(form["return"], paths.Today));
    }

    private static async Task<IResult> End(HttpContext context, StaffSession sessions, ProviderDesk providers, Paths paths)
    {
        if (!SafePost.IsFromOurPage(context.Request) || !SafePost.IsForm(context.Request)) return SafePost.Refuse(context);
        var user = await sessions.Find(context);
        if (user is not null && !SafePost.Matches((await TypedForm.Read(context))[SafePost.StampField], user.Stamp)) return SafePost.Refuse(context);
        if (user is null) await StaffSession.End(context);
        else if (await sessions.End(context, user) is { } ticket && await providers.WayOff(ticket, context.RequestAborted) is { } address) return ProviderEndpoints.Go(context, $"Signed out here; on to {ticket.Provider}", address);
        return Answers.SeeOther(context, paths.SignIn);
    }
}
