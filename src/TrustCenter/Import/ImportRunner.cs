using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>Takes an import through the stage that it is in. What it did is durable, so it may be begun again at any time and by anybody.</summary>
public sealed class ImportRunner(IEngine engine, IStore store, ImportFiles files)
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
        await new DealRun(engine, store, context, table, import, ActorOf(job)).Run(job.Done, done => progress?.Invoke(done, job.Total), stop);
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

    private static Actor ActorOf(ImportJob job) => job.By == Guid.Empty ? Actor.System : Actor.Staff(job.By);
}
