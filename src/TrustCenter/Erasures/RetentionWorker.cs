using System.Globalization;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;

namespace TrustCenter.Erasures;

/// <summary>At the start it forgets again whom the list names; then, once an hour, everything whose period is over.</summary>
public sealed class RetentionWorker(Forgetting forgetting, ErasureList list, IEngine engine, IStore store, HostKeys keys, TimeProvider clock, WorkerBoard board, ILogger<RetentionWorker> log)
    : Worker("forgetting", TimeSpan.FromHours(1), board, log, afterFailure: TimeSpan.FromMinutes(1))
{
    private const int Batch = 1_000; // rows of one kind in one round; the next round follows within the hour

    protected override async Task Turn(CancellationToken stop)
    {
        if (!isReplayed) await Replay(stop);
        isReplayed = true;
        await ForgetDue(stop);
    }

    private bool isReplayed;

    /// <summary>Whoever stands in the list and is in the database again: after a restore, or after a crash in the middle of forgetting.</summary>
    public async Task<int> Replay(CancellationToken stop)
    {
        var again = 0;
        foreach (var batch in list.Read().Where(e => e.Id is not null).Chunk(Batch))
            foreach (var tenant in batch.GroupBy(e => e.Tenant))
            {
                var scope = new Scope(tenant.Key);
                var sealedOnly = tenant.GroupBy(e => e.Id!.Value).ToDictionary(p => p.Key, p => p.Last().IsSealed);
                var back = await store.Query(sql => sealedOnly.SelectMany(p => Forgetting.Traces(sql, scope, new Retention(), p.Value ? "p.id = @id and p.hidden is null" : "p.id = @id", ("@id", p.Key))
                    .Select(t => p.Value ? t : t with { KeepUntil = null })).ToList(), stop);
                if (back.Count == 0) continue;
                await StillMine(stop);
                await store.Write(sql =>
                {
                    foreach (var trace in back) sql.Execute("delete from mails where tenant = @tenant and lookup in (select lookup from personal where tenant = @tenant and id = @id)", ("@tenant", scope.Tenant), ("@id", trace.Person));
                }, stop);
                await forgetting.Forget(scope, back, Actor.System, stop);
                again += back.Count;
            }
        if (again > 0) Log.LogWarning("{People} personal records that had been forgotten were in the database again, and were forgotten again.", again);
        return again;
    }

    /// <summary>Everything of every vendor whose period is over now, at most <see cref="Batch"/> of each kind and vendor.</summary>
    public async Task ForgetDue(CancellationToken stop)
    {
        var tenants = await store.Query(sql => sql.Query("select tenant from vendor_rows", r => new Scope(r.Id(0))), stop);
        foreach (var scope in tenants)
            try
            {
                var retention = (await engine.Settings(scope, stop)).Retention;
                await People(scope, retention, stop);
                await Touches(scope, retention, stop);
                await Deals(scope, retention, stop);
            }
            catch (Exception failed) when (failed is StoreException or StateCorruptException or IOException) { Log.LogError(failed, "What is over at {Tenant} could not be forgotten; the others' is.", scope.Tenant); }
    }

    private async Task People(Scope scope, Retention retention, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        // Of staff nothing is over while they work here; then it counts from the last day on which they did.
        const string due = """
            ((p.hidden is null and (p.utc < @before or v.forget_at < @now or q.forget_at < @now)) or (p.hidden is not null and (v.accepted is null or v.accepted < @accepted or v.keep_until < @now)))
            and not exists (select 1 from staff_rows s where s.tenant = p.tenant and s.person = p.id and (s.active = 1 or s.last_sign_in >= @before))
            """;
        var traces = await store.Query(sql => Forgetting.Traces(sql, scope, retention, due, ("@before", now.AddMonths(-retention.People)), ("@accepted", now.AddMonths(-retention.Acceptances)), ("@now", now)), stop);
        if (traces.Count > 0)
        {
            await StillMine(stop); // the list is a file
            await forgetting.Forget(scope, [.. traces.Take(Batch)], Actor.System, stop);
        }
        await store.Write(sql => sql.Execute("delete from mails where tenant = @tenant and utc < @before", ("@tenant", scope.Tenant), ("@before", now.AddMonths(-retention.People))), stop);
    }

    // The lines go; their entries in the journal, which name nobody, stay.
    private async Task Touches(Scope scope, Retention retention, CancellationToken stop)
    {
        var before = clock.GetUtcNow().AddMonths(-retention.Touches);
        var old = await store.Query(sql => sql.Query("select id from touch_rows where tenant = @tenant and utc < @before limit @most", r => r.Id(0), ("@tenant", scope.Tenant), ("@before", before), ("@most", Batch)), stop);
        if (old.Count == 0) return;
        var subject = new AggregateId(scope.Tenant, "touches", scope.Tenant);
        var happening = new Happening("touches.removed", new Fact("count", old.Count.ToString(CultureInfo.InvariantCulture)), new Fact("before", before.ToString("u", CultureInfo.InvariantCulture)));
        await store.Commit(new Commit
        {
            Tenant = scope.Tenant,
            Rows = [.. old.Select(id => new ViewRow("touch_rows", id) { Gone = true })],
            Entries = [.. PendingEntry.From([happening], Actor.System, subject, clock.GetUtcNow(), keys.StateHash(subject, 0, []))],
        }, stop);
    }

    private async Task Deals(Scope scope, Retention retention, CancellationToken stop)
    {
        var before = DateOnly.FromDateTime(clock.GetUtcNow().AddMonths(-retention.Deals).UtcDateTime);
        var old = await store.Query(sql => sql.Query("select id from deal_rows where tenant = @tenant and closed < @before and account <> @forgotten limit @most", r => r.Id(0),
            ("@tenant", scope.Tenant), ("@before", before), ("@forgotten", PersonalRecords.Forgotten), ("@most", Batch)), stop);
        foreach (var deal in old) await engine.Decide(scope.Id<Deal>(deal), new ForgetDealNames { Id = Guid.CreateVersion7() }, Actor.System, stop);
    }
}
