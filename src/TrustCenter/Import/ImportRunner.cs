using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>Takes an import through the stage that it is in. What it did is durable, so it may be begun again at any time and by anybody.</summary>
public sealed class ImportRunner(IEngine engine, IStore store, ImportFiles files, TenantStandings standings)
{
    private const int CheckNoted = 20; // batches between two counts of a check, which costs a commit

    /// <summary>Reads every row and says what would become of it.</summary>
    public Task Check(Scope scope, Guid import, CancellationToken stop) => Work(scope, import, ImportStage.Checking, async (job, context, table) =>
    {
        var id = scope.Id<ImportJob>(import);
        var batches = 0;
        var (counts, preview) = await new DealCheck(store, context, table, import).Run(async read =>
        {
            if (++batches % CheckNoted == 0) await engine.Decide(id, new NoteCheck { Id = Guid.CreateVersion7(), Read = read }, Actor.System, stop);
        }, stop);
        await engine.Decide(id, new EndCheck { Id = Guid.CreateVersion7(), Counts = counts, Parts = [ImportParts.OfCheck(import, preview)] }, ActorOf(job), stop);
    }, stop);

    /// <summary>Brings the rows in, from the last durable batch to the closing entry.</summary>
    public Task Import(Scope scope, Guid import, Action<int, int>? progress, CancellationToken stop) => Work(scope, import, ImportStage.Importing, async (job, context, table) =>
    {
        var run = new DealRun(engine, store, context, table, import, ActorOf(job)) { MayGoOn = () => MayGoOn(scope, job, stop) };
        if (!await run.Run(job.Done, done => progress?.Invoke(done, job.Total), stop)) return;
        var ended = await engine.Decide(scope.Id<ImportJob>(import), new EndImport { Id = Guid.CreateVersion7() }, ActorOf(job), stop);
        if (ended is not Outcome.Done) throw new InvalidDataException("A row that was right when it was checked is not so any more: a claim that it names is gone. Upload the file again to see which.");
    }, stop);

    private async Task Work(Scope scope, Guid import, ImportStage stage, Func<ImportJob, DealContext, DealTable, Task> work, CancellationToken stop)
    {
        var id = scope.Id<ImportJob>(import);
        if (await engine.Read<ImportJob>(id, stop) is not { } job || job.Stage != stage || await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), stop) is not { } vendor) return;
        try
        {
            using var spooled = await files.Spool(scope, job.Source, stop);
            var context = await store.Query(sql => DealContext.Of(sql, scope, vendor), stop);
            await work(job, context, new DealTable(spooled.Path, job.Mapping.ToFileMap()));
        }
        catch (InvalidDataException broken)
        {
            await engine.Decide(id, new FailImport { Id = Guid.CreateVersion7(), Why = broken.Message }, ActorOf(job), CancellationToken.None);
        }
    }

    // Asked before every batch (ABUSE T-078, T-082). A closed vendor's import waits; one whose beginner may not any more fails, and what is in stands.
    private async Task<bool> MayGoOn(Scope scope, ImportJob job, CancellationToken stop)
    {
        if (job.Answers == Guid.Empty) return true; // the host's own command
        if (!(await standings.Find(scope.Tenant, stop)).IsOpen) return false;
        return await engine.StillMay(store, scope, job.Answers, job.Key, Right.ImportDeals, stop) ? true : throw new InvalidDataException("Whoever began this import may not import deals any more. Somebody who may uploads the file again; what is in already stays as it is.");
    }

    private static Actor ActorOf(ImportJob job) => job.Answers == Guid.Empty ? Actor.System : Actor.StaffBy(job.Answers, job.Key);
}
