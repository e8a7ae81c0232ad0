using TrustCenter.Evidence;

namespace TrustCenter.Api;

internal static class EvidenceExamples
{
    private static readonly Dictionary<string, string> Published = Example.Path("evidence", Example.Document), Waiting = Example.Path("evidence", Example.WaitingDocument);

    private const string Streams = "The body is the file as it is, at most 75 MiB, and its type is what its bytes say. It waits for approval by somebody else at once; nothing else is to be asked for.";

    public static readonly ApiOperation List = new("listEvidence", "List documents")
    {
        IsPaged = true,
        Answer = new ListShape<EvidenceLineShape>([new(Example.Document, "Availability figures", EvidenceKind.Other, EvidenceClass.Public, 1, StageShape.Published, Example.Noon, Example.NextYear)], More: false, "Kq3…"),
    };

    public static readonly ApiOperation Create = new("createEvidence", "Add a document")
    {
        Description = Streams,
        Query = EvidenceUpload.Query(isNew: true),
        TakesAFile = true,
        Creates = true,
        Status = StatusCodes.Status201Created,
        Answer = new UploadedShape(Guid.Parse(Example.NewKey), 1, Example.Sha),
    };

    public static readonly ApiOperation Show = new("readEvidence", "Read a document's versions")
    {
        Path = Published,
        Answer = new EvidenceShape(Example.Document, StageShape.Published,
            [new(1, "Availability figures", EvidenceKind.Other, EvidenceClass.Public, Example.Sha, "availability.txt", Example.File.Length, "application/octet-stream", 0, [], Example.Editor, Example.Noon, BearsMark: false, ValidUntil: Example.NextYear, Approver: Example.Approver)]),
    };

    public static readonly ApiOperation AddVersion = new("addEvidenceVersion", "Add a version to a document")
    {
        Description = Streams + " What the address does not say about it stays as the version before has it, but for the dates.",
        Path = Published,
        Query = EvidenceUpload.Query(isNew: false),
        TakesAFile = true,
        Creates = true,
        Status = StatusCodes.Status201Created,
        Answer = new UploadedShape(Example.Document, 2, Example.Sha),
    };

    public static readonly ApiOperation File = new("readEvidenceFile", "Read a version's file")
    {
        Description = "As it is kept, without a mark; the journal says who read it. application/pdf for a PDF, application/octet-stream for everything else. A HEAD answers its type without an entry.",
        Path = new Dictionary<string, string>(Published) { ["sha"] = Example.Sha },
        AnswerMedia = "application/octet-stream",
    };

    public static readonly ApiOperation Clean = new("removeEvidenceMetadata", "Take out of a waiting file what it tells about its making")
    {
        Description = "The metadata are those that the version names. The file that waits afterwards has another hash.",
        Path = Example.Path("evidence", Example.ToldDocument),
        Body = new EvidenceCleaningShape(Example.ToldSha),
        Answer = new VersionedShape(Example.ToldDocument, 1),
    };

    public static readonly ApiOperation Approve = new("publishEvidence", "Approve what waits, and publish it")
    {
        Description = "The approver must be somebody other than the uploader: a key approves nothing that it or its maker brought.",
        Path = Waiting,
        Body = new EvidenceApprovalShape(Example.WaitingSha, Example.Noon),
        Answer = new VersionedShape(Example.WaitingDocument, 1),
    };

    public static readonly ApiOperation Return = new("returnEvidence", "Give back what waits, with a reason")
    {
        Path = Waiting,
        Body = new EvidenceReturnShape(Example.WaitingSha, "Say for which year."),
        Answer = new VersionedShape(Example.WaitingDocument, 1),
    };
}
