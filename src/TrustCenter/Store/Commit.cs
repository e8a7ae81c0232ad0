using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Mail;

namespace TrustCenter.Store;

/// <summary>Everything of one decision that becomes durable in one transaction, or not at all (DESIGN, invariant 1).</summary>
public sealed record Commit
{
    public required Guid Tenant { get; init; }
    public StateWrite? State { get; init; }
    public IReadOnlyList<PendingEntry> Entries { get; init; } = [];
    public IReadOnlyList<ViewRow> Rows { get; init; } = [];
    public IReadOnlyList<OutgoingMail> Mails { get; init; } = [];
    public IReadOnlyList<PersonalRecord> Personal { get; init; } = [];

    /// <summary>Personal records whose key and value are destroyed with this commit.</summary>
    public IReadOnlyList<Guid> Forget { get; init; } = [];

    /// <summary>Personal records that staff no longer see: kept as the proof of an accepted agreement alone.</summary>
    public IReadOnlyList<Guid> Hide { get; init; } = [];

    /// <summary>Staged uploads that become part of the content with this commit.</summary>
    public IReadOnlyList<StagedFile> Files { get; init; } = [];

    public IReadOnlyList<StoredSnapshot> Snapshots { get; init; } = [];
    public bool Compile { get; init; }

    /// <summary>The snapshots are packed quickly and wait to be packed tight.</summary>
    public bool Pack { get; init; }

    /// <summary>What the vendor shows is another after this.</summary>
    public bool IsContent { get; init; }

    /// <summary>The tenant's number rises that other processes look at.</summary>
    public bool IsForOthers => IsContent || Snapshots.Count > 0;
}

/// <summary>Writes <see cref="Stored"/> where the version is still <see cref="Expected"/>; 0 means that nothing is there yet.</summary>
public sealed record StateWrite(AggregateId Id, long Expected, StoredState Stored);

public abstract record CommitResult
{
    private CommitResult() { }

    /// <summary>Durable. The numbers are the tenant's last entry in each log.</summary>
    public sealed record Committed(long Journal, long Publications) : CommitResult;

    /// <summary>Somebody else wrote in between; nothing of this commit was kept.</summary>
    public sealed record Conflict : CommitResult;
}

/// <summary>One row of a view table. Every view table has the primary key (tenant, id).</summary>
/// <param name="Table">A name from the migrations, never from input.</param>
public sealed record ViewRow(string Table, Guid Id, params (string Column, object? Value)[] Columns)
{
    /// <summary>The row is removed instead of written.</summary>
    public bool Gone { get; init; }
}

/// <summary>An entry that waits for its number, which the transaction gives.</summary>
public sealed record PendingEntry(string Log, DateTimeOffset At, Actor By, string What, string Subject, IReadOnlyList<Fact> Facts, IReadOnlyList<PersonalRecord> Personal, byte[] StateHash)
{
    /// <summary>In public the actor is the vendor: who works there is nobody's business (DESIGN, section 5).</summary>
    public static IEnumerable<PendingEntry> From(IReadOnlyList<Happening> happenings, Actor by, AggregateId id, DateTimeOffset now, byte[] stateHash)
    {
        foreach (var happening in happenings)
        {
            yield return new PendingEntry(JournalEntry.Journal, now, by, happening.What, SubjectOf(id), happening.Facts, happening.Personal, stateHash);
            if (happening.IsPublic)
                yield return new PendingEntry(JournalEntry.Publications, now, Actor.System, happening.What, SubjectOf(id), happening.PublicFacts, [], stateHash);
        }
    }

    private static string SubjectOf(AggregateId id) => $"{id.Kind}:{id.Key:D}";
}

/// <summary>Bytes that lie in the database under an upload id and belong to nothing yet; orphans are swept after a day.</summary>
/// <param name="Sha">SHA-256 of the whole, hex.</param>
public sealed record StagedFile(Guid Upload, string Sha, long Length);
