using System.Security.Cryptography;

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
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var header = new HeaderLine(request.Vendor, request.Tenant, [.. request.Logs.Select(log => log.Log)], request.WithholdPersonal, request.Signer.Key, request.Utc);
        if (!header.IsSound()) throw new ArgumentException("An export has each log once, and a vendor's name that isn't too long.", nameof(request));
        await Line(header);
        var logs = new List<SealedLog>();
        foreach (var log in request.Logs) logs.Add(await Log(log));
        var seal = new SealLine(new SealStatement(request.Tenant, hash.GetHashAndReset(), logs).Sign(request.Signer));
        await to.WriteAsync(seal.ToBytes(), stop);
        await to.FlushAsync(stop);

        async Task<SealedLog> Log(ExportLog log)
        {
            var frontier = new Frontier();
            await using var checkpoints = log.Checkpoints.GetAsyncEnumerator(stop);
            var more = await checkpoints.MoveNextAsync();
            await CheckpointsUpTo(0);
            await foreach (var entry in log.Entries.WithCancellation(stop))
            {
                var line = LineOf(entry, log.Log, request);
                await Line(line);
                frontier.Append(line.LeafHash);
                await CheckpointsUpTo(frontier.Size);
            }
            await CheckpointsUpTo(long.MaxValue);
            return new SealedLog(log.Log, frontier.Size, frontier.Root());

            async Task CheckpointsUpTo(long size)
            {
                for (; more && checkpoints.Current.Size <= size; more = await checkpoints.MoveNextAsync()) await Line(new CheckpointLine(checkpoints.Current.Jws));
            }
        }

        async Task Line(ExportLine line)
        {
            var bytes = line.ToBytes();
            if (bytes.Length > ExportLine.Longest) throw new InvalidOperationException($"A line has at most {ExportLine.Longest} bytes.");
            hash.AppendData(bytes.Span);
            await to.WriteAsync(bytes, stop);
        }
    }

    private static EntryLine LineOf(ExportEntry entry, string log, ExportRequest request)
    {
        if (entry.Entry.Tenant != request.Tenant || entry.Entry.Log != log) throw new InvalidOperationException("An export holds one vendor's entries, each in its own log.");
        if (entry.Revealed.Count != 0 && entry.Revealed.Count != entry.Entry.Personal.Count) throw new InvalidOperationException("Either each commitment has its reveal or null, or none has.");
        var revealed = request.WithholdPersonal || entry.Revealed.Count == 0 ? new Reveal?[entry.Entry.Personal.Count] : entry.Revealed;
        return new EntryLine(entry.Entry, entry.LeafHash ?? EntryEncoding.LeafHash(entry.Entry), revealed);
    }
}
