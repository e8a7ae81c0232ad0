using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using TrustCenter.Pages;
using TrustCenter.Redis;
using TrustCenter.Rooms;
using TrustCenter.Store;

namespace TrustCenter.Telemetry;

/// <summary>What is read off when somebody collects: depths and sizes.</summary>
public sealed class Gauges(IStore store, SnapshotCache snapshots, VisitRecorder visits, RedisLink redis, ILogger<Gauges> log) : IHostedService, IDisposable
{
    private readonly Meter meter = new(Signals.Name);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.CreateObservableGauge("trustcenter.mails.waiting", () => Count("select count(*) from mails where state = 'waiting'"), "{mail}", "Mails that wait to leave");
        meter.CreateObservableGauge("trustcenter.mails.failed", () => Count("select count(*) from mails where state = 'failed'"), "{mail}", "Mails that were given up");
        meter.CreateObservableGauge("trustcenter.outbox", () => Count("select count(*) from outbox"), "{vendor}", "Vendors whose pages wait to be compiled");
        meter.CreateObservableGauge("trustcenter.snapshots.bytes", () => snapshots.Size, "By", "Compiled pages in memory");
        meter.CreateObservableCounter("trustcenter.views.dropped", () => visits.Dropped, "{view}", "Views of rooms that were not recorded");
        if (redis.IsWished) meter.CreateObservableGauge("trustcenter.redis.up", () => redis.IsUp ? 1 : 0, description: "1 while Redis answers");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<long>> Count(string sql)
    {
        try { return [new(store.Query(s => s.Number(sql)).GetAwaiter().GetResult())]; }
        catch (StoreException failed)
        {
            log.LogWarning(failed, "A figure could not be read for the metrics.");
            return [];
        }
    }
}
