using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Evidence;

/// <summary>Asking to withdraw a document; agreeing to what somebody else asked, or declining it with a reason.</summary>
internal static class EvidenceTakingBack
{
    public static async Task<IResult> Ask([AsParameters] Desk desk, Guid evidence)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Answer(desk, evidence, form, await desk.Decide(evidence, new AskEvidenceWithdrawal { Id = form.Command, Reason = form.Text("reason") }));
    }

    public static async Task<IResult> Approve([AsParameters] Desk desk, Guid evidence)
    {
        var form = await TypedForm.Read(desk.Context);
        var outcome = await desk.Decide(evidence, new ApproveEvidenceWithdrawal { Id = form.Command, AskedAt = form.Micros("asked"), Version = form.Number("version") });
        if (outcome is Outcome.Done) await desk.PublicPageFollows();
        return await Answer(desk, evidence, form, outcome);
    }

    public static async Task<IResult> Decline([AsParameters] Desk desk, Guid evidence)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Answer(desk, evidence, form, await desk.Decide(evidence, new DeclineEvidenceWithdrawal { Id = form.Command, AskedAt = form.Micros("asked"), Comment = form.Text("declined") }));
    }

    private static Task<IResult> Answer(Desk desk, Guid id, TypedForm form, Outcome outcome)
        => EvidencePages.Answer(desk, id, form, outcome, "The document or the reason changed while you were reading. This is how they stand now.");
}
