using TrustCenter.Telemetry;

namespace TrustCenter.Evidence;

/// <summary>Removes what interrupted uploads left behind, once an hour.</summary>
public sealed class SweepWorker(FileStore files, TimeProvider clock, WorkerBoard board, ILogger<SweepWorker> log) : Worker("left-over uploads", TimeSpan.FromHours(1), board, log)
{
    protected override async Task Turn(CancellationToken stop)
    {
        if (await files.Sweep(clock.GetUtcNow(), stop) is > 0 and var swept) Log.LogInformation("Swept {Chunks} chunks of uploads that came to nothing.", swept);
    }
}
