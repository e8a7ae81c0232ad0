using Microsoft.Extensions.Hosting;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Journal;

/// <summary>Signs what grew, at most a second later (DESIGN, section 5).</summary>
public sealed class CheckpointWorker(JournalLog journal, TimeProvider clock, WorkerBoard board, ILogger<CheckpointWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(800); // leaves 200 ms of the second for the work

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (await Next(timer, stoppingToken))
            try
            {
                await journal.SignGrown(clock.GetUtcNow(), stoppingToken);
                board.Done("checkpoints", Pause);
            }
            catch (StoreException failed)
            {
                board.Failed("checkpoints", "No checkpoint could be signed. The log says why.", Pause);
                log.LogError(failed, "No checkpoint could be signed; the next attempt follows.");
            }
            catch (OperationCanceledException) { return; }
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken stop)
    {
        try { return await timer.WaitForNextTickAsync(stop); }
        catch (OperationCanceledException) { return false; }
    }
}
