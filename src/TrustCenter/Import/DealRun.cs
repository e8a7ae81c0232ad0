using System.Security.Cryptography;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Pages;
using TrustCenter.Store;

namespace TrustCenter.Import;

/// <summary>
/// The second pass: batch after batch through the decisions. Every deal is a decision with a commit of its own; those of a batch are under way
/// together, so that they share a few fsyncs, and their count is committed after the last of them is durable. A batch that was interrupted
/// is done again: what is there already is the same, and counts as this import's.
/// </summary>
internal sealed class DealRun(IEngine engine, IStore store, DealContext context, DealTable table, Guid import, Actor by)
{
    public const string ReportHead = "row,key,result,reason\r\n";

    private readonly AggregateId id = context.Scope.Id<ImportJob>(import);

    /// <summary>Asked before each batch; false leaves the rest for later.</summary>
    public required Func<Task<bool>> MayGoOn { get; init; }

    /// <summary>False when the rest was left for later.</summary>
    /// <param name="done">Rows that are durable; they are read over.</param>
    /// <param name="progress">Called after each batch with the rows done.</param>
    /// <exception cref="InvalidDataException">The table has not the rows that were checked.</exception>
    public async Task<bool> Run(int done, Action<int> progress, CancellationToken stop)
    {
        var problems = new ProblemLog().In(DealTable.File);
        var (skip, says) = (done, DealColumns.None);
        var batch = new List<(int Line, ImportDeal Deal)>(ImportLimits.Batch);
        foreach (var (row, deal) in context.Reader.Read(table.Rows(problems)))
        {
            if (skip-- > 0) continue;
            says = says == DealColumns.None ? DealTable.Says(row) : says;
            batch.Add((row.Line, deal));
            if (batch.Count < ImportLimits.Batch) continue;
            if (!await MayGoOn()) return false;
            done = await Bring(batch, says, done, progress, stop);
        }
        if (batch.Count == 0) return true;
        if (!await MayGoOn()) return false;
        await Bring(batch, says, done, progress, stop);
        return true;
    }

    private async Task<int> Bring(List<(int Line, ImportDeal Deal)> batch, DealColumns says, int done, Action<int> progress, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var planned = await DealPlan.For(store, context.Scope, batch, says, import, stop);
        var ended = await Task.WhenAll(planned.Select(deal => Bring(deal, says)));
        var advance = new AdvanceImport
        {
            Id = CommandOf($"{done}"),
            From = done,
            Rows = batch.Count,
            Counts = DealPlan.Count([.. ended.Select(e => e.Fate)]),
            Part = ImportParts.OfBatch(import, done, string.Concat(ended.Select(Line))),
        };
        if (await engine.Decide(id, advance, by, CancellationToken.None) is not Outcome.Done) throw new StoreException("Somebody else takes this import further.");
        done += batch.Count;
        batch.Clear();
        progress(done);
        return done;
    }

    private async Task<(PlannedDeal Deal, DealFate Fate, string Why)> Bring(PlannedDeal deal, DealColumns says)
    {
        if (deal.Fate == DealFate.Same) return (deal, deal.Fate, "");
        var command = new BringDeal { Id = CommandOf(deal.Key), Words = deal.Said, Says = says, Import = import };
        // Not to be cancelled: a batch that has begun ends, and its count with it.
        return await engine.Decide(context.Scope.Id<Deal>(deal.Id), command, by, CancellationToken.None) is Outcome.Refused refused
            ? (deal, DealFate.Wrong, refused.Why) : (deal, deal.Fate, "");
    }

    private static string Line((PlannedDeal Deal, DealFate Fate, string Why) ended)
        => $"{ended.Deal.Line},{CsvCell.Write(ended.Deal.Key)},{WordOf(ended.Fate)},{CsvCell.Write(ended.Why)}\r\n";

    public static string WordOf(DealFate fate) => fate switch { DealFate.New => "new", DealFate.Changed => "changed", DealFate.Same => "same", _ => "refused" };

    /// <summary>The same row of the same import is the same command, also after a crash.</summary>
    private Guid CommandOf(string what) => new(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{import:N}/{what}")).AsSpan(0, 16), bigEndian: true);
}
