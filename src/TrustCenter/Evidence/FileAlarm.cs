using System.Collections.Concurrent;
using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Evidence;

/// <summary>What happens when stored bytes are not what was uploaded: a line for whoever runs the service, an entry in the vendor's journal (ABUSE T-052).</summary>
public sealed class FileAlarm(IStore store, HostKeys keys, TimeProvider clock, ILogger<FileAlarm> log)
{
    /// <summary>The journal's word for it.</summary>
    public const string Damaged = "file.damaged";

    private static readonly TimeSpan Again = TimeSpan.FromHours(1); // an entry for each request would let a reader fill the journal
    private const int MostRemembered = 1_000; // chunks

    private readonly ConcurrentDictionary<ChunkKey, DateTimeOffset> told = new();

    public async Task Raise(StoreException failed)
    {
        if (failed is not FileDamagedException { Chunk: var chunk })
        {
            log.LogError(failed, "A file could not be read.");
            return;
        }
        log.LogCritical(failed, "A stored file is damaged: nothing of the chunk was served.");
        var now = clock.GetUtcNow();
        if (told.TryGetValue(chunk, out var last) && now - last < Again) return;
        if (told.Count >= MostRemembered) told.Clear();
        told[chunk] = now;
        await Enter(chunk, now);
    }

    private async Task Enter(ChunkKey chunk, DateTimeOffset now)
    {
        var id = new AggregateId(chunk.Scope.Tenant, "file", chunk.Upload);
        var happening = new Happening(Damaged, new Fact("upload", chunk.Upload.ToString("N")), new Fact("chunk", chunk.Number.ToString(CultureInfo.InvariantCulture)));
        try { await store.Commit(new Commit { Tenant = id.Tenant, Entries = [.. PendingEntry.From([happening], Actor.System, id, now, keys.StateHash(id, 0, []))] }, CancellationToken.None); }
        catch (StoreException failed) { log.LogError(failed, "The damage could not be entered into the journal."); }
    }
}
