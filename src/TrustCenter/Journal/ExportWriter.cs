using System.Security.Cryptography;

namespace TrustCenter.Journal;

/// <summary>Writes one export, line by line, hashing what it writes.</summary>
internal sealed class ExportWriter(Stream to, ExportRequest request, CancellationToken stop) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public async Task Write()
    {
        var header = new HeaderLine(request.Vendor, request.Tenant, [.. request.Logs.Select(log => log.Log)], request.WithholdPersonal, request.Signer.Key, request.Utc);
        if (!header.IsSound()) throw new ArgumentException($"An export has each of its logs once, and a vendor's name of at most {HeaderLine.LongestVendor} characters.");
        await Line(header);
        var logs = new List<SealedLog>();
        foreach (var log in request.Logs) logs.Add(await Log(log));
        await Line(new SealLine(new SealStatement(request.Tenant, _hash.GetCurrentHash(), logs).Sign(request.Signer)));
        await to.FlushAsync(stop);
    }

    public void Dispose() => _hash.Dispose();

    private async Task<SealedLog> Log(ExportLog log)
    {
        var frontier = new Frontier();
        await using var checkpoints = log.Checkpoints.GetAsyncEnumerator(stop);
        var more = await checkpoints.MoveNextAsync();
        await CheckpointsUpTo(0);
        await foreach (var entry in log.Entries.WithCancellation(stop))
        {
            var line = LineOf(entry, log.Log);
            await Line(line);
            frontier.Append(line.LeafHash);
            await CheckpointsUpTo(frontier.Size);
        }
        await CheckpointsUpTo(long.MaxValue); // those that count entries which the store no longer has: the verifier is to see them
        return new SealedLog(log.Log, frontier.Size, frontier.Root());

        async Task CheckpointsUpTo(long size)
        {
            for (; more && checkpoints.Current.Size <= size; more = await checkpoints.MoveNextAsync()) await Line(new CheckpointLine(checkpoints.Current.Jws));
        }
    }

    private EntryLine LineOf(ExportEntry entry, string log)
    {
        if (entry.Entry.Tenant != request.Tenant || entry.Entry.Log != log) throw new InvalidOperationException("An export holds one vendor's entries, each in its own log.");
        if (entry.Revealed.Count != 0 && entry.Revealed.Count != entry.Entry.Personal.Count) throw new InvalidOperationException("Either each commitment has its reveal or null, or none has.");
        var revealed = request.WithholdPersonal || entry.Revealed.Count == 0 ? new Reveal?[entry.Entry.Personal.Count] : entry.Revealed;
        return new EntryLine(entry.Entry, entry.LeafHash ?? EntryEncoding.LeafHash(entry.Entry), revealed);
    }

    private async Task Line(ExportLine line)
    {
        var bytes = line.ToBytes();
        if (bytes.Length > ExportLine.Longest) throw new InvalidOperationException($"A line has at most {ExportLine.Longest} bytes.");
        _hash.AppendData(bytes.Span);
        await to.WriteAsync(bytes, stop);
    }
}
