using System.Diagnostics;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Claims;

/// <summary>Writing a claim: its form, its drafts and the wish to have it approved or withdrawn.</summary>
internal static class ClaimEditing
{
    public static async Task<IResult> New([AsParameters] Desk desk) => Page(desk, await ClaimView.Of(desk, null, null));

    public static async Task<IResult> PreviewNew([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Shown(desk, null, null, form);
    }

    /// <summary>The claim's key is the form's command, so that the same form posted twice is one claim.</summary>
    public static async Task<IResult> Create([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        var id = form.Command;
        if (await desk.Read<Claim>(id) is not null) return Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleClaim(id));
        var wording = await ClaimForm.Read(form, desk);
        if (form.Problems.Count > 0) return Page(desk, await ClaimView.Of(desk, null, null, form, wording), StatusCodes.Status422UnprocessableEntity);
        return await desk.Decide(id, new SaveClaim { Id = id, Wording = wording, BasedOnEdit = 0 }) switch
        {
            Outcome.Done => Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleClaim(id)),
            Outcome.Stale => Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleClaim(id)), // the same form, raced by itself
            Outcome.Refused refused => await Refused(desk, null, null, form, wording, refused),
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    public static async Task<IResult> Show([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is not { } found) return Answers.Nothing();
        return Page(desk, await ClaimView.Of(desk, claim, found));
    }

    public static async Task<IResult> Preview([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is not { } found) return Answers.Nothing();
        return await Shown(desk, claim, found, await TypedForm.Read(desk.Context));
    }

    public static async Task<IResult> Save([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is not { } found) return Answers.Nothing();
        return await Keep(desk, claim, found, await TypedForm.Read(desk.Context)) ?? Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleClaim(claim));
    }

    /// <summary>What was typed and not yet saved is saved first: asking must not lose it.</summary>
    public static async Task<IResult> AskApproval([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is not { } found) return Answers.Nothing();
        var form = await TypedForm.Read(desk.Context);
        if (form.Fields.Contains("statement") && await Keep(desk, claim, found, form, onlyIfChanged: true) is { } problem) return problem;
        return await desk.Decide(claim, new AskClaimApproval { Id = Guid.CreateVersion7() }) switch
        {
            Outcome.Done => Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleClaim(claim)),
            Outcome.Refused when await desk.Read<Claim>(claim) is { Proposal.Stage: ProposalStage.Waiting } => Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleClaim(claim)), // asked already
            Outcome.Refused refused => await Refused(desk, claim, await desk.Read<Claim>(claim), TypedForm.Empty, null, refused),
            _ => Answers.Nothing(),
        };
    }

    public static async Task<IResult> AskWithdrawal([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is not { } found) return Answers.Nothing();
        var form = await TypedForm.Read(desk.Context);
        return await desk.Decide(claim, new ProposeClaimWithdrawal { Id = form.Command, Reason = form.Text("reason") }) switch
        {
            Outcome.Done => Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleClaim(claim)),
            Outcome.Refused refused => Page(desk, await ClaimView.Of(desk, claim, found) with { Problems = refused.Problems, Reason = form["reason"] }, StatusCodes.Status422UnprocessableEntity),
            _ => Answers.Nothing(),
        };
    }

    // Null: saved. Else the page that says what stands against it, with everything that was typed.
    private static async Task<IResult?> Keep(Desk desk, Guid id, Claim claim, TypedForm form, bool onlyIfChanged = false)
    {
        var wording = await ClaimForm.Read(form, desk);
        if (form.Problems.Count > 0) return Page(desk, await ClaimView.Of(desk, id, claim, form, wording), StatusCodes.Status422UnprocessableEntity);
        if (onlyIfChanged && claim.Proposal is { } proposal && proposal.Edit == form.Number("edit") && proposal.Wording.SameAs(wording)) return null;
        var command = new SaveClaim { Id = form.Command, Wording = wording, BasedOnEdit = form.Number("edit") };
        return await desk.Decide(id, command) switch
        {
            Outcome.Done => null,
            Outcome.Stale => Page(desk, await ClaimView.Of(desk, id, await desk.Read<Claim>(id), form, wording) with { IsConflict = true }, StatusCodes.Status409Conflict),
            Outcome.Refused refused => await Refused(desk, id, claim, form, wording, refused),
            _ => Answers.Nothing(),
        };
    }

    private static async Task<IResult> Refused(Desk desk, Guid? id, Claim? claim, TypedForm form, ClaimWording? wording, Outcome.Refused refused)
        => Page(desk, await ClaimView.Of(desk, id, claim, form, wording) with { Problems = refused.Problems }, StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Shown(Desk desk, Guid? id, Claim? claim, TypedForm form)
    {
        var wording = await ClaimForm.Read(form, desk);
        return Page(desk, await ClaimView.Of(desk, id, claim, form, wording) with { IsPreview = true });
    }

    private static IResult Page(Desk desk, ClaimView view, int status = StatusCodes.Status200OK) => desk.Context.ConsolePage<ClaimEditorPage>(new() { ["View"] = view }, status);
}
