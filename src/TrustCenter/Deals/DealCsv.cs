using System.Globalization;
using System.Text;
using TrustCenter.Engine;
using TrustCenter.Pages;
using TrustCenter.Store;

namespace TrustCenter.Deals;

/// <summary>The list as a file: the columns of the import's deals.csv, so that it reads back; cells that a spreadsheet would calculate are guarded (T-100).</summary>
public static class DealCsv
{
    private const string Stored = "id, external_key, account, domain, product, amount_cents, currency, stage, opened, closed, owner, manager, outcome, factor, reason, said_by, claim, requirement";
    private const string Amount = "amount";

    private static readonly (string Name, Func<Row, string> Text)[] Columns =
    [
        ("key", r => r.TextOrNull(1) ?? r.Id(0).ToString("D")),
        ("account", r => r.Text(2)),
        ("domain", r => r.Text(3)),
        ("product", r => r.Text(4)),
        (Amount, r => DealRow.Cents(r, 5)?.ToString("0.00", CultureInfo.InvariantCulture) ?? ""),
        ("currency", r => r.Text(6)),
        ("stage", r => r.Text(7)),
        ("opened", r => r.TextOrNull(8) ?? ""),
        ("closed", r => r.TextOrNull(9) ?? ""),
        ("owner", r => r.Text(10)),
        ("manager", r => r.Text(11)),
        ("outcome", r => DealWordsText.Of(Enum.Parse<DealOutcome>(r.Text(12)))),
        ("securityFactor", r => DealWordsText.Of(Enum.Parse<FactorKind>(r.Text(13)))),
        ("reason", r => r.Text(14)),
        ("saidBy", r => DealWordsText.Of(Enum.TryParse<SaidBy>(r.Text(15), out var source) ? source : null)),
        ("claim", r => r.IsNull(16) ? "" : r.Id(16).ToString("D")),
        ("requirement", r => r.Text(17)),
    ];

    /// <summary>UTF-8 with a byte order mark, without which a spreadsheet reads another alphabet; lines end as RFC 4180 says.</summary>
    public static byte[] Write(Sql sql, Scope scope, DealFilter filter, bool withAmounts)
    {
        var columns = Columns.Where(c => withAmounts || c.Name != Amount).ToList();
        var (where, values) = filter.Condition(scope);
        var lines = sql.Query($"select {Stored} from deal_rows where {where} order by {filter.Order}", r => string.Join(',', columns.Select(c => CsvCell.Write(c.Text(r)))), values);
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(string.Join("\r\n", lines.Prepend(string.Join(',', columns.Select(c => c.Name))).Append("")))];
    }
}
