namespace TrustCenter.Journal;

/// <summary>A personal value and the key of its record (<see cref="Commitment.RecordKey"/>), with which anyone can check the commitment.</summary>
public sealed record Reveal(string Value, byte[] Key);

/// <summary>An entry on its way out.</summary>
public sealed record ExportEntry(JournalEntry Entry)
{
    /// <summary>
    /// The leaf hash as it was kept when the entry was appended: then the verifier can name an entry that was changed since. Null computes it,
    /// and a change is only narrowed down to two checkpoints.
    /// </summary>
    public byte[]? LeafHash { get; init; }

    /// <summary>One for each of the entry's commitments, in their order; null where the person was erased. Empty reveals nothing.</summary>
    public IReadOnlyList<Reveal?> Revealed { get; init; } = [];
}

/// <summary>A kept checkpoint; <see cref="Size"/> is the one inside, so that the writer needn't open it.</summary>
public sealed record ExportCheckpoint(long Size, string Jws);

/// <summary>One log: entries by number, checkpoints by size and then time.</summary>
public sealed record ExportLog(string Log, IAsyncEnumerable<ExportEntry> Entries, IAsyncEnumerable<ExportCheckpoint> Checkpoints);

/// <summary>What to export, and for whom.</summary>
public sealed record ExportRequest
{
    public required string Vendor { get; init; } // at most 200 characters
    public required Guid Tenant { get; init; }
    public required long Utc { get; init; } // microseconds since 1970-01-01
    public required IReadOnlyList<ExportLog> Logs { get; init; }
    public required CheckpointSigner Signer { get; init; }

    /// <summary>Commitments stay closed, whatever the entries bring: for readers who may not see who it was.</summary>
    public bool WithholdPersonal { get; init; }
}

/// <summary>
/// Writes logs as JSON lines: a header, then each log's entries, every checkpoint right after the last entry that it covers (so that a reader needs no more than
/// a frontier), and a seal. The writer reports the store as it is; whether it is sound is the verifier's question.
/// </summary>
public static class JournalExport
{
    public static async Task Write(Stream to, ExportRequest request, CancellationToken stop = default)
    {
        using var file = new ExportWriter(to, request, stop);
        await file.Write();
    }
}
