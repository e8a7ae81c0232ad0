using Microsoft.Extensions.Hosting;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Tenants;

/// <summary>Looks again at every proven host name, once a day; at one whose record is missing, every hour.</summary>
public sealed class HostWorker(HostProof proof, IEngine engine, IStore store, TimeProvider clock, ILogger<HostWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WhenFailing = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try { await CheckDue(stoppingToken); }
                catch (Exception failed) when (failed is StoreException or StateCorruptException) { log.LogError(failed, "The host names could not be looked at; the next attempt follows."); }
                await Task.Delay(Pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
    }

    /// <summary>Every name that is due now.</summary>
    public async Task CheckDue(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var rows = await store.Query(sql => sql.Query("select tenant, id from host_rows where proven is not null and checked <= @before order by checked", r => (Scope: new Scope(r.Id(0)), Id: r.Id(1)), ("@before", now - WhenFailing)), stop);
        foreach (var (scope, id) in rows)
        {
            if ((await engine.Read<HostNames>(scope.Id<HostNames>(HostNames.Only), stop))?.Find(id) is not { Checked: { } last } name) continue;
            if (now - last >= (name.FailingSince is null ? HostName.CheckEvery : WhenFailing)) await proof.Check(scope, id, Actor.System, stop);
        }
    }
}
