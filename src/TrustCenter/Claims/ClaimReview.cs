using System.Diagnostics;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Claims;

/// <summary>Approving what somebody else wrote, or giving it back with a reason.</summary>
internal static class ClaimReview
{
    public static async Task<IResult> Show([AsParameters] Desk desk, Guid claim)
        => await desk.Read<Claim>(claim) is { } found ? await Page(desk, claim, found, TypedForm.Empty, [], StatusCodes.Status200OK) : Answers.Nothing();

    public static async Task<IResult> Approve([AsParameters] Desk desk, Guid claim)
    {
        var form = await TypedForm.Read(desk.Context);
        var outcome = await desk.Decide(claim, new ApproveClaim { Id = form.Command, Edit = form.Number("edit") });
        if (outcome is Outcome.Done) await desk.PublicPageFollows();
        return await Answer(desk, claim, form, outcome);
    }

    public static async Task<IResult> Schedule([AsParameters] Desk desk, Guid claim)
    {
        var form = await TypedForm.Read(desk.Context);
        var hours = (await desk.Engine.Settings(desk.User.Scope, desk.Stop)).Hours;
        if (PublishHour.Read(form, "publishAt", hours) is { } at)
            return await Answer(desk, claim, form, await desk.Decide(claim, new ApproveClaim { Id = form.Command, Edit = form.Number("edit"), PublishAt = at }));
        return await Answer(desk, claim, form, new Outcome.Refused(form.Problems));
    }

    /// <summary>It waits for an approval again; whoever may give one may take it back.</summary>
    public static async Task<IResult> CancelSchedule([AsParameters] Desk desk, Guid claim)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Answer(desk, claim, form, await desk.Decide(claim, new CancelClaimSchedule { Id = form.Command, Edit = form.Number("edit") }));
    }

    public static async Task<IResult> Return([AsParameters] Desk desk, Guid claim)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Answer(desk, claim, form, await desk.Decide(claim, new ReturnClaim { Id = form.Command, Edit = form.Number("edit"), Comment = form.Text("comment") }));
    }

    private static async Task<IResult> Answer(Desk desk, Guid id, TypedForm form, Outcome outcome)
    {
        if (outcome is Outcome.Done) return Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleClaim(id));
        if (await desk.Read<Claim>(id) is not { } claim) return Answers.Nothing();
        return outcome switch
        {
            Outcome.Stale => await Page(desk, id, claim, form, [new("", "The proposal was changed while you were reading. Read it again: this is what it says now.")], StatusCodes.Status409Conflict),
            Outcome.Refused refused => await Page(desk, id, claim, form, refused.Problems, StatusCodes.Status422UnprocessableEntity),
            Outcome.Missing => Answers.Nothing(),
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    private static async Task<IResult> Page(Desk desk, Guid id, Claim claim, TypedForm form, IReadOnlyList<Problem> problems, int status)
        => desk.Context.ConsolePage<ClaimReviewPage>(new() { ["View"] = await ClaimView.Of(desk, id, claim) with { Problems = problems }, ["Comment"] = form["comment"], ["PublishAt"] = form["publishAt"] }, status);
}
