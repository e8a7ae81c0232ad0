using System.IO.Compression;
using TrustCenter.Store;

namespace TrustCenter.Pages;

/// <summary>
/// Brotli for pages: quick at once, so that a publication is seen; as tight as it gets when there is time. Which vendors wait for that stands in
/// the outbox, written with the pages, so that a stop in between leaves no page behind.
/// </summary>
public sealed class Packing(IStore store, SnapshotCache cache)
{
    private const int QuickQuality = 5, TightQuality = 11;
    private const int QuickWindow = 21, TightWindow = 22; // log2 of bytes, both far above a page: the stream's head tells the two apart
    private const byte TightHead = 0b1011, HeadBits = 0b1111; // WBITS of window 22 (RFC 7932, section 9.1)

    private readonly Queue<(string Page, string ETag)> pages = new();
    private readonly SemaphoreSlim turn = new(1);
    private (Guid Tenant, long N) now;

    public static byte[] Quick(byte[] body) => Pack(body, QuickQuality, QuickWindow);

    public static bool IsTight(ReadOnlySpan<byte> brotli) => brotli.Length > 0 && (brotli[0] & HeadBits) == TightHead;

    /// <summary>Packs one waiting page tight; false when none waits.</summary>
    public async Task<bool> Next(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            if (pages.Count == 0 && !await Begin(stop)) return false;
            if (pages.TryDequeue(out var next)) await PackTight(now.Tenant, next.Page, next.ETag, stop);
            if (pages.Count == 0) await store.Write(sql => sql.Execute("delete from outbox where tenant = @tenant and kind = 'pack' and n = @n", ("@tenant", now.Tenant), ("@n", now.N)), stop);
            return true;
        }
        finally { turn.Release(); }
    }

    private Task<bool> Begin(CancellationToken stop) => store.Query(sql =>
    {
        if (sql.First("select tenant, n from outbox where kind = 'pack'", r => ((Guid, long)?)(r.Id(0), r.Number(1))) is not { } waiting) return false;
        now = waiting;
        var found = sql.Query("select page, etag, brotli from snapshots where tenant = @tenant and page <> @made", r => (Page: r.Text(0), ETag: r.Text(1), IsDone: IsTight(r.Bytes(2))),
            ("@tenant", now.Tenant), ("@made", PageNames.Made));
        foreach (var (page, etag, _) in found.Where(f => !f.IsDone)) pages.Enqueue((page, etag));
        return true;
    }, stop);

    // A page that changed meanwhile is passed over: its own publication put the vendor into the outbox again.
    private async Task PackTight(Guid tenant, string page, string etag, CancellationToken stop)
    {
        if (await store.Query(sql => SnapshotCache.Read(sql, tenant, page), stop) is not { } snapshot || snapshot.ETag != etag) return;
        var brotli = Pack(snapshot.Body, TightQuality, TightWindow);
        if (brotli.Length >= snapshot.Brotli.Length) return;
        await store.Write(sql => sql.Execute("update snapshots set brotli = @brotli where tenant = @tenant and page = @page and etag = @etag",
            ("@brotli", brotli), ("@tenant", tenant), ("@page", page), ("@etag", etag)), stop);
        cache.Swap(tenant, page, etag, brotli);
    }

    private static byte[] Pack(byte[] body, int quality, int window)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        return BrotliEncoder.TryCompress(body, packed, out var length, quality, window) ? packed[..length] : [];
    }
}
