using System.Collections.Concurrent;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Tenants;

/// <param name="IsOpen">Pages, rooms and console answer.</param>
/// <param name="LinksSuspended">Links made before this are closed until they are approved again; null: none is.</param>
public sealed record Standing(bool IsOpen, DateTimeOffset? LinksSuspended)
{
    public static readonly Standing Ordinary = new(true, null);
}

/// <summary>
/// How each tenant stands, from memory: the gate and every door ask at each request. What changes it is decided here, so that memory is never behind
/// an acknowledged decision of this process; where others decide too, the database is asked.
/// </summary>
public sealed class TenantStandings(IStore store, IEngine engine) : ITenantMemory
{
    private readonly ConcurrentDictionary<Guid, Standing> known = new();
    private readonly Lock change = new();
    private long changes; // so that a read that began before a change does not put the old standing back

    public ValueTask<Standing> Find(Guid tenant, CancellationToken stop) => !store.IsShared && known.TryGetValue(tenant, out var standing) ? new(standing) : new(Load(tenant, stop));

    /// <summary>Whether memory knows it to be open, for public pages; false says nothing. Of another process's decision it knows a moment later.</summary>
    public bool IsKnownOpen(Guid tenant) => known.TryGetValue(tenant, out var standing) && standing.IsOpen;

    public async Task<Outcome> Decide(Guid tenant, Command<Tenancy> command, Actor by, CancellationToken stop)
    {
        try { return await engine.Decide(Platform.Scope.Id<Tenancy>(tenant), command, by, stop); }
        finally { Forget(tenant); }
    }

    public async Task<Outcome> Decide(Guid tenant, Command<LinkSuspension> command, Actor by, CancellationToken stop)
    {
        try { return await engine.Decide(new Scope(tenant).Id<LinkSuspension>(LinkSuspension.Only), command, by, stop); }
        finally { Forget(tenant); }
    }

    public void Forget(Guid tenant)
    {
        lock (change)
        {
            changes++;
            known.TryRemove(tenant, out _);
        }
    }

    public async Task Refresh(IReadOnlySet<Guid> tenants, CancellationToken stop)
    {
        lock (change) changes++; // what is being read may be of before
        var differing = known.Keys.Where(tenants.Contains).ToHashSet();
        if (tenants.Contains(Platform.Scope.Tenant))
        {
            var closed = (await store.Query(sql => sql.Query("select id from tenancy_rows where tenant = @platform and status <> 'Active'", r => r.Id(0), ("@platform", Platform.Scope.Tenant)), stop)).ToHashSet();
            foreach (var (tenant, standing) in known)
                if (standing.IsOpen == closed.Contains(tenant)) differing.Add(tenant);
        }
        foreach (var tenant in differing)
            try
            {
                // What was not remembered, because something changed here meanwhile, is asked for again by whoever comes.
                if (await Load(tenant, stop) is var fresh && known.GetValueOrDefault(tenant) != fresh) Forget(tenant);
            }
            catch (StateCorruptException) { Forget(tenant); } // whoever asks for this vendor is told; the others' news come
    }

    private async Task<Standing> Load(Guid tenant, CancellationToken stop)
    {
        long before;
        lock (change) before = changes;
        var tenancy = await engine.Read<Tenancy>(Platform.Scope.Id<Tenancy>(tenant), stop);
        var links = await engine.Read<LinkSuspension>(new Scope(tenant).Id<LinkSuspension>(LinkSuspension.Only), stop);
        var standing = tenancy is null && links?.Since is null ? Standing.Ordinary : new Standing(tenancy?.IsOpen ?? true, links?.Since);
        lock (change)
            if (changes == before) known[tenant] = standing;
        return standing;
    }
}
