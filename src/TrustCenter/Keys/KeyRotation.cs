using System.Security.Cryptography;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Keys;

/// <summary>
/// A new root for the host's key: every seal and every sealed value in the database is made anew under it, in one transaction, while no host runs.
/// The new key lies beside the old one before that transaction and takes its place after it, so that a crash leaves a key that fits.
/// </summary>
/// <param name="file">The host's key.</param>
public sealed class KeyRotation(string file)
{
    internal const string Next = ".next";

    private const int Page = 500; // rows read at a time

    /// <param name="open">Opens the database as a host of these keys does.</param>
    /// <returns>Where the old key was put: backups that were made under it need it.</returns>
    /// <exception cref="StoreException">A host works on the database, it is under another key, or a state is not what its seal says. Nothing was changed.</exception>
    public async Task<string> Run<TStore>(Func<HostKeys, TStore> open, CancellationToken stop) where TStore : IStore, IStoreUpkeep, IAsyncDisposable
    {
        var keys = new HostKeys(await File.ReadAllBytesAsync(file, stop));
        if (!await IsTurned(open, stop)) await Turn(open, keys, stop);
        var aside = $"{file}.{keys.Name}";
        File.Copy(file, aside, overwrite: true);
        File.Move(file + Next, file, overwrite: true); // at every moment there is a key under the name
        return aside;
    }

    // Whether an earlier run came as far as its transaction: then the next key is the one that fits.
    private async Task<bool> IsTurned<TStore>(Func<HostKeys, TStore> open, CancellationToken stop) where TStore : IStore, IStoreUpkeep, IAsyncDisposable
    {
        if (!File.Exists(file + Next)) return false;
        var next = new HostKeys(await File.ReadAllBytesAsync(file + Next, stop));
        try
        {
            await using var store = open(next);
            return await store.Query(Name, stop) == next.Name;
        }
        catch (StoreException) { return false; } // it is under the old key, or cannot be opened at all: the old key will tell
    }

    private async Task Turn<TStore>(Func<HostKeys, TStore> open, HostKeys keys, CancellationToken stop) where TStore : IStore, IStoreUpkeep, IAsyncDisposable
    {
        await using var store = open(keys);
        if (await store.Query(Name, stop) is { } name && name != keys.Name) throw new StoreException($"The database is under another key than {file}, one named {name}. Put that key in its place, and rotate again.");
        if (await store.Query(sql => sql.Number($"select count(*) from leases where until > {sql.Dialect.Clock}", ("@now", DateTimeOffset.UtcNow)), stop) > 0)
            throw new StoreException("A host works on the database. Stop all of them, wait ten seconds, and rotate again.");
        File.Delete(file + Next); // the old key fits, so nothing is under this one
        HostKeys.KeepAs(file + Next, HostKeys.Rotated(await File.ReadAllBytesAsync(file, stop)));
        var next = new HostKeys(await File.ReadAllBytesAsync(file + Next, stop));
        try { await store.Write(sql => Turn(sql, keys, next), stop); }
        catch (StoreException) when (store.Query(Name, stop).GetAwaiter().GetResult() != next.Name)
        {
            File.Delete(file + Next);
            throw;
        }
        await store.Rewrite(long.MaxValue, stop); // what was sealed under the old key leaves the free pages too
    }

    private static string? Name(Sql sql) => sql.First("select name from store_key where id = 1", r => r.Text(0));

    private static void Turn(Sql sql, HostKeys keys, HostKeys next)
    {
        States(sql, keys, next);
        Values(sql, keys, next, "tenant_keys", "purpose", "sealed");
        Values(sql, keys, next, "personal", "id", "sealed_key");
        Values(sql, keys, next, "mails", "id", "sealed");
        sql.Execute("insert into store_key (id, name) values (1, @name) on conflict (id) do update set name = excluded.name", ("@name", next.Name));
    }

    private static void States(Sql sql, HostKeys keys, HostKeys next)
    {
        var (after, found) = (new AggregateId(Guid.Empty, "", Guid.Empty), Page);
        while (found == Page)
        {
            var page = sql.Query("select tenant, kind, key, etag, format, body, done, mac from states where (tenant, kind, key) > (@tenant, @kind, @key) order by tenant, kind, key limit @page",
                r => (Id: new AggregateId(r.Id(0), r.Text(1), r.Id(2)), State: new StoredState(r.Number(3), r.Number(4), r.Bytes(5), r.Text(6), r.Bytes(7))),
                ("@tenant", after.Tenant), ("@kind", after.Kind), ("@key", after.Key), ("@page", Page));
            foreach (var (id, state) in page)
            {
                state.Check(keys, id);
                sql.Execute("update states set mac = @mac where tenant = @tenant and kind = @kind and key = @key",
                    ("@mac", next.StateMac(id, state.Etag, StoredState.CurrentFormat, state.Body, state.Done)), ("@tenant", id.Tenant), ("@kind", id.Kind), ("@key", id.Key));
                after = id;
            }
            found = page.Count;
        }
    }

    // One sealed column of a table whose rows have a tenant and a name within it.
    private static void Values(Sql sql, HostKeys keys, HostKeys next, string table, string name, string column)
    {
        var found = Page;
        for (object? tenant = Array.Empty<byte>(), after = name == "id" ? Array.Empty<byte>() : ""; found == Page;)
        {
            var page = sql.Query($"select tenant, {name}, {column} from {table} where (tenant, {name}) > (@tenant, @name) order by tenant, {name} limit @page",
                r => (Tenant: r.Value(0), Name: r.Value(1), Sealed: r.Bytes(2)), ("@tenant", tenant), ("@name", after), ("@page", Page));
            foreach (var row in page)
            {
                sql.Execute($"update {table} set {column} = @sealed where tenant = @tenant and {name} = @name", ("@sealed", next.Seal(keys.Open(row.Sealed))), ("@tenant", row.Tenant), ("@name", row.Name));
                (tenant, after) = (row.Tenant, row.Name);
            }
            found = page.Count;
        }
    }
}
