using System.Collections.Concurrent;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Pages;

/// <summary>
/// Compiled pages in memory, bounded; a miss is one read by primary key and never a rendering. A compile swaps what it changed right
/// after its commit is durable.
/// </summary>
public sealed class SnapshotCache(IStore store) : ITenantMemory
{
    public const long Most = 256L * 1024 * 1024; // bytes, of all vendors together

    private readonly ConcurrentDictionary<(Guid Tenant, string Page), CachedPage> pages = new();
    private readonly Lock change = new();
    private long size; // bytes
    private long swaps; // so that a read that began before a swap does not put the old page back

    public long Size => Interlocked.Read(ref size);

    /// <summary>Reads from the database so far: a test's proof that a cached page asks nobody.</summary>
    public long Misses => Interlocked.Read(ref misses);
    private long misses;

    public ValueTask<CachedPage?> Find(Guid tenant, string page, CancellationToken stop)
        => Held(tenant, page) is { } found ? new(found) : new(Load(tenant, page, stop));

    /// <summary>What is in memory now; null may still be in the database.</summary>
    public CachedPage? Held(Guid tenant, string page)
    {
        if (!pages.TryGetValue((tenant, page), out var found)) return null;
        Signals.Snapshot(isHit: true);
        found.UsedAt = Environment.TickCount64;
        return found;
    }

    /// <summary>Puts what changed in the place of what was there, all of it or none for a reader that comes after.</summary>
    public void Swap(Guid tenant, IReadOnlyList<StoredSnapshot> changed)
    {
        lock (change)
        {
            swaps++;
            foreach (var snapshot in changed)
                if (snapshot.Gone) Remove((tenant, snapshot.Page));
                else Put((tenant, snapshot.Page), new CachedPage(snapshot));
        }
    }

    /// <summary>The same page, packed tighter; nothing happens when the page has changed meanwhile.</summary>
    public void Swap(Guid tenant, string page, string etag, byte[] brotli)
    {
        lock (change)
            if (pages.TryGetValue((tenant, page), out var found) && found.ETag == etag) Put((tenant, page), found.WithBrotli(brotli));
    }

    public void Forget(Guid tenant)
    {
        lock (change)
        {
            swaps++;
            foreach (var key in pages.Keys.Where(k => k.Tenant == tenant).ToList()) Remove(key);
        }
    }

    public async Task Refresh(IReadOnlySet<Guid> tenants, CancellationToken stop)
    {
        lock (change) swaps++; // what is being read may be of before
        var held = pages.Where(p => tenants.Contains(p.Key.Tenant)).ToList();
        if (held.Count == 0) return;
        var differing = await store.Query(sql => held.GroupBy(p => p.Key.Tenant).SelectMany(vendor => Differing(sql, vendor.Key, vendor)).ToList(), stop);
        lock (change)
            foreach (var (old, fresh) in differing)
                if (!pages.TryGetValue(old.Key, out var now) || now.ETag != old.Value.ETag) continue; // this process was faster
                else if (fresh is null) Remove(old.Key);
                else Put(old.Key, new CachedPage(fresh));
    }

    private static List<(KeyValuePair<(Guid Tenant, string Page), CachedPage> Old, StoredSnapshot? Fresh)> Differing(Sql sql, Guid tenant, IEnumerable<KeyValuePair<(Guid Tenant, string Page), CachedPage>> held)
    {
        var stored = sql.Query("select page, etag from snapshots where tenant = @tenant", r => (Page: r.Text(0), ETag: r.Text(1)), ("@tenant", tenant)).ToDictionary(s => s.Page, s => s.ETag);
        return [.. held.Where(p => stored.GetValueOrDefault(p.Key.Page) != p.Value.ETag).Select(p => (p, Read(sql, tenant, p.Key.Page)))];
    }

    private async Task<CachedPage?> Load(Guid tenant, string page, CancellationToken stop)
    {
        long before;
        lock (change) before = swaps;
        Interlocked.Increment(ref misses);
        Signals.Snapshot(isHit: false);
        if (page == PageNames.Made || await store.Query(sql => Read(sql, tenant, page), stop) is not { } snapshot) return null;
        var loaded = new CachedPage(snapshot);
        lock (change)
            if (swaps == before) Put((tenant, page), loaded);
        return loaded;
    }

    public static StoredSnapshot? Read(Sql sql, Guid tenant, string page)
        => sql.First("select content_type, body, brotli, etag, utc from snapshots where tenant = @tenant and page = @page",
            r => new StoredSnapshot(page, r.Text(0), r.Bytes(1), r.Bytes(2), r.Text(3), r.Time(4)), ("@tenant", tenant), ("@page", page));

    private void Put((Guid, string) key, CachedPage page)
    {
        Remove(key);
        page.UsedAt = Environment.TickCount64;
        pages[key] = page;
        size += page.Size;
        if (size > Most) EvictIdle();
    }

    private void Remove((Guid, string) key)
    {
        if (pages.TryRemove(key, out var old)) size -= old.Size;
    }

    private void EvictIdle()
    {
        foreach (var (key, _) in pages.OrderBy(p => p.Value.UsedAt).ToList())
        {
            if (size <= Most / 10 * 9) return;
            Remove(key);
        }
    }
}
