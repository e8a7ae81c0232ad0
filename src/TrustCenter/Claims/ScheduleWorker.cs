using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Claims;

/// <summary>
/// Publishes what was approved for an hour that has come, at the latest a second later, and after a standstill at once; finishes batches that
/// a stop interrupted. Publishing is a decision like any other, so that two of these still publish once.
/// </summary>
public sealed class ScheduleWorker(IStore store, IEngine engine, BatchRun batches, TimeProvider clock, WorkerBoard board, ILogger<ScheduleWorker> log)
    : Worker("hours of publication", TimeSpan.FromMilliseconds(500), board, log, afterFailure: TimeSpan.FromSeconds(30)) // half of the second in which an hour is kept
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30); // until a claim that failed is tried again; the others go on
    private const int AtOnce = 500; // claims of one look

    // What a suspended vendor approved waits until he is open again.
    private const string Due = """
        select tenant, id from claim_rows where publish_at <= @now
          and not exists (select 1 from tenancy_rows t where t.id = claim_rows.tenant and t.status <> 'Active') order by publish_at limit @most
        """;

    private readonly Dictionary<AggregateId, DateTimeOffset> later = [];

    protected override async Task Turn(CancellationToken stop)
    {
        await PublishDue(stop);
        await batches.FinishLeftOver(stop);
    }

    /// <summary>Everything whose hour has come; how many were published.</summary>
    public async Task<int> PublishDue(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var due = await store.Query(sql => sql.Query(Due, r => new Scope(r.Id(0)).Id<Claim>(r.Id(1)), ("@now", now), ("@most", AtOnce)), stop);
        var published = 0;
        foreach (var id in due.Where(d => later.GetValueOrDefault(d) <= now))
            if (await Publish(id, now, stop)) published++;
        return published;
    }

    private async Task<bool> Publish(AggregateId id, DateTimeOffset now, CancellationToken stop)
    {
        try
        {
            if (await engine.Read<Claim>(id, stop) is not { Proposal: { Stage: ProposalStage.Approved } proposal }) return false; // cancelled or changed since the list was read
            if (!await engine.StillMay(store, new Scope(id.Tenant), proposal.Approver!.Value, proposal.ApproverKey, Right.Approve, stop))
            {
                Log.LogWarning("{Claim} was not published at its hour: whoever approved it may not approve any more. It waits for somebody else.", id);
                await engine.Decide(id, new CancelClaimSchedule { Id = Guid.CreateVersion7(), Edit = proposal.Edit }, Actor.System, stop);
                return false;
            }
            return await engine.Decide(id, new PublishDueClaim { Id = Guid.CreateVersion7(), Edit = proposal.Edit }, Actor.System, stop) is Outcome.Done;
        }
        catch (Exception failed) when (failed is StoreException or StateCorruptException)
        {
            Log.LogError(failed, "{Claim} could not be published at its hour; the next attempt follows.", id);
            later[id] = now + AfterFailure;
            return false;
        }
    }
}
