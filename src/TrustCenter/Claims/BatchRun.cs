using System.Collections.Concurrent;
using System.Diagnostics;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Claims;

/// <summary>Carries out a batch claim by claim, each in a decision of its own, and writes down what came of it.</summary>
public sealed class BatchRun(IEngine engine, IStore store, TimeProvider clock, ILogger<BatchRun> log)
{
    private static readonly TimeSpan Interrupted = TimeSpan.FromSeconds(30); // a batch that is open for so long was stopped in the middle
    private readonly ConcurrentDictionary<AggregateId, bool> failed = new(); // until the next start; each of them is in the log

    /// <summary>Runs what is not finished; a second run finds every decision made and says the same.</summary>
    public async Task Finish(AggregateId id, CancellationToken stop)
    {
        if (await engine.Read<ClaimBatch>(id, stop) is not { Results: null } batch) return;
        var scope = new Scope(id.Tenant);
        var may = await engine.StillMay(store, scope, batch.By, batch.Key, batch.Act == BatchAct.Publish ? Right.Approve : Right.Write, stop);
        var results = new List<BatchResult>(batch.Items.Count);
        foreach (var item in batch.Items)
        {
            // Asked first: what was done before the right was taken away stays done, and nothing is done after.
            var outcome = may ? await engine.Decide(scope.Id<Claim>(item.Claim), batch.CommandFor(id.Key, item), batch.Actor, stop)
                : new Outcome.Refused([new Problem("", "Whoever began this may not do it any more.")]);
            results.Add(ResultOf(item.Claim, outcome));
        }
        await engine.Decide(id, new FinishClaimBatch { Id = Guid.CreateVersion7(), Results = results }, batch.Actor, stop);
    }

    /// <summary>Finishes what a stop interrupted.</summary>
    public async Task FinishLeftOver(CancellationToken stop)
    {
        var open = await store.Query(sql => sql.Query("select tenant, id from claim_batch_rows where finished = 0 and begun < @before limit 100", r => new Scope(r.Id(0)).Id<ClaimBatch>(r.Id(1)), ("@before", clock.GetUtcNow() - Interrupted)), stop);
        foreach (var id in open.Where(id => !failed.ContainsKey(id)))
            try { await Finish(id, stop); }
            catch (StateCorruptException broken)
            {
                log.LogCritical(broken, "{Batch} cannot be finished.", id);
                failed[id] = true;
            }
    }

    private static BatchResult ResultOf(Guid claim, Outcome outcome) => outcome switch
    {
        Outcome.Done done => new BatchResult(claim, done.Number, null),
        Outcome.Refused refused => new BatchResult(claim, 0, refused.Why),
        Outcome.Stale => new BatchResult(claim, 0, "It was changed meanwhile. Look at it again."),
        Outcome.Missing => new BatchResult(claim, 0, "It is not there."),
        _ => throw new UnreachableException(outcome.GetType().Name),
    };
}
