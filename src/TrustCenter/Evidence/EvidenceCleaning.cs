using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Evidence;

/// <summary>Takes out of a file that waits what it tells about its making.</summary>
internal static class EvidenceCleaning
{
    public static async Task<IResult> Remove([AsParameters] Desk desk, EvidenceIntake intake, FileQuota quota, Guid evidence)
    {
        if (await desk.Read<EvidenceDocument>(evidence) is not { } document) return Answers.Nothing();
        var form = await TypedForm.Read(desk.Context);
        if (document.Waiting is not { Metadata.Count: > 0 } waiting || form["sha"] != waiting.File.Sha) return Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleEvidenceDocument(evidence)); // done already, or another file waits now
        if (await intake.WithoutMetadata(desk.User.Scope, waiting, desk.Stop) is not IntakeResult.Taken taken) return await Refused(desk, evidence, document, form, "The file could not be written without it. Remove it in the program the file was made with, and upload it again.");
        var command = new CleanEvidence { Id = form.Command, Sha = waiting.File.Sha, Version = taken.Version, Files = taken.Files };
        if (await quota.Keep(desk.User.Scope, taken.Files, () => desk.Decide(evidence, command), desk.Stop) is Outcome.Refused refused) return await Refused(desk, evidence, document, form, refused.Why);
        return Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleEvidenceDocument(evidence));
    }

    private static Task<IResult> Refused(Desk desk, Guid evidence, EvidenceDocument document, TypedForm form, string why)
        => EvidencePages.Page(desk, evidence, document, form, [new("", why)], StatusCodes.Status422UnprocessableEntity);
}
