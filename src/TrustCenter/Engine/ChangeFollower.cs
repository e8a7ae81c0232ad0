using Microsoft.Extensions.Options;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;

namespace TrustCenter.Engine;

/// <summary>
/// Sees what other processes changed by the numbers that their commits raised, and has memory replace what followed from it. What a gate asks is
/// asked of the database itself; this is for what may be a second old. A signal only makes it look sooner. A process alone has nobody to follow.
/// </summary>
public sealed class ChangeFollower(IStore store, IEnumerable<ITenantMemory> memories, ChangeSignal signal, IOptions<TrustCenterOptions> options, WorkerBoard board, ILogger<ChangeFollower> log)
    : Worker("changes of other processes", options.Value.LookForChanges, board, log)
{
    private const long Overlap = 30_000_000; // microseconds; no transaction that raised a number is open for longer

    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(20); // between two looks, however many signals come

    private readonly Dictionary<Guid, long> seen = []; // the content that memory may stand for
    private readonly HashSet<Guid> deleted = [];
    private long newest;

    protected override bool IsEverywhere => true;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => store.IsShared ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override async Task Turn(CancellationToken stop)
    {
        var changed = await store.Query(sql =>
        {
            newest = Math.Min(newest, sql.Number($"select {sql.Dialect.Clock}")); // the database's clock may have been set back
            return sql.Query("select tenant, content, changed from heads where changed > @since", r => (Tenant: r.Id(0), Content: r.Number(1), At: r.Number(2)), ("@since", newest - Overlap));
        }, stop);
        var fresh = changed.Where(c => !seen.TryGetValue(c.Tenant, out var known) || known != c.Content).Select(c => c.Tenant).ToHashSet();
        if (fresh.Count > 0)
        {
            await Task.WhenAll(memories.Select(memory => memory.Refresh(fresh, stop)));
            if (fresh.Contains(Platform.Scope.Tenant)) await LetGoOfDeleted(stop);
        }
        // Only now: what a failure left as it was is looked at again.
        foreach (var (tenant, content, at) in changed)
        {
            newest = Math.Max(newest, at);
            seen[tenant] = content;
        }
        // What lies behind the overlap is not read again.
        if (seen.Count > changed.Count) foreach (var old in seen.Keys.Except(changed.Select(c => c.Tenant)).ToList()) seen.Remove(old);
    }

    protected override async Task Wait(TimeSpan time, CancellationToken stop)
    {
        await Task.Delay(Gap, stop);
        await signal.Others.Wait(time - Gap, stop);
    }

    private async Task LetGoOfDeleted(CancellationToken stop)
    {
        foreach (var tenant in await store.Query(sql => sql.Query("select id from tenancy_rows where tenant = @platform and status = 'Deleted'", r => r.Id(0), ("@platform", Platform.Scope.Tenant)), stop))
            if (deleted.Add(tenant))
                foreach (var memory in memories) memory.Forget(tenant);
    }
}
