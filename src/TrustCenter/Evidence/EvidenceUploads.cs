using System.Diagnostics;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Evidence;

/// <summary>Bringing a file: as a new document, or as the next version of one.</summary>
internal static class EvidenceUploads
{
    private static readonly string[] FormOrder = ["title", "kind", "class", "from", "to", "validUntil", EvidenceIntake.RightField, EvidenceIntake.FileField];

    public static IResult New([AsParameters] Desk desk) => NewPage(desk, TypedForm.Empty, [], StatusCodes.Status200OK);

    /// <summary>The document's key is the form's command, so that the same form posted twice is one document.</summary>
    public static async Task<IResult> Create([AsParameters] Desk desk, EvidenceIntake intake, FileQuota quota)
    {
        if (await UploadForm.Read(desk.Context) is not { } upload) return SafePost.Refuse(desk.Context);
        var id = upload.Fields.Command;
        if (await desk.Read<EvidenceDocument>(id) is not null)
        {
            await upload.Drain();
            return Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleEvidenceDocument(id));
        }
        return await Take(desk, intake, quota, upload, id, problems => Task.FromResult(NewPage(desk, upload.Fields, problems, StatusCodes.Status422UnprocessableEntity)));
    }

    public static async Task<IResult> AddVersion([AsParameters] Desk desk, EvidenceIntake intake, FileQuota quota, Guid evidence)
    {
        if (await UploadForm.Read(desk.Context) is not { } upload) return SafePost.Refuse(desk.Context);
        if (await desk.Read<EvidenceDocument>(evidence) is not { } document)
        {
            await upload.Drain();
            return Answers.Nothing();
        }
        return await Take(desk, intake, quota, upload, evidence, problems => EvidencePages.Page(desk, evidence, document, upload.Fields, problems, StatusCodes.Status422UnprocessableEntity));
    }

    private static async Task<IResult> Take(Desk desk, EvidenceIntake intake, FileQuota quota, UploadForm upload, Guid id, Func<IReadOnlyList<Problem>, Task<IResult>> refused)
    {
        var described = Description(upload.Fields);
        var result = described is null
            ? new IntakeResult.Refused(upload.Fields.Problems)
            : await intake.Take(desk.User.Scope, described, upload.Content, upload.FileName, upload.Fields[EvidenceIntake.RightField] == "yes", desk.Stop);
        await upload.Drain();
        if (result is IntakeResult.Refused unfit) return await refused([.. unfit.Problems.OrderBy(p => Array.IndexOf(FormOrder, p.Field))]);
        var taken = (IntakeResult.Taken)result;
        if (await desk.Context.AskDoorAgain() is { } shut)
        {
            await quota.GiveBack(desk.User.Scope, taken.Files);
            return shut;
        }
        var command = new UploadEvidence { Id = upload.Fields.Command, Version = taken.Version, Files = taken.Files };
        return await quota.Keep(desk.User.Scope, taken.Files, () => desk.Decide(id, command), desk.Stop) switch
        {
            Outcome.Done => Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleEvidenceDocument(id)),
            Outcome.Refused no => await refused(no.Problems),
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    // Null: the form holds the problems. Only the fields named here have an effect (ABUSE T-086).
    internal static EvidenceDescription? Description(TypedForm form)
    {
        var (kind, access) = (form.Word<EvidenceKind>("kind"), form.Word<EvidenceClass>("class"));
        if (kind is null) form.Add("kind", "Choose what kind of document it is.");
        if (access is null) form.Add("class", "Choose who may read it.");
        var described = new EvidenceDescription
        {
            Title = form.Text("title"),
            Kind = kind ?? EvidenceKind.Other,
            Class = access ?? EvidenceClass.UnderAgreement,
            From = form.Date("from"),
            To = form.Date("to"),
            ValidUntil = form.Date("validUntil"),
        };
        form.Add(described.Problems());
        return form.Problems.Count == 0 ? described : null;
    }

    private static IResult NewPage(Desk desk, TypedForm form, IReadOnlyList<Problem> problems, int status)
        => desk.Context.ConsolePage<NewEvidencePage>(new() { ["Form"] = form, ["Problems"] = problems }, status);
}
