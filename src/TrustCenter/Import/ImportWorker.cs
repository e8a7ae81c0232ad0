using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Import;

/// <summary>Does the imports of all vendors, one after the other and the oldest first. After a stop or a crash it goes on where the record stands.</summary>
public sealed class ImportWorker(ImportRunner runner, IStore store, WorkerBoard board, ILogger<ImportWorker> log)
    : Worker("imports", TimeSpan.FromMilliseconds(500), board, log)
{
    private const int AfterFailure = 5_000; // milliseconds until an import that failed is tried again
    private const int MostSeen = 100; // imports looked at in one round
    private static readonly string Due = $"""
        select tenant, id, stage from import_rows where stage in ('Checking', 'Importing')
          and not exists (select 1 from tenancy_rows t where t.id = import_rows.tenant and t.status <> 'Active') order by created, id limit {MostSeen}
        """;

    private readonly Dictionary<Guid, long> later = []; // imports that failed, by Environment.TickCount64; the others go on

    protected override async Task Turn(CancellationToken stop)
    {
        foreach (var work in await store.Query(sql => sql.Query(Due, r => new Work(r.Id(0), r.Id(1), r.Text(2))), stop)) await Do(work, stop);
    }

    private async Task Do(Work work, CancellationToken stop)
    {
        if (later.TryGetValue(work.Import, out var until) && Environment.TickCount64 < until) return;
        try
        {
            if (work.Stage == nameof(ImportStage.Checking)) await runner.Check(new Scope(work.Tenant), work.Import, stop);
            else await runner.Import(new Scope(work.Tenant), work.Import, null, stop);
            later.Remove(work.Import);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            Log.LogError(failed, "Import {Import} could not go on; the next attempt follows.", work.Import);
            later[work.Import] = Environment.TickCount64 + AfterFailure;
        }
    }

    private sealed record Work(Guid Tenant, Guid Import, string Stage);
}
