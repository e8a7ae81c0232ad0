using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Evidence;

/// <summary>Approving what somebody else uploaded, or giving it back with a reason.</summary>
internal static class EvidenceApproval
{
    public static async Task<IResult> Approve([AsParameters] Desk desk, Guid evidence)
    {
        var form = await TypedForm.Read(desk.Context);
        var command = new ApproveEvidence { Id = form.Command, Sha = form["sha"], UploadedAt = form.Micros("uploaded"), MayGoUnmarked = form["unmarked"] == "yes" };
        var outcome = await desk.Decide(evidence, command);
        if (outcome is Outcome.Done) await desk.PublicPageFollows();
        return await Answer(desk, evidence, form, outcome);
    }

    public static async Task<IResult> Return([AsParameters] Desk desk, Guid evidence)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Answer(desk, evidence, form, await desk.Decide(evidence, new ReturnEvidence { Id = form.Command, Sha = form["sha"], Comment = form.Text("comment") }));
    }

    private static Task<IResult> Answer(Desk desk, Guid id, TypedForm form, Outcome outcome)
        => EvidencePages.Answer(desk, id, form, outcome, "Another upload came while you were reading. Look at the one that waits now.");
}
