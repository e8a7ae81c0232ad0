using TrustCenter.Telemetry;

namespace TrustCenter.Operation;

/// <summary>Removes tenants when they are due, and every hour what came too late.</summary>
public sealed class ErasureWorker(Erasure erasure, WorkerBoard board, TimeProvider clock, ILogger<ErasureWorker> log)
    : Worker("deletion of tenants", TimeSpan.FromSeconds(1), board, log, afterFailure: TimeSpan.FromMinutes(1))
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private DateTimeOffset swept = clock.GetUtcNow();

    protected override async Task Turn(CancellationToken stop)
    {
        if (await erasure.RunDue(stop) is > 0 and var removed) Log.LogInformation("Removed {Tenants} tenants that were due.", removed);
        if (clock.GetUtcNow() - swept < SweepEvery) return;
        swept = clock.GetUtcNow();
        if (await erasure.SweepLeftovers(stop) is > 0 and var rows) Log.LogWarning("Removed {Rows} rows of deleted tenants that were written after them.", rows);
    }
}
