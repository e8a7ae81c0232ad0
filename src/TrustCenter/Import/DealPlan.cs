using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Import;

/// <summary>A row of a table of deals beside what stands: the deal it means, its words afterwards, and what that makes of it.</summary>
internal sealed record PlannedDeal(int Line, string Key, Guid Id, DealWords Said, DealWords Words, DealFate Fate, IReadOnlyList<Problem> Problems);

/// <summary>Compares rows with the deals that stand at one moment of the database; changes nothing.</summary>
internal static class DealPlan
{
    /// <param name="import">Deals that this import itself has brought already count as it brought them: a batch that is done again is counted once.</param>
    public static Task<List<PlannedDeal>> For(IStore store, Scope scope, IReadOnlyList<(int Line, ImportDeal Deal)> rows, DealColumns says, Guid import, CancellationToken stop)
        => store.Query(sql => rows.Select(row => Plan(sql, scope, row.Line, row.Deal, says, import)).ToList(), stop);

    private static PlannedDeal Plan(Sql sql, Scope scope, int line, ImportDeal deal, DealColumns says, Guid import)
    {
        var standing = StoredDeal.Find(sql, scope, deal.Key);
        var said = ImportWordings.Deal(scope, deal);
        var words = BringDeal.Over(standing?.Words, said, says);
        var problems = words.Problems();
        return new PlannedDeal(line, deal.Key, standing?.Id ?? ImportKeys.Of<Deal>(scope, deal.Key), said, words, Fate(standing, words, problems, import), problems);
    }

    private static DealFate Fate(StoredDeal? standing, DealWords words, IReadOnlyList<Problem> problems, Guid import)
    {
        if (problems.Count > 0) return DealFate.Wrong;
        if (standing is null) return DealFate.New;
        if (standing.Words != words) return DealFate.Changed;
        if (standing.Import != import) return DealFate.Same;
        return standing.Version == 1 ? DealFate.New : DealFate.Changed;
    }

    public static ImportCounts Count(IReadOnlyList<DealFate> fates)
        => new(fates.Count(f => f == DealFate.New), fates.Count(f => f == DealFate.Changed), fates.Count(f => f == DealFate.Same), fates.Count(f => f == DealFate.Wrong));

    /// <summary>Our column for a field of a deal.</summary>
    public static string ColumnOf(string field) => field switch { "externalKey" => DealCsv.Key, "factor" => "securityFactor", _ => field };
}
