using Microsoft.Extensions.Hosting;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Evidence;

/// <summary>Removes what interrupted uploads left behind, once an hour.</summary>
public sealed class SweepWorker(FileStore files, TimeProvider clock, WorkerBoard board, ILogger<SweepWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    board.Done("sweep", TimeSpan.FromHours(1));
                    if (await files.Sweep(clock.GetUtcNow(), stoppingToken) is > 0 and var swept) log.LogInformation("Swept {Chunks} chunks of uploads that came to nothing.", swept);
                }
                catch (StoreException failed)
                {
                    board.Failed("sweep", "Left-over uploads could not be swept. The log says why.", TimeSpan.FromHours(1));
                    log.LogError(failed, "Left-over uploads could not be swept; the next attempt follows.");
                }
                await Task.Delay(TimeSpan.FromHours(1), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
    }
}
