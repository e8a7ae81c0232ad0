using System.Globalization;
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
        var outcome = await desk.Decide(evidence, new ApproveEvidenceWithdrawal { Id = form.Command, AskedAt = AskedAt(form), Version = form.Number("version") });
        if (outcome is Outcome.Done) await desk.PublicPageFollows();
        return await Answer(desk, evidence, form, outcome);
    }

    public static async Task<IResult> Decline([AsParameters] Desk desk, Guid evidence)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Answer(desk, evidence, form, await desk.Decide(evidence, new DeclineEvidenceWithdrawal { Id = form.Command, AskedAt = AskedAt(form), Comment = form.Text("declined") }));
    }

    private static async Task<IResult> Answer(Desk desk, Guid id, TypedForm form, Outcome outcome)
    {
        if (outcome is Outcome.Done) return Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleEvidenceDocument(id));
        if (await desk.Read<EvidenceDocument>(id) is not { } document) return Answers.Nothing();
        return outcome switch
        {
            Outcome.Stale => await EvidencePages.Page(desk, id, document, TypedForm.Empty, [new("", "The document or the reason changed while you were reading. This is how they stand now.")], StatusCodes.Status409Conflict),
            Outcome.Refused refused => await EvidencePages.Page(desk, id, document, form, refused.Problems, StatusCodes.Status422UnprocessableEntity),
            _ => Answers.Nothing(),
        };
    }

    private static long AskedAt(TypedForm form) => long.TryParse(form["asked"], NumberStyles.None, CultureInfo.InvariantCulture, out var micros) ? micros : 0;
}
