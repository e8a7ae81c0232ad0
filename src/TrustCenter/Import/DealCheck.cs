using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>What tables of deals may refer to: the vendor's words, and claims by key or id.</summary>
internal sealed record DealContext(Scope Scope, IReadOnlyList<string> Products, string Currency, Func<string, bool> IsClaim)
{
    public DealReader Reader => new(new Vocabulary(Products, [], []), Currency, IsClaim);

    public static DealContext Of(Sql sql, Scope scope, Vendor vendor)
    {
        var claims = sql.Query("select id from claim_rows where tenant = @tenant", r => r.Id(0), ("@tenant", scope.Tenant)).ToHashSet();
        return new DealContext(scope, vendor.Products, vendor.Currency, key => claims.Contains(ImportWordings.ClaimOf(scope, key)));
    }
}

/// <summary>
/// The first pass: reads every row of a table, compares it with what stands and changes nothing. A table with one wrong row is not imported
/// at all, so all of it is read before the first decision.
/// </summary>
internal sealed class DealCheck(IStore store, DealContext context, DealTable table, Guid import)
{
    private readonly ProblemLog log = new();
    private readonly List<PreviewRow> preview = [];
    private readonly Dictionary<string, HashSet<string>> unknown = [];
    private readonly List<(int Line, ImportDeal Deal)> batch = new(ImportLimits.Batch);
    private ImportCounts counts = ImportCounts.None;
    private int read;

    /// <param name="progress">Called with the rows read so far, batch after batch.</param>
    public async Task<(ImportCounts Counts, ImportPreview Preview)> Run(Func<int, Task> progress, CancellationToken stop)
    {
        var problems = log.In(DealTable.File);
        DealColumns? says = null;
        if (TextFile.Check(table.Path, ImportLimits.Table, problems))
            foreach (var (row, deal) in context.Reader.Read(Counted(problems)))
            {
                says ??= DealTable.Says(row);
                batch.Add((row.Line, deal));
                if (batch.Count == ImportLimits.Batch) await Compare(says.Value, problems, progress, stop);
            }
        if (batch.Count > 0) await Compare(says!.Value, problems, progress, stop);
        var right = counts.New + counts.Changed + counts.Same;
        var found = Preview();
        return (counts with { Wrong = Math.Max(read - right, found.ErrorCount > 0 ? 1 : 0) }, found);
    }

    private IEnumerable<Row> Counted(FileProblems problems)
    {
        foreach (var row in table.Rows(problems))
        {
            read++;
            foreach (var column in ImportMapping.Choices.Keys) Note(row, column);
            yield return row;
        }
    }

    private void Note(Row row, string column)
    {
        if (row.Word(column) is not { Length: > 0 } word || ImportWords.Knows(column, word)) return;
        if (!unknown.TryGetValue(column, out var known)) unknown.Add(column, known = new(StringComparer.OrdinalIgnoreCase));
        if (known.Count < ImportMapping.MostWords) known.Add(word);
    }

    private async Task Compare(DealColumns says, FileProblems problems, Func<int, Task> progress, CancellationToken stop)
    {
        var planned = await DealPlan.For(store, context.Scope, batch, says, import, stop);
        batch.Clear();
        foreach (var deal in planned)
        {
            foreach (var problem in deal.Problems) problems.Error(deal.Line, DealPlan.ColumnOf(problem.Field), "rule of deals", problem.Rule);
            if (preview.Count < ImportLimits.Preview) preview.Add(new PreviewRow(deal.Line, deal.Key, deal.Fate, Cells(deal.Words)));
        }
        counts = counts.Plus(DealPlan.Count([.. planned.Select(p => p.Fate)]));
        await progress(read);
    }

    private static Dictionary<string, string> Cells(DealWords words)
        => DealCsv.Names.Where(name => name != DealCsv.Key).Select(name => (name, Text: DealCsv.Text(words, name))).Where(cell => cell.Text.Length > 0).ToDictionary(cell => cell.name, cell => cell.Text);

    private ImportPreview Preview()
    {
        var reading = log.Reading(new ImportContent());
        return new ImportPreview
        {
            Rows = preview,
            Errors = reading.Errors,
            ErrorCount = reading.ErrorCount,
            Warnings = reading.Warnings,
            WarningCount = reading.WarningCount,
            UnknownWords = unknown.ToDictionary(u => u.Key, u => (IReadOnlyList<string>)[.. u.Value.Order(StringComparer.OrdinalIgnoreCase)]),
        };
    }
}
