using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Tenants;

/// <summary>Looks again at every proven host name, once a day; at one whose record is missing, every hour.</summary>
public sealed class HostWorker(HostProof proof, IEngine engine, IStore store, TimeProvider clock, WorkerBoard board, ILogger<HostWorker> log)
    : Worker("host names", TimeSpan.FromMinutes(10), board, log)
{
    private static readonly TimeSpan WhenFailing = TimeSpan.FromHours(1);

    protected override Task Turn(CancellationToken stop) => CheckDue(stop);

    /// <summary>Every name that is due now.</summary>
    public async Task CheckDue(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var rows = await store.Query(sql => sql.Query("select tenant, id from host_rows where proven is not null and checked <= @before order by checked", r => (Scope: new Scope(r.Id(0)), Id: r.Id(1)), ("@before", now - WhenFailing)), stop);
        foreach (var (scope, id) in rows)
            try { await CheckOne(scope, id, now, stop); }
            catch (Exception failed) when (failed is StoreException or StateCorruptException) { Log.LogError(failed, "A host name of {Tenant} could not be looked at; the others are.", scope.Tenant); }
    }

    private async Task CheckOne(Scope scope, Guid id, DateTimeOffset now, CancellationToken stop)
    {
        if ((await engine.Read<HostNames>(scope.Id<HostNames>(HostNames.Only), stop))?.Find(id) is not { Checked: { } last } name) return;
        if (now - last >= (name.FailingSince is null ? HostName.CheckEvery : WhenFailing)) await proof.Check(scope, id, Actor.System, stop);
    }
}
