using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Deals;

/// <summary>
/// The measure: fewer lost deals where our security was a factor. Per quarter of the closing date, in the vendor's fiscal year; deals are counted together,
/// amounts are added within one currency only.
/// </summary>
public sealed record DealFigures(IReadOnlyList<QuarterFigures> Quarters, long Outside)
{
    public const int MostQuarters = 8; // two years: the same season twice

    /// <summary>Security was a factor wherever the deal names one. The one definition, for this sum, the list's filter and the words under the chart.</summary>
    public const string HasFactor = "factor <> 'None'";

    public const string Definition = "Security was a factor in a deal when its security factor is anything other than “none”, whoever said so. Only deals with the outcome “lost” count; “no decision” is not lost.";

    public const string Text = $"""
        select (cast(substr(closed, 1, 4) as integer) * 12 + cast(substr(closed, 6, 2) as integer) - @start) / 3, currency,
          count(*), sum(case when {HasFactor} then 1 else 0 end),
          coalesce(sum(amount_cents), 0), coalesce(sum(case when {HasFactor} then amount_cents end), 0),
          sum(case when {HasFactor} and amount_cents is null then 1 else 0 end)
        from deal_rows where tenant = @tenant and outcome = 'Lost' and closed is not null
        group by 1, 2 order by 1, 2
        """;

    public static DealFigures Read(Sql sql, Scope scope, Quarter current)
        => From(sql.Query(Text, r => new LostDeals(Quarter.Counted(r.Int(0), current.YearStart), r.Text(1), r.Number(2), r.Number(3), r.Number(4), r.Number(5), r.Number(6)), ("@tenant", scope.Tenant), ("@start", current.YearStart)), current);

    /// <summary>The last quarters up to the current one, those without a lost deal included; none before the first lost deal.</summary>
    public static DealFigures From(IReadOnlyList<LostDeals> rows, Quarter current)
    {
        var inside = rows.Where(r => r.Quarter.CompareTo(current) <= 0 && r.Quarter.CompareTo(current.Plus(1 - MostQuarters)) >= 0).ToLookup(r => r.Quarter);
        var quarters = new List<QuarterFigures>();
        if (inside.Count > 0)
            for (var quarter = inside.Min(r => r.Key); quarter.CompareTo(current) <= 0; quarter = quarter.Next)
                quarters.Add(new QuarterFigures(quarter, [.. inside[quarter]]));
        return new DealFigures(quarters, rows.Sum(r => r.All) - quarters.Sum(q => q.All));
    }

    public long All => Quarters.Sum(q => q.All);

    public long WithFactor => Quarters.Sum(q => q.WithFactor);

    public long WithoutAmount => Quarters.Sum(q => q.Currencies.Sum(c => c.WithoutAmount));

    public DateOnly Since => Quarters[0].Quarter.FirstDay;

    /// <summary>What was lost where security was a factor, one sum per currency, the vendor's first.</summary>
    public IReadOnlyList<(string Currency, decimal Amount)> Amounts(string first) =>
        [.. Quarters.SelectMany(q => q.Currencies).Where(c => c.FactorCents > 0).GroupBy(c => c.Currency)
            .OrderBy(g => g.Key != first).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Sum(c => c.FactorCents) / 100m))];

    public bool IsInOneCurrency(string currency) => Quarters.All(q => q.Currencies.All(c => c.Currency == currency));
}

public sealed record QuarterFigures(Quarter Quarter, IReadOnlyList<LostDeals> Currencies)
{
    public long All => Currencies.Sum(c => c.All);

    public long WithFactor => Currencies.Sum(c => c.WithFactor);

    public LostDeals In(string currency) => Currencies.FirstOrDefault(c => c.Currency == currency) ?? new LostDeals(Quarter, currency, 0, 0, 0, 0, 0);
}

/// <summary>Lost deals of one quarter in one currency.</summary>
/// <param name="WithFactor">Of <paramref name="All"/>, those where security was a factor.</param>
/// <param name="WithoutAmount">Of <paramref name="WithFactor"/>, those whose amount is unknown.</param>
public sealed record LostDeals(Quarter Quarter, string Currency, long All, long WithFactor, long AllCents, long FactorCents, long WithoutAmount);
