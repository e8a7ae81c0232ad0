using System.ComponentModel;
using TrustCenter.Claims;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>Where a claim or a document stands: what is in work comes before what is published. Approved: it waits for its hour.</summary>
public enum StageShape { Draft, Waiting, Returned, Approved, Published, Withdrawn }

/// <summary>Everything that one version of a claim says; read and written alike.</summary>
public sealed record WordingShape(
    [property: Description("A small Markdown: paragraphs, emphasis, code, lists and links; at most 2,000 characters.")] string Statement,
    [property: Description("The key of one of the vendor's topics.")] string Topic,
    ClaimStatus Status,
    Visibility Visibility,
    [property: Description("A role that answers for it, not a person.")] string Owner,
    [property: Description("Empty or absent: all of them.")] IReadOnlyList<string>? Products = null,
    [property: Description("Empty or absent: all of them.")] IReadOnlyList<string>? Plans = null,
    [property: Description("Empty or absent: all of them.")] IReadOnlyList<string>? Regions = null,
    DateOnly? Checked = null,
    DateOnly? ReviewBy = null,
    [property: Description("Framework, colon, control: SOC2:CC6.1.")] IReadOnlyList<string>? Frameworks = null,
    [property: Description("Why it matters, one sentence by the key of an audience.")] IReadOnlyDictionary<string, string>? Why = null,
    [property: Description("Ids of documents.")] IReadOnlyList<Guid>? Evidence = null)
{
    internal const string Member = "wording";

    internal static WordingShape Of(ClaimWording w) => new(w.Statement, w.Topic, w.Status, w.Visibility, w.Owner, w.Products, w.Plans, w.Regions, w.Checked, w.ReviewBy, w.Frameworks, w.Why, w.Evidence);

    /// <summary>As the console's form would bring it: one reader with one set of rules serves both.</summary>
    internal TypedForm ToForm() => FormOf.Fields(
    [
        ("statement", [Statement]), ("topic", [Topic]), ("status", [Status.ToString()]), ("visibility", [Visibility.ToString()]), ("owner", [Owner]),
        ("products", Products), ("plans", Plans), ("regions", Regions), ("checked", FormOf.Day(Checked)), ("reviewBy", FormOf.Day(ReviewBy)),
        ("frameworks", FormOf.Lines(Frameworks)), ("evidence", Evidence?.Select(e => e.ToString("D"))),
        .. (Why ?? new Dictionary<string, string>()).Select(w => ("why." + w.Key, (IEnumerable<string>?)[w.Value])),
    ]);

    internal static string Name(string field) => $"{Member}.{field}";
}

public sealed record ClaimLineShape(Guid Id, string Statement, string Topic, ClaimStatus Status, Visibility Visibility, string Owner,
    [property: Description("The newest published version; 0 before the first.")] int Version, StageShape Stage, DateTimeOffset Changed, DateOnly? ReviewBy = null)
{
    internal const string Columns = "id, statement, topic, status, visibility, owner, review_by, version, stage, changed";

    internal static ClaimLineShape Of(Row r) => new(r.Id(0), r.Text(1), r.Text(2), Enum.Parse<ClaimStatus>(r.Text(3)), Enum.Parse<Visibility>(r.Text(4)), r.Text(5), r.Int(7), Enum.Parse<StageShape>(r.Text(8)), r.Time(9), r.DateOrNull(6));
}

public sealed record ClaimShape(Guid Id,
    [property: Description("Grows with every save; a draft names the edit that it was written over.")] int Edit,
    StageShape Stage,
    [property: Description("Published, oldest first; none of them ever changes.")] IReadOnlyList<ClaimVersionShape> Versions,
    [property: Description("What is in work beside them.")] ClaimDraftShape? Draft = null)
{
    internal static ClaimShape Of(Guid id, Claim claim) => new(id, claim.Edits, StageOf(claim), [.. claim.Published.Select(ClaimVersionShape.Of)], claim.Proposal is { } draft ? ClaimDraftShape.Of(draft) : null);

    private static StageShape StageOf(Claim claim) => claim.Proposal is { } draft ? Enum.Parse<StageShape>(draft.Stage.ToString()) : claim.Current is null ? StageShape.Withdrawn : StageShape.Published;
}

public sealed record ClaimVersionShape(int Number, DateTimeOffset At, Guid Author, Guid Approver,
    [property: Description("SHA-256, hex, over the version before it and this wording.")] string Hash, WordingShape Wording,
    [property: Description("Why it was withdrawn; absent for a version that makes a claim.")] string? Withdrawn = null)
{
    internal static ClaimVersionShape Of(ClaimVersion v) => new(v.Number, v.At, v.Author, v.Approver, v.Hash, WordingShape.Of(v.Wording), v.IsWithdrawal ? v.Reason ?? "" : null);
}

public sealed record ClaimDraftShape(int Edit, StageShape Stage, Guid Author, DateTimeOffset SavedAt, bool IsWithdrawal, WordingShape Wording,
    [property: Description("The approver's, or the reason of a withdrawal.")] string? Comment = null)
{
    internal static ClaimDraftShape Of(ClaimProposal p) => new(p.Edit, Enum.Parse<StageShape>(p.Stage.ToString()), p.Author, p.SavedAt, p.IsWithdrawal, WordingShape.Of(p.Wording), p.Comment);
}

public sealed record NewClaimShape(WordingShape Wording);

public sealed record NewDraftShape([property: Description("The claim's edit as you read it: what was saved since is not overwritten.")] int Edit, WordingShape Wording);

public sealed record ApprovalShape([property: Description("The edit that you read and approve.")] int Edit);

public sealed record ReturnShape([property: Description("The edit that you read.")] int Edit, [property: Description("What should change, for the author.")] string Comment);

public sealed record WithdrawalShape([property: Description("In one sentence why it is withdrawn.")] string Reason);

/// <summary>What a save answers, the first time and each time it is repeated.</summary>
public sealed record EditedShape(Guid Id, int Edit);

/// <summary>What was published, or changed, as which version.</summary>
public sealed record VersionedShape(Guid Id, int Version);
