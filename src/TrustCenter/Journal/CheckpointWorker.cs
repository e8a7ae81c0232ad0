using TrustCenter.Telemetry;

namespace TrustCenter.Journal;

/// <summary>Signs what grew, at most a second later (DESIGN, section 5).</summary>
public sealed class CheckpointWorker(JournalLog journal, TimeProvider clock, WorkerBoard board, ILogger<CheckpointWorker> log)
    : Worker("checkpoints", TimeSpan.FromMilliseconds(800), board, log) // leaves 200 ms of the second for the work
{
    protected override Task Turn(CancellationToken stop) => journal.SignGrown(clock.GetUtcNow(), stop);
}
