using System.Text;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Operation;

/// <summary>Making, pausing and deleting tenants.</summary>
public static class TenantEndpoints
{
    public static void MapTenants(this RouteGroupBuilder @operator)
    {
        var tenants = @operator.MapGroup("/tenants").For(Reader.Operator);
        tenants.MapMethods("", ["GET", "HEAD"], List).WithName("Tenants");
        tenants.MapMethods("/new", ["GET", "HEAD"], (HttpContext context, IOptions<TrustCenterOptions> options) => Form(context, TypedForm.Empty, options.Value, 200)).WithName("NewTenant");
        tenants.MapPost("", Create).WithName("CreateTenant");
        var one = tenants.MapGroup("/{tenant:guid}");
        one.MapMethods("", ["GET", "HEAD"], (HttpContext context, Guid tenant, TenantList list, IEngine engine, IOptions<TrustCenterOptions> options) => Show(context, tenant, TypedForm.Empty, list, engine, options.Value, 200)).WithName("Tenant");
        one.MapMethods("/proof.txt", ["GET", "HEAD"], Proof).WithName("TenantProof");
        one.MapPost("/suspensions", (HttpContext context, Guid tenant, TenantList list, TenantStandings standings) => Change(context, tenant, list, standings, (row, form) => new SuspendTenant { Id = form.Command, Name = row.Name, Host = row.Host })).WithName("SuspendTenant");
        one.MapPost("/resumptions", (HttpContext context, Guid tenant, TenantList list, TenantStandings standings) => Change(context, tenant, list, standings, (row, form) => new ResumeTenant { Id = form.Command, Name = row.Name, Host = row.Host })).WithName("ResumeTenant");
        one.MapPost("/deletions", Delete).WithName("DeleteTenant");
    }

    private static async Task<IResult> List(HttpContext context, TenantList list)
    {
        var find = context.Request.Query["find"].ToString().Trim();
        return context.OperatorPage<TenantsPage>(new() { ["Tenants"] = await list.Read(find, context.RequestAborted), ["Find"] = find });
    }

    private static async Task<IResult> Create(HttpContext context, IEngine engine, HostKeys keys, TenantDirectory directory, TenantStandings standings, Pages.PageCompiler pages, IOptions<TrustCenterOptions> options)
    {
        var (user, form, stop) = (context.Operator(), await TypedForm.Read(context), context.RequestAborted);
        var (name, host) = (form.Text("name"), form.Text("host").ToLowerInvariant());
        if (NewTenant.Wrong(host, options.Value.PlatformLabel) is { } wrong) form.Add("host", wrong);
        // The same form again finds the tenant that it made: the id is drawn from the form's under a key, so that nobody can name one.
        var scope = new Scope(Guid.ParseExact(keys.FormStamp(form.Command, "tenant"), "N"));
        if (form.Problems.Count == 0 && await directory.FindLabel(host, stop) is { } taken && taken != scope.Tenant) form.Add("host", "This host name is taken.");
        if (form.Problems.Count > 0) return Form(context, form, options.Value, StatusCodes.Status422UnprocessableEntity);
        if (await engine.Read<Tenancy>(Platform.Scope.Id<Tenancy>(scope.Tenant), stop) is not null) return Answers.SeeOther(context, user.Paths.Tenant(scope.Tenant));

        var outcome = await engine.Decide(scope.Id<Vendor>(Vendor.Only), new DefineVendor { Id = form.Command, Words = NewTenant.Words(name, host) }, user.Actor, stop);
        if (outcome is Outcome.Done) outcome = await standings.Decide(scope.Tenant, new CreateTenancy { Id = form.Command, Name = name, Host = host }, user.Actor, stop);
        if (outcome is Outcome.Refused refused)
        {
            form.Add(refused.Problems);
            return Form(context, form, options.Value, StatusCodes.Status422UnprocessableEntity);
        }
        await pages.WaitFor(scope.Tenant, TimeSpan.FromSeconds(1));
        return Answers.SeeOther(context, user.Paths.Tenant(scope.Tenant));
    }

    private static async Task<IResult> Change(HttpContext context, Guid tenant, TenantList list, TenantStandings standings, Func<TenantRow, TypedForm, Command<Tenancy>> command)
    {
        var (user, form) = (context.Operator(), await TypedForm.Read(context));
        if (await list.Read(tenant, context.RequestAborted) is not { } row) return Answers.Nothing();
        await standings.Decide(tenant, command(row, form), user.Actor, context.RequestAborted); // what is refused shows on the page: it stands as it stands
        return Answers.SeeOther(context, user.Paths.Tenant(tenant));
    }

    private static async Task<IResult> Delete(HttpContext context, Guid tenant, TenantList list, IEngine engine, TenantStandings standings, IOptions<TrustCenterOptions> options)
    {
        var (user, form, stop) = (context.Operator(), await TypedForm.Read(context), context.RequestAborted);
        if (await list.Read(tenant, stop) is not { } row) return Answers.Nothing();
        var wait = TimeSpan.FromDays(options.Value.DeletionWaitDays);
        if (await standings.Decide(tenant, new DeleteTenant { Id = form.Command, Name = row.Name, Host = row.Host, Typed = form.Text("typed"), Wait = wait }, user.Actor, stop) is not Outcome.Refused refused)
            return Answers.SeeOther(context, user.Paths.Tenant(tenant));
        form.Add(refused.Problems);
        return await Show(context, tenant, form, list, engine, options.Value, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Show(HttpContext context, Guid tenant, TypedForm form, TenantList list, IEngine engine, TrustCenterOptions options, int status)
    {
        if (await list.Read(tenant, context.RequestAborted) is not { } row) return Answers.Nothing();
        var tenancy = await engine.Read<Tenancy>(Platform.Scope.Id<Tenancy>(tenant), context.RequestAborted);
        return context.OperatorPage<TenantPage>(new()
        {
            ["Row"] = row, ["Tenancy"] = tenancy, ["Form"] = form, ["Address"] = options.AddressOf(row.Host), ["WaitDays"] = options.DeletionWaitDays,
        }, status);
    }

    private static async Task<IResult> Proof(HttpContext context, Guid tenant, IEngine engine)
    {
        if (await engine.Read<Tenancy>(Platform.Scope.Id<Tenancy>(tenant), context.RequestAborted) is not { Proof: { } proof }) return Answers.Nothing();
        Answers.Private(context.Response, "sandbox; default-src 'none'");
        return Results.File(Encoding.UTF8.GetBytes($"{proof.Text}\nSigned by the platform (JWS, ES256):\n{proof.Jws}\n"), "text/plain; charset=utf-8", $"deletion-{tenant:D}.txt");
    }

    private static IResult Form(HttpContext context, TypedForm form, TrustCenterOptions options, int status)
        => context.OperatorPage<NewTenantPage>(new() { ["Form"] = form, ["Domain"] = options.BaseDomain }, status);
}
