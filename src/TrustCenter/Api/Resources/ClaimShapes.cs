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
        .. FormOf.Why(Why),
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
    [property: Description("The approver's, or the reason of a withdrawal.")] string? Comment = null,
    [property: Description("When an approved draft is published.")] DateTimeOffset? PublishAt = null, Guid? Approver = null)
{
    internal static ClaimDraftShape Of(ClaimProposal p) => new(p.Edit, Enum.Parse<StageShape>(p.Stage.ToString()), p.Author, p.SavedAt, p.IsWithdrawal, WordingShape.Of(p.Wording), p.Comment, p.PublishAt, p.Approver);
}

public sealed record NewClaimShape(WordingShape Wording);

public sealed record NewDraftShape([property: Description("The claim's edit as you read it: what was saved since is not overwritten.")] int Edit, WordingShape Wording);

public sealed record ApprovalShape([property: Description("The edit that you read and approve.")] int Edit);

public sealed record ScheduleShape([property: Description("The edit that you read and approve.")] int Edit, [property: Description("When it is published, with its offset from UTC; at most a year from now.")] DateTimeOffset PublishAt);

public sealed record NewCommentShape([property: Description("For colleagues, never shown outside; at most 2,000 characters.")] string Text);

public sealed record CommentShape([property: Description("1 is the first.")] int Number, Guid By, DateTimeOffset At, string Text,
    [property: Description("Of the draft that it was said about; 0 where none was in work.")] int Edit,
    [property: Description("Whether an approver gave the draft back with it.")] bool IsReturn)
{
    internal static CommentShape Of(ClaimComment c) => new(c.Number, c.By, c.At, c.Text, c.Edit, c.IsReturn);
}

/// <summary>What was said, by its number.</summary>
public sealed record CommentedShape(Guid Id, int Number);

/// <summary>A claim as it stood at the end of a day.</summary>
public sealed record StoodClaimShape(Guid Id, ClaimVersionShape Version, [property: Description("When it stopped to stand; absent where it stands now.")] DateTimeOffset? Until = null);

public sealed record ReturnShape([property: Description("The edit that you read.")] int Edit, [property: Description("What should change, for the author.")] string Comment);

public sealed record WithdrawalShape([property: Description("In one sentence why it is withdrawn.")] string Reason);

/// <summary>What a save answers, the first time and each time it is repeated.</summary>
public sealed record EditedShape(Guid Id, int Edit);

/// <summary>What was published, or changed, as which version.</summary>
public sealed record VersionedShape(Guid Id, int Version);
