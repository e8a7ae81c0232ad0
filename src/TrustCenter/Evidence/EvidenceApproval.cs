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
        var command = new ApproveEvidence { Id = form.Command, Sha = form["sha"], UploadedAt = UploadedAt(form), MayGoUnmarked = form["unmarked"] == "yes" };
        var outcome = await desk.Decide(evidence, command);
        if (outcome is Outcome.Done) await desk.PublicPageFollows();
        return await Answer(desk, evidence, form, outcome);
    }

    public static async Task<IResult> Return([AsParameters] Desk desk, Guid evidence)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Answer(desk, evidence, form, await desk.Decide(evidence, new ReturnEvidence { Id = form.Command, Sha = form["sha"], Comment = form.Text("comment") }));
    }

    private static async Task<IResult> Answer(Desk desk, Guid id, TypedForm form, Outcome outcome)
    {
        if (outcome is Outcome.Done) return Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleEvidenceDocument(id));
        if (await desk.Read<EvidenceDocument>(id) is not { } document) return Answers.Nothing();
        return outcome switch
        {
            Outcome.Stale => await EvidencePages.Page(desk, id, document, TypedForm.Empty, [new("", "Another upload came while you were reading. Look at the one that waits now.")], StatusCodes.Status409Conflict),
            Outcome.Refused refused => await EvidencePages.Page(desk, id, document, form, refused.Problems, StatusCodes.Status422UnprocessableEntity),
            _ => Answers.Nothing(),
        };
    }

    // Without it the form is not ours: nothing was uploaded at that time.
    private static long UploadedAt(TypedForm form) => long.TryParse(form["uploaded"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var micros) ? micros : 0;
}
