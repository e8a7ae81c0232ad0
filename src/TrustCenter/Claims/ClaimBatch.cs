using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Claims;

public enum BatchAct { Publish, Check }

/// <summary>
/// One act on many claims: what was wished, and claim by claim what came of it. Each claim is a decision of its own; this remembers the wish,
/// so that a stop in the middle leaves nothing half done and the result can be read again.
/// </summary>
public sealed record ClaimBatch : IState<ClaimBatch>
{
    public const int Most = 100; // claims

    public required BatchAct Act { get; init; }
    public required Guid By { get; init; } // a member of staff
    public Guid? Key { get; init; } // the key of a program that did so for that person
    public required DateTimeOffset At { get; init; }
    public required IReadOnlyList<BatchItem> Items { get; init; }
    public DateOnly? Checked { get; init; }
    public DateOnly? ReviewBy { get; init; }
    public string? Note { get; init; }
    public IReadOnlyList<BatchResult>? Results { get; init; } // in the order of the items; null: not finished

    static string IState<ClaimBatch>.Kind => "claim_batch";
    static JsonTypeInfo<ClaimBatch> IState<ClaimBatch>.Json => ClaimJson.Default.ClaimBatch;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [new ViewRow("claim_batch_rows", id.Key, ("author", By), ("begun", At), ("finished", Results is not null))];

    [JsonIgnore] public Actor Actor => Actor.StaffBy(By, Key);

    /// <summary>Whether it is what this wish by this actor began.</summary>
    public bool IsOf(StartClaimBatch wish, Actor by) => Actor == by && (Act, Checked, ReviewBy, Note ?? "") == (wish.Act, wish.Checked, wish.ReviewBy, wish.Note.Trim()) && Items.SequenceEqual(wish.Items);

    /// <summary>The command for one claim; its id follows from the batch, so that a second run does nothing twice.</summary>
    public Command<Claim> CommandFor(Guid batch, BatchItem item)
    {
        var id = new Guid(SHA256.HashData(Encoding.ASCII.GetBytes($"batch/{batch:N}/{item.Claim:N}")).AsSpan(0, 16), bigEndian: true);
        return Act == BatchAct.Publish
            ? new ApproveClaim { Id = id, Edit = item.Seen }
            : new ProposeClaimCheck { Id = id, Version = item.Seen, Checked = Checked!.Value, ReviewBy = ReviewBy!.Value, Note = Note ?? "" };
    }
}

/// <param name="Seen">The edit that the approver saw, or the version that was looked at.</param>
public sealed record BatchItem(Guid Claim, int Seen);

/// <param name="Says">Why not; null when it was done.</param>
public sealed record BatchResult(Guid Claim, int Number, string? Says)
{
    [JsonIgnore] public bool IsDone => Says is null;
}

public sealed record StartClaimBatch : Command<ClaimBatch>
{
    public required BatchAct Act { get; init; }
    public required IReadOnlyList<BatchItem> Items { get; init; }
    public DateOnly? Checked { get; init; }
    public DateOnly? ReviewBy { get; init; }
    public string Note { get; init; } = "";

    public override Decision<ClaimBatch> Decide(ClaimBatch? batch, Actor by, DateTimeOffset now)
    {
        if (batch is not null) return new Outcome.Done(batch.Items.Count); // begun already
        if (Problems() is { Count: > 0 } problems) return Decision<ClaimBatch>.Refuse(problems);
        var next = new ClaimBatch { Act = Act, By = by.Id, Key = by.Key, At = now, Items = Items, Checked = Checked, ReviewBy = ReviewBy, Note = Note.Trim().Length == 0 ? null : Note.Trim() };
        return new(new Outcome.Done(Items.Count)) { State = next, Happenings = [new Happening("claims.batch_begun", new Fact("act", Act.ToString()), new Fact("claims", Items.Count.ToString(CultureInfo.InvariantCulture)))] };
    }

    private List<Problem> Problems()
    {
        var problems = new List<Problem>();
        if (Items.Count == 0) problems.Add(new("claim", "Nothing is left to do here. Choose other claims."));
        if (Items.Count > ClaimBatch.Most) problems.Add(new("claim", $"At most {ClaimBatch.Most} claims at once. Choose fewer."));
        if (Items.Select(i => i.Claim).Distinct().Count() != Items.Count) problems.Add(new("claim", "A claim is named twice. Load the page again."));
        if (Note.Trim().Length > ClaimComment.LongestText) problems.Add(new("note", $"A note has at most {ClaimComment.LongestText:N0} characters."));
        if (Act != BatchAct.Check) return problems;
        if (Checked is null) problems.Add(new("checked", "Say on which day they were checked."));
        if (ReviewBy is null) problems.Add(new("reviewBy", "Say by which day they are checked again."));
        if (ReviewBy <= Checked) problems.Add(new("reviewBy", "The next check is not after this one. Choose a later day."));
        return problems;
    }
}

public sealed record FinishClaimBatch : Command<ClaimBatch>
{
    public required IReadOnlyList<BatchResult> Results { get; init; }

    public override Decision<ClaimBatch> Decide(ClaimBatch? batch, Actor by, DateTimeOffset now)
    {
        if (batch is null) return Decision<ClaimBatch>.Missing;
        if (batch.Results is not null) return new Outcome.Done(batch.Items.Count);
        var done = Results.Count(r => r.IsDone).ToString(CultureInfo.InvariantCulture);
        return new(new Outcome.Done(batch.Items.Count)) { State = batch with { Results = Results }, Happenings = [new Happening("claims.batch_finished", new Fact("done", done), new Fact("of", batch.Items.Count.ToString(CultureInfo.InvariantCulture)))] };
    }
}
