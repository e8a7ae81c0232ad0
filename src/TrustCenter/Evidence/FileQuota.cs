using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Evidence;

/// <summary>
/// How much one vendor may keep. What counts lies in the database, so it is the same after a restart; what interrupted uploads left behind
/// does not count. Uploads that end together reserve their room here first; over several processes they may go over by their own length.
/// </summary>
public sealed class FileQuota(IStore store, FileStore staged, IOptions<TrustCenterOptions> options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, List<Room>> reserved = [];

    private string Full => $"The storage for files is full: {options.Value.MostFiles:N0} files or {options.Value.FileRoom:N0} MiB in all. Ask your operator for more.";

    /// <summary>Decides about staged files as far as there is room for them; of what no decision took nothing is left.</summary>
    public async Task<Outcome> Keep(Scope scope, IReadOnlyList<StagedFile> files, Func<Task<Outcome>> decide, CancellationToken stop)
    {
        using var room = await Reserve(scope, files, stop);
        try { return room is null ? new Outcome.Refused([new Problem(EvidenceIntake.FileField, Full)]) : await decide(); }
        finally { await GiveBack(scope, files); } // also of what was done before: the same request again brought the bytes again
    }

    /// <summary>Nothing is decided about these.</summary>
    public Task GiveBack(Scope scope, IEnumerable<StagedFile> files) => staged.Drop(scope, files.Select(f => f.Upload));

    // Room for these files until the decision that names them is durable; null when there is none.
    private async Task<IDisposable?> Reserve(Scope scope, IReadOnlyList<StagedFile> files, CancellationToken stop)
    {
        // The reservation comes first and the look after it: of two that come together each sees the other.
        var room = new Room(this, scope.Tenant, files);
        lock (gate)
        {
            if (!reserved.TryGetValue(scope.Tenant, out var rooms)) reserved.Add(scope.Tenant, rooms = []);
            rooms.Add(room);
        }
        try
        {
            var (bytes, count) = await Wanted(scope, stop);
            if (bytes <= options.Value.FileRoom * 1024 * 1024 && count <= options.Value.MostFiles) return room;
        }
        catch
        {
            room.Dispose();
            throw;
        }
        room.Dispose();
        return null;
    }

    // What stands, and what is on its way and does not stand yet.
    private async Task<(long Bytes, long Count)> Wanted(Scope scope, CancellationToken stop)
    {
        List<StagedFile> files;
        lock (gate) files = [.. reserved[scope.Tenant].SelectMany(room => room.Files).DistinctBy(file => file.Sha)];
        return await store.Query(sql =>
        {
            var fresh = files.Where(f => sql.Number("select count(*) from blobs where tenant = @tenant and sha = @sha", ("@tenant", scope.Tenant), ("@sha", Convert.FromHexString(f.Sha))) == 0).ToList();
            return (sql.Number("select coalesce(sum(size), 0) from blobs where tenant = @tenant", ("@tenant", scope.Tenant)) + fresh.Sum(f => f.Length),
                sql.Number("select count(*) from blobs where tenant = @tenant", ("@tenant", scope.Tenant)) + fresh.Count);
        }, stop);
    }

    private void Leave(Room room)
    {
        lock (gate)
            if (reserved.TryGetValue(room.Tenant, out var rooms) && rooms.Remove(room) && rooms.Count == 0) reserved.Remove(room.Tenant);
    }

    private sealed record Room(FileQuota Quota, Guid Tenant, IReadOnlyList<StagedFile> Files) : IDisposable
    {
        public void Dispose() => Quota.Leave(this);
    }
}
