using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Deals;

/// <summary>What the list shows of a deal.</summary>
public sealed record DealRow(Guid Id, string Account, decimal? Amount, string Currency, string Stage, DealOutcome Outcome, FactorKind Factor, DateOnly? Closed, string Owner)
{
    public const string Columns = "id, account, amount_cents, currency, stage, outcome, factor, closed, owner";

    public static DealRow From(Row row) => new(row.Id(0), row.Text(1), Cents(row, 2), row.Text(3), row.Text(4), Enum.Parse<DealOutcome>(row.Text(5)), Enum.Parse<FactorKind>(row.Text(6)), row.DateOrNull(7), row.Text(8));

    /// <summary>An amount among others in a column: always with cents, so that the digits stand under each other.</summary>
    public static string Cell(decimal amount, string currency) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{currency} {amount:#,##0.00}");

    internal static decimal? Cents(Row row, int column) => row.IsNull(column) ? null : row.Number(column) / 100m;
}

/// <summary>The deals room at one moment of the database: figures, one page of the list, and what its filters offer.</summary>
public sealed record DealRows(DealFilter Filter, DealFigures Figures, IReadOnlyList<DealRow> Page, long Count, long All, IReadOnlyList<string> Owners)
{
    public int Pages => (int)((Count + DealFilter.PageSize - 1) / DealFilter.PageSize);

    public static DealRows Read(Sql sql, Scope scope, DealFilter filter, DateOnly today, int fiscalYearStart = 1)
    {
        var (where, values) = filter.Condition(scope);
        var count = sql.Number($"select count(*) from deal_rows where {where}", values);
        var last = (int)Math.Max(1, (count + DealFilter.PageSize - 1) / DealFilter.PageSize);
        var shown = filter with { Page = Math.Min(filter.Page, last) };
        var page = sql.Query($"select {DealRow.Columns} from deal_rows where {where} order by {filter.Order} limit {DealFilter.PageSize} offset @offset",
            DealRow.From, [.. values, ("@offset", (shown.Page - 1) * DealFilter.PageSize)]);
        return new DealRows(shown, DealFigures.Read(sql, scope, Quarter.Of(today, fiscalYearStart)), page, count,
            filter.IsAll ? count : sql.Number("select count(*) from deal_rows where tenant = @tenant", ("@tenant", scope.Tenant)),
            sql.Query("select distinct owner from deal_rows where tenant = @tenant and owner <> '' order by owner", r => r.Text(0), ("@tenant", scope.Tenant)));
    }
}
