using System.Collections.Concurrent;
using System.IO.Compression;
using TrustCenter.Store;

namespace TrustCenter.Pages;

/// <summary>Brotli for pages: quick at once, so that a publication is seen; as tight as it gets when there is time.</summary>
public sealed class Packing(IStore store, SnapshotCache cache)
{
    private const int QuickQuality = 5, TightQuality = 11, Window = 22;

    private readonly ConcurrentQueue<(Guid Tenant, string Page, string ETag)> queue = new();

    public static byte[] Quick(byte[] body) => Pack(body, QuickQuality);

    /// <summary>Puts pages that became durable before readers, and in the queue for tight packing.</summary>
    public void Put(Guid tenant, IReadOnlyList<StoredSnapshot> changed)
    {
        cache.Swap(tenant, changed);
        foreach (var snapshot in changed.Where(s => !s.Gone && s.Brotli.Length > 0)) queue.Enqueue((tenant, snapshot.Page, snapshot.ETag));
    }

    /// <summary>Packs one waiting page tight; false when none waits. A page that changed meanwhile is passed over: it waits again further back.</summary>
    public async Task<bool> Next(CancellationToken stop)
    {
        if (!queue.TryDequeue(out var next)) return false;
        var (tenant, page, etag) = next;
        if (await store.Query(sql => SnapshotCache.Read(sql, tenant, page), stop) is not { } snapshot || snapshot.ETag != etag) return true;
        var brotli = Pack(snapshot.Body, TightQuality);
        if (brotli.Length >= snapshot.Brotli.Length) return true;
        await store.Write(sql => sql.Execute("update snapshots set brotli = @brotli where tenant = @tenant and page = @page and etag = @etag",
            ("@brotli", brotli), ("@tenant", tenant), ("@page", page), ("@etag", etag)), stop);
        cache.Swap(tenant, page, etag, brotli);
        return true;
    }

    private static byte[] Pack(byte[] body, int quality)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        return BrotliEncoder.TryCompress(body, packed, out var length, quality, Window) ? packed[..length] : [];
    }
}
