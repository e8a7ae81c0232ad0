using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Operation;

/// <summary>What a copy of the database proves of itself, without a host: its file, every state's seal, every log's entries, roots and signatures.</summary>
public sealed record CopyReport(int Migration, IReadOnlyList<LogHead> Heads, string? Problem);

public sealed class CopyCheck(Sql sql, HostKeys keys)
{
    private const int Page = 1_000; // rows read at a time

    public static CopyReport Run(string file, HostKeys keys)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var sql = new Sql(connection);
            var migration = (int)sql.Number("pragma user_version");
            if (sql.First("pragma quick_check(1)", r => r.Text(0)) is not "ok" and var damage) return new CopyReport(migration, [], $"The file is damaged: {damage}");
            return Run(sql, migration, keys);
        }
        catch (SqliteException unreadable) { return new CopyReport(0, [], "The database in it cannot be read: " + unreadable.Message); }
    }

    /// <summary>The same of a database that is open.</summary>
    public static CopyReport Run(Sql sql, int migration, HostKeys keys) => new CopyCheck(sql, keys).Check(migration);

    private CopyReport Check(int migration)
    {
        var heads = new List<LogHead>();
        var problem = States();
        foreach (var (tenant, journal, publications) in sql.Query("select tenant, journal, publications from heads order by tenant", r => (r.Id(0), r.Number(1), r.Number(2))))
            foreach (var (log, size) in new[] { (JournalEntry.Journal, journal), (JournalEntry.Publications, publications) })
            {
                var (head, wrong) = Log(tenant, log, size);
                heads.Add(head);
                problem ??= wrong;
            }
        return new CopyReport(migration, heads, problem);
    }

    private string? States()
    {
        string? problem = null;
        sql.Each("select tenant, kind, key, etag, format, body, done, mac from states", r =>
        {
            var id = new AggregateId(r.Id(0), r.Text(1), r.Id(2));
            try { new StoredState(r.Number(3), r.Number(4), r.Bytes(5), r.Text(6), r.Bytes(7)).Check(keys, id); }
            catch (StateCorruptException) { problem ??= $"The stored state of {id} is not what the host wrote, or this is the key of another host."; }
        });
        return problem;
    }

    private (LogHead Head, string? Problem) Log(Guid tenant, string log, long size)
    {
        var checkpoints = sql.Query("select size, jws from checkpoints where tenant = @tenant and log = @log", r => (Size: r.Number(0), Jws: r.Text(1)), ("@tenant", tenant), ("@log", log)).ToLookup(c => c.Size, c => c.Jws);
        using var key = Signing(tenant);
        var @public = key is null ? null : PublicJwk.Of(key);
        var frontier = new Frontier();
        string? problem = null;
        for (var found = Page; found == Page;)
        {
            var page = sql.Query("select n, body, leaf from entries where tenant = @tenant and log = @log and n > @after order by n limit @page",
                r => (N: r.Number(0), Body: r.Bytes(1), Leaf: r.Bytes(2)), ("@tenant", tenant), ("@log", log), ("@after", frontier.Size), ("@page", Page));
            foreach (var (n, body, leaf) in page)
            {
                if (n != frontier.Size + 1 || !MerkleTree.HashLeaf(body).AsSpan().SequenceEqual(leaf)) problem ??= $"Entry {frontier.Size + 1} of the {log} of {tenant} is missing or changed.";
                frontier.Append(leaf);
                foreach (var jws in checkpoints[frontier.Size])
                    if (@public is null || !Checkpoint.TryVerify(jws, @public, out var checkpoint) || checkpoint.Tenant != tenant || checkpoint.Log != log || checkpoint.Size != frontier.Size || !checkpoint.Root.AsSpan().SequenceEqual(frontier.Root()))
                        problem ??= $"The first {frontier.Size} entries of the {log} of {tenant} are not those that were signed.";
            }
            found = page.Count;
        }
        if (frontier.Size != size) problem ??= $"The {log} of {tenant} says it has {size} entries; there are {frontier.Size}.";
        if (checkpoints.Any(c => c.Key > frontier.Size)) problem ??= $"The {log} of {tenant} was signed with more entries than it has.";
        return (new LogHead(tenant, log, frontier.Size, Convert.ToHexStringLower(frontier.Root())), problem);
    }

    private ECDsa? Signing(Guid tenant)
    {
        if (sql.First("select sealed from tenant_keys where tenant = @tenant and purpose = 'signing'", r => r.Bytes(0), ("@tenant", tenant)) is not { } stored) return null;
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(keys.Open(stored), out _);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            return null; // then its checkpoints are signed by nobody, and the report says so
        }
    }
}
