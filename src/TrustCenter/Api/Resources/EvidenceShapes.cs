using System.ComponentModel;
using TrustCenter.Evidence;
using TrustCenter.Store;

namespace TrustCenter.Api;

public sealed record EvidenceLineShape(Guid Id, string Title, EvidenceKind Kind, EvidenceClass Class,
    [property: Description("The published version that stands; 0 before the first and after a withdrawal.")] int Version, StageShape Stage, DateTimeOffset Changed, DateOnly? ValidUntil = null)
{
    internal const string Columns = "id, title, kind, class, version, stage, changed, valid_until";

    internal static EvidenceLineShape Of(Row r) => new(r.Id(0), r.Text(1), Enum.Parse<EvidenceKind>(r.Text(2)), Enum.Parse<EvidenceClass>(r.Text(3)), r.Int(4), Enum.Parse<StageShape>(r.Text(5)), r.Time(6), r.DateOrNull(7));
}

public sealed record EvidenceShape(Guid Id, StageShape Stage,
    [property: Description("Published, oldest first.")] IReadOnlyList<EvidenceVersionShape> Versions,
    [property: Description("Uploaded; waits for approval or was returned.")] EvidenceVersionShape? Waiting = null,
    [property: Description("Why the last upload was returned.")] string? Returned = null,
    [property: Description("A withdrawal that waits for approval or was declined.")] EvidenceWithdrawalShape? Withdrawal = null,
    [property: Description("The withdrawal that holds; absent while a version stands.")] EvidenceWithdrawalShape? Withdrawn = null)
{
    internal static EvidenceShape Of(Guid id, EvidenceDocument d)
        => new(id, Enum.Parse<StageShape>(d.Stage), [.. d.Versions.Select(EvidenceVersionShape.Of)], d.Waiting is { } waiting ? EvidenceVersionShape.Of(waiting) : null, d.Returned, EvidenceWithdrawalShape.Of(d.Withdrawal), EvidenceWithdrawalShape.Of(d.Withdrawn));
}

public sealed record EvidenceVersionShape(int Number, string Title, EvidenceKind Kind, EvidenceClass Class,
    [property: Description("Of the file as it is kept; hex.")] string Sha256,
    string FileName, long Length, string ContentType,
    [property: Description("0 where the file has none.")] int Pages,
    [property: Description("For the approver.")] IReadOnlyList<string> Warnings,
    Guid Uploader, DateTimeOffset At,
    [property: Description("Whether gated copies bear the reader's mark.")] bool BearsMark,
    DateOnly? From = null, DateOnly? To = null, DateOnly? ValidUntil = null, Guid? Approver = null,
    [property: Description("What the file tells about its making; absent where nobody looked.")] IReadOnlyList<FactShape>? Metadata = null)
{
    internal static EvidenceVersionShape Of(EvidenceVersion v) => new(v.Number, v.Title, v.Kind, v.Class, v.File.Sha, v.File.Name, v.File.Length, v.File.ContentType, v.Pages, v.Warnings, v.Uploader, v.At,
        v.Template is not null, v.From, v.To, v.ValidUntil, v.Approver, v.Metadata?.Select(m => new FactShape(m.Name, m.Value)).ToList());
}

/// <summary>What an upload answers, the first time and each time it is repeated.</summary>
public sealed record UploadedShape(Guid Id, [property: Description("The version that it becomes when somebody else approves it.")] int Version, string Sha256);

public sealed record EvidenceApprovalShape(
    [property: Description("Of the file that you looked at.")] string Sha256,
    [property: Description("The waiting version's time as you read it: the same file may wait again under another title or class.")] DateTimeOffset At,
    [property: Description("Say true only when a gated file that cannot bear a mark may be handed out without one.")] bool MayGoUnmarked = false);

public sealed record EvidenceCleaningShape([property: Description("Of the file that waits.")] string Sha256);

public sealed record EvidenceReturnShape([property: Description("Of the file that you looked at.")] string Sha256, [property: Description("What should change, for the uploader.")] string Comment);

public sealed record EvidenceWithdrawalShape([property: Description("The newest version that it withdraws; the older ones go with it.")] int Version, string Reason, Guid Asker,
    [property: Description("When it was asked for; of one that holds, since when.")] DateTimeOffset At, Guid? Approver = null,
    [property: Description("Why it was declined.")] string? Declined = null)
{
    internal static EvidenceWithdrawalShape? Of(EvidenceWithdrawal? w) => w is null ? null : new(w.Version, w.Reason, w.Asker, w.At, w.Approver, w.Declined);
}

public sealed record WithdrawalApprovalShape(
    [property: Description("The version that stands, as you read it.")] int Version,
    [property: Description("The waiting withdrawal's time as you read it: it may have been asked for again.")] DateTimeOffset At);

public sealed record WithdrawalReturnShape(
    [property: Description("The waiting withdrawal's time as you read it.")] DateTimeOffset At, [property: Description("Why the document stays.")] string Comment);
