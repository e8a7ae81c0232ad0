using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace TrustCenter.Telemetry;

/// <summary>
/// A background worker: turn after turn, with a pause between. A turn that fails is logged, shown to the operator and tried again; whatever it was,
/// it stops neither this worker nor the host.
/// </summary>
/// <param name="name">As the operator reads it.</param>
/// <param name="pause">Between two turns.</param>
/// <param name="afterFailure">Between a turn that failed and the next; null: the same pause.</param>
public abstract class Worker(string name, TimeSpan pause, WorkerBoard board, ILogger log, TimeSpan? afterFailure = null) : BackgroundService
{
    protected ILogger Log => log;

    /// <summary>Each process does it for itself.</summary>
    protected virtual bool IsEverywhere => false;

    /// <summary>Before an act outside the database; what is written to it is refused without this process's lease.</summary>
    protected Task StillMine(CancellationToken stop) => board.Leases.StillMine(stop);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture; // whatever culture the vendor's app works in
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                await Wait(await TakeTurn(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
    }

    /// <summary>Everything that is due now.</summary>
    protected abstract Task Turn(CancellationToken stop);

    /// <summary>What the operator reads of a failure: a sentence of ours, never what a library says.</summary>
    protected virtual string Says(Exception failed) => "The last turn failed. The log says why.";

    /// <summary>Until the next turn.</summary>
    protected virtual Task Wait(TimeSpan time, CancellationToken stop) => Task.Delay(time, stop);

    /// <summary>One turn, if it is this process's; the time until the next.</summary>
    internal async Task<TimeSpan> TakeTurn(CancellationToken stop)
    {
        try
        {
            var isMine = true;
            if (IsEverywhere) await Turn(stop);
            else isMine = await board.Leases.Do(name, Turn, stop);
            if (isMine) board.Done(name, pause);
            else board.Elsewhere(name);
            return pause;
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            var next = afterFailure ?? pause;
            board.Failed(name, Says(failed), next);
            log.LogError(failed, "The worker “{Worker}” failed; the next attempt follows.", name);
            return next;
        }
    }
}
