using System.Diagnostics;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Agreements;

/// <summary>The agreement in the console: read by whoever shares under it, published by legal. A new version asks every prospect again.</summary>
public static class AgreementEndpoints
{
    public static void MapAgreement(this RouteGroupBuilder console)
    {
        var agreement = console.MapGroup("/agreement");
        agreement.MapMethods("", ["GET", "HEAD"], Show).Needs(Right.ReadLinks).WithName("ConsoleAgreement");
        agreement.MapMethods("/versions/{version:int}", ["GET", "HEAD"], ShowVersion).Needs(Right.ReadLinks).WithName("AgreementVersion");
        agreement.MapPost("/previews", Preview).Needs(Right.PublishAgreement).WithName("PreviewAgreement");
        agreement.MapPost("/versions", Publish).Needs(Right.PublishAgreement).WithName("PublishAgreement");
    }

    private static async Task<IResult> Show([AsParameters] Desk desk) => Page(desk, await Desktop(desk, TypedForm.Empty));

    private static async Task<IResult> ShowVersion([AsParameters] Desk desk, int version)
    {
        var agreement = await desk.Read<Agreement>(Agreement.Only);
        return agreement?.Versions.FirstOrDefault(v => v.Number == version) is { } shown ? desk.Context.ConsolePage<AgreementVersionPage>(new() { ["Version"] = shown }) : Answers.Nothing();
    }

    private static async Task<IResult> Preview([AsParameters] Desk desk) => Page(desk, await Desktop(desk, await TypedForm.Read(desk.Context)) with { IsPreview = true });

    private static async Task<IResult> Publish([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        var command = new PublishAgreement { Id = form.Command, Title = form.Text("title"), Body = form.Text("body"), BasedOn = form.Number("version") };
        switch (await desk.Decide(Agreement.Only, command))
        {
            case Outcome.Done: return Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleAgreement);
            case Outcome.Stale: return Page(desk, await Desktop(desk, form) with { IsConflict = true }, StatusCodes.Status409Conflict);
            case Outcome.Refused refused:
                form.Add(refused.Problems);
                return Page(desk, await Desktop(desk, form), StatusCodes.Status422UnprocessableEntity);
            case var other: throw new UnreachableException(other.GetType().Name);
        }
    }

    private static async Task<AgreementDesk> Desktop(Desk desk, TypedForm form) => new(await desk.Read<Agreement>(Agreement.Only) ?? new Agreement(), form, await desk.Store.Query(sql => Waiting(sql, desk.User.Scope), desk.Stop));

    // Whoever is in a room under the agreement now, and would be asked again.
    private static long Waiting(Sql sql, Scope scope) => sql.Number("select count(*) from visit_rows where tenant = @tenant and accepted is not null", ("@tenant", scope.Tenant));

    private static IResult Page(Desk desk, AgreementDesk view, int status = StatusCodes.Status200OK) => desk.Context.ConsolePage<ConsoleAgreementPage>(new() { ["View"] = view }, status);
}

/// <summary>The agreement while somebody looks at it or writes the next version.</summary>
/// <param name="Accepted">Visits that accepted a version.</param>
public sealed record AgreementDesk(Agreement Agreement, TypedForm Form, long Accepted)
{
    public bool IsPreview { get; init; }

    /// <summary>Somebody else published meanwhile; <see cref="Form"/> is what was typed.</summary>
    public bool IsConflict { get; init; }
}
