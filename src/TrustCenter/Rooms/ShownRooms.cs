using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Prospects;
using TrustCenter.Store;

namespace TrustCenter.Rooms;

/// <summary>What a reader's room showed him at a moment, from what is stored alone (ABUSE T-067).</summary>
public sealed class ShownRooms(IStore store, IEngine engine, PersonalRecords personal)
{
    /// <summary>
    /// The page as this visit saw it last by then, byte for byte; the stamp and the commands of its forms are zeros, and whoever was forgotten is not named.
    /// Null where no view is recorded, or was before pages were kept.
    /// </summary>
    public async Task<byte[]?> At(Scope scope, Guid visit, DateTimeOffset at, CancellationToken stop)
    {
        var body = await store.Query(sql => sql.First("select body from entries where tenant = @tenant and log = @log and subject = @subject and what = 'room.viewed' and utc <= @at order by n desc limit 1",
            r => r.Bytes(0), ("@tenant", scope.Tenant), ("@log", JournalEntry.Journal), ("@subject", $"visit:{visit:D}"), ("@at", at)), stop);
        if (body is null) return null;
        var facts = EntryEncoding.Decode(body).Facts.ToDictionary(f => f.Name, f => f.Value);
        if (!facts.TryGetValue(VisitRecorder.PageFact, out var sha)) return null;
        var template = await engine.Read<RoomTemplate>(scope.Id<RoomTemplate>(RoomTemplate.KeyOf(sha)), stop) ?? throw new StoreException($"The page {sha} that was shown is missing. Restore it from a backup.");
        return template.Fill(sha, await personal.Read(scope, Guid.Parse(facts["person"]), stop) ?? PersonalRecords.Forgotten, visit);
    }
}
