using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Journal;

/// <summary>The stored logs of each vendor: their checkpoints, and their export.</summary>
public sealed class JournalLog(IStore store, HostKeys keys, TenantKeys signing) : ITenantMemory
{
    private const int Page = 1_000; // entries read at a time

    /// <summary>Signs a checkpoint of every log that grew since its last one; a log that cannot be signed keeps no other from it, and is named at the end.</summary>
    /// <param name="tenant">Whose logs; null: everybody's.</param>
    /// <returns>The number signed.</returns>
    /// <exception cref="StoreException">A log is incomplete or was rewritten.</exception>
    public async Task<int> SignGrown(DateTimeOffset now, CancellationToken stop, Guid? tenant = null)
    {
        // The worker and an export may come at once; two that append to one tree would sign a root of neither.
        await oneSigner.WaitAsync(stop);
        try { return await SignAllGrown(tenant, now, stop); }
        finally { oneSigner.Release(); }
    }

    private readonly SemaphoreSlim oneSigner = new(1);

    private async Task<int> SignAllGrown(Guid? only, DateTimeOffset now, CancellationToken stop)
    {
        var grown = await store.Query(sql => sql.Query("""
            select h.tenant, l.log, case l.log when 'journal' then h.journal else h.publications end as size
            from heads h cross join (select 'journal' as log union all select 'publications') l
            where h.tenant = coalesce(@only, h.tenant)
              and case l.log when 'journal' then h.journal else h.publications end > coalesce((select max(c.size) from checkpoints c where c.tenant = h.tenant and c.log = l.log), 0)
            """, r => (Tenant: r.Id(0), Log: r.Text(1), Size: r.Number(2)), ("@only", only)), stop);
        var failures = new List<Exception>();
        foreach (var (tenant, log, size) in grown)
            try { await Sign(tenant, log, size, now, stop); }
            catch (Exception failed) when (failed is StoreException or CryptographicException) { failures.Add(new StoreException($"The {log} of {tenant} was not signed. {failed.Message}", failed)); }
        return failures.Count == 0 ? grown.Count : throw failures[0];
    }

    /// <summary>The newest checkpoint of a log; null before the first.</summary>
    public async Task<(Checkpoint Checkpoint, string Jws)?> Latest(Guid tenant, string log, CancellationToken stop)
    {
        var jws = await store.Query(sql => sql.First("select jws from checkpoints where tenant = @tenant and log = @log order by size desc, utc desc limit 1", r => r.Text(0), ("@tenant", tenant), ("@log", log)), stop);
        if (jws is null) return null;
        using var key = await signing.SigningKey(tenant, stop);
        return Checkpoint.TryVerify(jws, PublicJwk.Of(key), out var checkpoint) ? (checkpoint, jws) : throw new StoreException($"A stored checkpoint of {log} is not signed by this vendor's key.");
    }

    public async Task Export(Guid tenant, string vendor, IReadOnlyList<string> logs, bool withhold, Stream to, DateTimeOffset now, CancellationToken stop)
    {
        await SignGrown(now, stop, tenant);
        using var key = await signing.SigningKey(tenant, stop);
        var request = new ExportRequest
        {
            Vendor = vendor,
            Tenant = tenant,
            Utc = Micros.From(now),
            Logs = [.. logs.Select(log => new ExportLog(log, Entries(tenant, log, withhold, stop), Checkpoints(tenant, log, stop)))],
            Signer = new CheckpointSigner(key),
            WithholdPersonal = withhold,
        };
        await JournalExport.Write(to, request, stop);
    }

    private async Task Sign(Guid tenant, string log, long size, DateTimeOffset now, CancellationToken stop)
    {
        var frontier = await Continue(tenant, log, size, stop);
        var checkpoint = new Checkpoint { Tenant = tenant, Log = log, Size = size, Root = frontier.Root(), Utc = Micros.From(now) };
        using var key = await signing.SigningKey(tenant, stop);
        var jws = new CheckpointSigner(key).Sign(checkpoint);
        await store.Write(sql => sql.Execute("insert into checkpoints (tenant, log, size, utc, jws) values (@tenant, @log, @size, @utc, @jws) on conflict (tenant, log, size) do nothing",
            ("@tenant", tenant), ("@log", log), ("@size", size), ("@utc", now), ("@jws", jws)), stop);
        frontiers[(tenant, log)] = frontier;
    }

    // The compact tree of what was signed last, so that a checkpoint costs only the entries since. Rebuilt from the leaves after a start.
    private readonly ConcurrentDictionary<(Guid Tenant, string Log), Frontier> frontiers = [];

    public void Forget(Guid tenant)
    {
        foreach (var key in frontiers.Keys.Where(k => k.Tenant == tenant)) frontiers.TryRemove(key, out _);
    }

    private async Task<Frontier> Continue(Guid tenant, string log, long size, CancellationToken stop)
    {
        var isKnown = frontiers.TryGetValue((tenant, log), out var known) && known.Size <= size;
        var frontier = isKnown ? known! : new Frontier();
        // After a start nothing is in memory: what was signed before must be a prefix of what is signed now, or somebody rewrote the log between.
        var signed = isKnown ? null : (await Latest(tenant, log, stop))?.Checkpoint;
        while (frontier.Size < size)
        {
            var leaves = await store.Query(sql => sql.Query("select leaf from entries where tenant = @tenant and log = @log and n > @after and n <= @size order by n limit @page",
                r => r.Bytes(0), ("@tenant", tenant), ("@log", log), ("@after", frontier.Size), ("@size", size), ("@page", Page)), stop);
            if (leaves.Count == 0) throw new StoreException($"The {log} says it has {size} entries, but entry {frontier.Size + 1} is missing.");
            foreach (var leaf in leaves)
            {
                frontier.Append(leaf);
                if (frontier.Size == signed?.Size && !frontier.Root().AsSpan().SequenceEqual(signed.Root))
                    throw new StoreException($"The {log} was rewritten: its first {signed.Size} entries are not those that were signed. No further checkpoint is signed; restore the database from a backup.");
            }
        }
        return frontier;
    }

    private async IAsyncEnumerable<ExportEntry> Entries(Guid tenant, string log, bool withhold, [EnumeratorCancellation] CancellationToken stop)
    {
        for (long after = 0; ;)
        {
            var page = await store.Query(sql => sql.Query("select body, leaf from entries where tenant = @tenant and log = @log and n > @after order by n limit @page",
                r => (Body: r.Bytes(0), Leaf: r.Bytes(1)), ("@tenant", tenant), ("@log", log), ("@after", after), ("@page", Page)), stop);
            if (page.Count == 0) yield break;
            foreach (var (body, leaf) in page)
            {
                var entry = EntryEncoding.Decode(body);
                yield return new ExportEntry(entry) { LeafHash = leaf, Revealed = withhold ? [] : await Reveal(entry, stop) };
            }
            after += page.Count;
        }
    }

    private Task<IReadOnlyList<Reveal?>> Reveal(JournalEntry entry, CancellationToken stop) => entry.Personal.Count == 0 ? Task.FromResult<IReadOnlyList<Reveal?>>([]) : store.Query<IReadOnlyList<Reveal?>>(sql =>
        [.. entry.Personal.Select(commitment => sql.First("select sealed_key, sealed_value from personal where tenant = @tenant and id = @id", r => Opened(entry, commitment, r.Bytes(0), r.Bytes(1)), ("@tenant", entry.Tenant), ("@id", commitment.Person)))], stop);

    private Reveal Opened(JournalEntry entry, Commitment commitment, byte[] sealedKey, byte[] sealedValue)
    {
        var key = keys.Open(sealedKey);
        var value = System.Text.Encoding.UTF8.GetString(HostKeys.Open(key, sealedValue));
        return new Reveal(value, Commitment.RecordKey(key, commitment.Person, entry.Tenant, entry.Log, entry.N));
    }

    private async IAsyncEnumerable<ExportCheckpoint> Checkpoints(Guid tenant, string log, [EnumeratorCancellation] CancellationToken stop)
    {
        var kept = await store.Query(sql => sql.Query("select size, jws from checkpoints where tenant = @tenant and log = @log order by size, utc", r => new ExportCheckpoint(r.Number(0), r.Text(1)), ("@tenant", tenant), ("@log", log)), stop);
        foreach (var checkpoint in kept) yield return checkpoint;
    }
}
