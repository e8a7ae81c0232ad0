using Microsoft.Extensions.Hosting;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Operation;

/// <summary>Removes tenants when they are due, and every hour what came too late.</summary>
public sealed class ErasureWorker(Erasure erasure, WorkerBoard board, TimeProvider clock, ILogger<ErasureWorker> log) : BackgroundService
{
    private const string Name = "deletion of tenants";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), SweepEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var swept = clock.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                if (await erasure.RunDue(stoppingToken) is > 0 and var removed) log.LogInformation("Removed {Tenants} tenants that were due.", removed);
                if (clock.GetUtcNow() - swept >= SweepEvery)
                {
                    swept = clock.GetUtcNow();
                    if (await erasure.SweepLeftovers(stoppingToken) is > 0 and var rows) log.LogWarning("Removed {Rows} rows of deleted tenants that were written after them.", rows);
                }
                board.Done(Name, Pause);
                await Task.Delay(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception failed) when (failed is StoreException or IOException or StateCorruptException)
            {
                board.Failed(Name, "A tenant could not be removed yet. The log says why.", SweepEvery / 60);
                log.LogError(failed, "A tenant could not be removed; the next attempt follows.");
                await Task.Delay(SweepEvery / 60, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }
}
