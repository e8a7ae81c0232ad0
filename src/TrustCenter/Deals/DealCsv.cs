using System.Globalization;
using System.Text;
using TrustCenter.Engine;
using TrustCenter.Pages;
using TrustCenter.Store;

namespace TrustCenter.Deals;

/// <summary>Deals as a file: the columns of the import's deals.csv, so that it reads back; cells that a spreadsheet would calculate are guarded (T-100).</summary>
public static class DealCsv
{
    public const string Key = "key";
    private const string Amount = "amount";
    private const string LineEnd = "\r\n"; // RFC 4180, section 2

    private static readonly (string Name, Func<DealWords, string> Text)[] Columns =
    [
        ("account", w => w.Account),
        ("domain", w => w.Domain),
        ("product", w => w.Product),
        (Amount, w => w.Amount?.ToString("0.00", CultureInfo.InvariantCulture) ?? ""),
        ("currency", w => w.Currency),
        ("stage", w => w.Stage),
        ("opened", w => Day(w.Opened)),
        ("closed", w => Day(w.Closed)),
        ("owner", w => w.Owner),
        ("manager", w => w.Manager),
        ("region", w => w.Region),
        ("outcome", w => DealWordsText.Of(w.Outcome)),
        ("securityFactor", w => DealWordsText.Of(w.Factor.Kind)),
        ("reason", w => w.Factor.Reason),
        ("saidBy", w => DealWordsText.Of(w.Factor.SaidBy)),
        ("claim", w => w.Factor.Claim?.ToString("D") ?? ""),
        ("requirement", w => w.Factor.Requirement),
    ];

    /// <summary>Every column in its order, the key first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Key, .. Columns.Select(c => c.Name)];

    /// <summary>UTF-8 with a byte order mark, without which a spreadsheet reads another alphabet.</summary>
    public static byte[] Write(Sql sql, Scope scope, DealFilter filter, bool withAmounts)
    {
        var (where, values) = filter.Condition(scope);
        var names = Names.Where(name => withAmounts || name != Amount).ToHashSet();
        var lines = sql.Query($"select {StoredDeal.Columns} from deal_rows where {where} order by {filter.Order}", row => StoredDeal.From(row) is var deal ? Line(deal.Key, deal.Words, names) : "", values);
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(string.Concat(lines.Prepend(Head(names))))];
    }

    public static string Head(IReadOnlySet<string> names) => string.Join(',', Names.Where(names.Contains)) + LineEnd;

    public static string Line(string key, DealWords words, IReadOnlySet<string> names)
        => string.Join(',', Columns.Where(c => names.Contains(c.Name)).Select(c => CsvCell.Write(c.Text(words))).Prepend(CsvCell.Write(key))) + LineEnd;

    /// <summary>A cell of the table as the file has it, unguarded: for previews.</summary>
    public static string Text(DealWords words, string name) => Columns.First(c => c.Name == name).Text(words);

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
