using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Operation;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Faults;

/// <summary>
/// What must hold of that which writers wrote, at any moment and whatever became of them: each acknowledged decision is there; state, entries, row and mail
/// of a decision are there together or not at all; no number of a log is missing, and its signed checkpoints are of its entries. What was proven before is not read again until the end.
/// </summary>
public sealed class Promises(HostKeys keys)
{
    private readonly Dictionary<(Guid Tenant, string Log), Frontier> logs = [];
    private readonly Dictionary<(Guid Tenant, string Log), long> signed = []; // the size of the newest checkpoint
    private readonly List<Sign> signs = []; // since the last check
    private readonly Dictionary<AggregateId, long> decided = []; // entries of each
    private readonly Dictionary<Guid, long> invited = [];

    public int Checks { get; private set; }
    public long Entries => logs.Values.Sum(l => l.Size);

    /// <summary>At one moment of the database; null when all holds.</summary>
    /// <param name="acknowledged">Since the last check, all of them before this moment.</param>
    public async Task<string?> Broken(IStore store, IReadOnlyCollection<Ack> acknowledged)
    {
        Checks++;
        signs.Clear();
        return await store.Query(sql => Writer.Tenants.Select(t => BrokenOf(sql, t)).FirstOrDefault(b => b is not null))
            ?? acknowledged.Where(a => decided.GetValueOrDefault(a.Id) < a.Version).Select(a => $"{a} was acknowledged, and there are {decided.GetValueOrDefault(a.Id)}").FirstOrDefault()
            ?? await Unsigned(store);
    }

    /// <summary>Everything from the first entry on, with every seal, root and signature, and each log as somebody outside would verify it.</summary>
    public async Task<string?> BrokenInAll(IStore store)
    {
        if (await store.Query(sql => CopyCheck.Run(sql, 0, keys).Problem) is { } problem) return problem;
        foreach (var tenant in Writer.Tenants)
        {
            using var export = new MemoryStream();
            await new JournalLog(store, keys, new TenantKeys(store, keys)).Export(tenant, "Vendor", [JournalEntry.Journal, JournalEntry.Publications], withhold: true, export, DateTimeOffset.UtcNow, default);
            export.Position = 0;
            if (JournalVerifier.Verify(export).First is { } first) return first.What;
        }
        return null;
    }

    private async Task<string?> Unsigned(IStore store)
    {
        var signing = new TenantKeys(store, keys);
        foreach (var (tenant, log, size, jws, root) in signs)
        {
            using var key = await signing.SigningKey(tenant, default);
            if (!Checkpoint.TryVerify(jws, PublicJwk.Of(key), out var checkpoint)) return $"the checkpoint of the {log} at {size} is not signed by its vendor";
            if ((checkpoint.Tenant, checkpoint.Log, checkpoint.Size) != (tenant, log, size) || !checkpoint.Root.AsSpan().SequenceEqual(root)) return $"the checkpoint of the {log} at {size} is of other entries";
        }
        return null;
    }

    private string? BrokenOf(Sql sql, Guid tenant)
    {
        var heads = sql.First("select journal, publications from heads where tenant = @tenant", r => new[] { r.Number(0), r.Number(1) }, ("@tenant", tenant)) ?? [0, 0];
        var touched = new HashSet<AggregateId>();
        return Log(sql, tenant, JournalEntry.Journal, heads[0], touched) ?? Log(sql, tenant, JournalEntry.Publications, heads[1], null)
            ?? touched.Select(id => Single(sql, id)).FirstOrDefault(b => b is not null)
            ?? Counts(sql, tenant) ?? Work(sql, tenant, heads[1]);
    }

    private string? Log(Sql sql, Guid tenant, string log, long size, HashSet<AggregateId>? touched)
    {
        if (!logs.TryGetValue((tenant, log), out var frontier)) logs.Add((tenant, log), frontier = new Frontier());
        var checkpoints = new Queue<(long Size, string Jws)>(sql.Query("select size, jws from checkpoints where tenant = @tenant and log = @log and size > @after order by size",
            r => (r.Number(0), r.Text(1)), ("@tenant", tenant), ("@log", log), ("@after", signed.GetValueOrDefault((tenant, log)))));
        while (checkpoints.Count > 0 && checkpoints.Peek().Size < frontier.Size) checkpoints.Dequeue(); // signed late, by a process that waited for its database: read at the end
        Reached();
        foreach (var (n, subject, body, leaf) in sql.Query("select n, subject, body, leaf from entries where tenant = @tenant and log = @log and n > @after order by n",
            r => (r.Number(0), r.Text(1), r.Bytes(2), r.Bytes(3)), ("@tenant", tenant), ("@log", log), ("@after", frontier.Size)))
        {
            if (n != frontier.Size + 1) return $"entry {frontier.Size + 1} of the {log} is missing; {n} is there";
            if (!MerkleTree.HashLeaf(body).AsSpan().SequenceEqual(leaf)) return $"entry {n} of the {log} is not what its hash says";
            frontier.Append(leaf);
            Reached();
            if (touched is null) continue;
            var id = new AggregateId(tenant, subject.Split(':')[0], Guid.Parse(subject.Split(':')[1]));
            if (id.Kind is not ("deal" or "claim" or "staff")) return $"an entry of {id}, which nobody wrote";
            touched.Add(id);
            decided[id] = decided.GetValueOrDefault(id) + 1;
            if (id.Kind == "staff") invited[tenant] = invited.GetValueOrDefault(tenant) + 1;
        }
        if (checkpoints.Count > 0) return $"the {log} was signed at {checkpoints.Peek().Size}, and has {frontier.Size} entries";
        return frontier.Size == size ? null : $"the {log} says that it has {size} entries; there are {frontier.Size}";

        void Reached()
        {
            if (checkpoints.Count == 0 || checkpoints.Peek().Size != frontier.Size) return;
            signs.Add(new Sign(tenant, log, frontier.Size, checkpoints.Dequeue().Jws, frontier.Root()));
            signed[(tenant, log)] = frontier.Size;
        }
    }

    private string? Single(Sql sql, AggregateId id)
    {
        if (StateQueries.Read(sql, id) is not { } state) return $"entries of {id}, and no state";
        state.Check(keys, id);
        if (state.Etag != decided[id]) return $"{id} has version {state.Etag} and {decided[id]} entries";
        var row = sql.First($"select {(id.Kind == "deal" ? "changed" : id.Kind == "claim" ? "version" : "1")} from {id.Kind}_rows where tenant = @tenant and id = @id", r => (long?)r.Number(0), ("@tenant", id.Tenant), ("@id", id.Key));
        if (row != (id.Kind == "claim" ? state.Etag / 3 : state.Etag)) return $"the row of {id} says {row} at version {state.Etag}"; // a claim is published by its third decision
        return id.Kind != "staff" || sql.Number("select count(*) from mails where tenant = @tenant and id = @id", ("@tenant", id.Tenant), ("@id", id.Key)) == 1 ? null : $"{id} was invited, and there is no mail";
    }

    // The other direction: nothing without its entry.
    private string? Counts(Sql sql, Guid tenant)
    {
        foreach (var kind in new[] { "deal", "claim", "staff" })
        {
            var (many, versions) = (Of(kind).LongCount(), Of(kind).Sum(d => d.Value));
            var stored = sql.First("select count(*), coalesce(sum(etag), 0) from states where tenant = @tenant and kind = @kind", r => (r.Number(0), (long)r.Real(1)), ("@tenant", tenant), ("@kind", kind));
            var rows = sql.Number($"select count(*) from {kind}_rows where tenant = @tenant", ("@tenant", tenant));
            if (stored != (many, versions) || rows != many) return $"{many} {kind}s with {versions} entries, but {stored} states with their versions and {rows} rows";
        }
        var (mails, people) = (sql.Number("select count(*) from mails where tenant = @tenant", ("@tenant", tenant)), sql.Number("select count(*) from personal where tenant = @tenant", ("@tenant", tenant)));
        var wanted = invited.GetValueOrDefault(tenant);
        return (mails, people) == (wanted, wanted) ? null : $"{wanted} invitations, but {mails} mails and {people} addresses";

        IEnumerable<KeyValuePair<AggregateId, long>> Of(string kind) => decided.Where(d => d.Key.Tenant == tenant && d.Key.Kind == kind);
    }

    // Nobody compiles here: what the last publication left to do is still to do.
    private static string? Work(Sql sql, Guid tenant, long publications)
        => sql.Number("select coalesce(max(n), 0) from outbox where tenant = @tenant and kind = 'compile'", ("@tenant", tenant)) is var n && n == publications ? null : $"{publications} publications, and work up to {n}";

    private sealed record Sign(Guid Tenant, string Log, long Size, string Jws, byte[] Root);
}
