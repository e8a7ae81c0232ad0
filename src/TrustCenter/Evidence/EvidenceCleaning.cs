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
        return await Clean(desk, intake, quota, evidence, waiting, form.Command) is Outcome.Refused refused
            ? await EvidencePages.Page(desk, evidence, document, form, [new("", refused.Why)], StatusCodes.Status422UnprocessableEntity)
            : Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleEvidenceDocument(evidence));
    }

    public static async Task<Outcome> Clean(Desk desk, EvidenceIntake intake, FileQuota quota, Guid evidence, EvidenceVersion waiting, Guid command)
    {
        if (await intake.WithoutMetadata(desk.User.Scope, waiting, desk.Stop) is not IntakeResult.Taken taken) return new Outcome.Refused([new("", "The file could not be written without it. Remove it in the program the file was made with, and upload it again.")]);
        return await quota.Keep(desk.User.Scope, taken.Files, () => desk.Decide(evidence, new CleanEvidence { Id = command, Sha = waiting.File.Sha, Version = taken.Version, Files = taken.Files }), desk.Stop);
    }
}
