using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Deals;

/// <summary>Which deals the list shows and in which order; read from an address, written into one.</summary>
public sealed record DealFilter
{
    public const int PageSize = 50; // rows
    public const string AnyFactor = "Any";
    private const int LongestText = 100; // characters looked for

    // Amounts of two currencies do not compare: by currency first.
    private static readonly Dictionary<string, string[]> Orders = new(StringComparer.Ordinal)
    {
        ["account"] = ["lower(account)"],
        ["amount"] = ["currency", "amount_cents is not null", "amount_cents"],
        ["stage"] = ["lower(stage)"],
        ["outcome"] = ["outcome"],
        ["factor"] = ["factor"],
        ["closed"] = ["closed is not null", "closed"],
        ["owner"] = ["lower(owner)"],
    };

    public DealOutcome? Outcome { get; init; }
    public string Factor { get; init; } = ""; // a FactorKind, AnyFactor, or empty for all
    public string Owner { get; init; } = "";
    public string Text { get; init; } = "";
    public Quarter? Closed { get; init; }
    public string Sort { get; init; } = "closed";
    public bool Descending { get; init; } = true;
    public int Page { get; init; } = 1; // 1 is the first

    public bool IsAll => this with { Sort = "closed", Descending = true, Page = 1 } == new DealFilter();

    /// <summary>What is unknown or broken is left out: an old bookmark still shows a list.</summary>
    /// <param name="fiscalYearStart">Month in which the vendor's fiscal year begins.</param>
    public static DealFilter From(Func<string, string> value, int fiscalYearStart = 1)
    {
        var factor = value("factor");
        var sort = value("sort");
        return new DealFilter
        {
            Outcome = Enum.TryParse<DealOutcome>(value("outcome"), out var outcome) && Enum.IsDefined(outcome) ? outcome : null,
            Factor = factor == AnyFactor || (Enum.TryParse<FactorKind>(factor, out var kind) && kind.ToString() == factor) ? factor : "",
            Owner = value("owner"),
            Text = value("text").Trim() is var text && text.Length > LongestText ? text[..LongestText] : text,
            Closed = Quarter.Parse(value("quarter"), fiscalYearStart),
            Sort = Orders.ContainsKey(sort) ? sort : "closed",
            Descending = Orders.ContainsKey(sort) ? value("order") == "down" : true,
            Page = int.TryParse(value("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1_000_000) : 1,
        };
    }

    /// <summary>Name and value of everything that is not as it would be without it.</summary>
    public IEnumerable<(string Name, string Value)> Values()
    {
        if (Outcome is { } outcome) yield return ("outcome", outcome.ToString());
        if (Factor.Length > 0) yield return ("factor", Factor);
        if (Owner.Length > 0) yield return ("owner", Owner);
        if (Text.Length > 0) yield return ("text", Text);
        if (Closed is { } quarter) yield return ("quarter", quarter.ToString());
        if (Sort != "closed" || !Descending) foreach (var pair in new[] { ("sort", Sort), ("order", Descending ? "down" : "up") }) yield return pair;
        if (Page > 1) yield return ("page", Page.ToString(CultureInfo.InvariantCulture));
    }

    public string Address(string path) => string.Join('&', Values().Select(v => $"{v.Name}={Uri.EscapeDataString(v.Value)}")) is { Length: > 0 } query ? $"{path}?{query}" : path;

    /// <summary>The same column again turns the order round; amounts and dates begin with the largest.</summary>
    public DealFilter SortedBy(string column) => this with { Sort = column, Descending = Sort == column ? !Descending : column is "amount" or "closed", Page = 1 };

    internal (string Where, (string, object?)[] Values) Condition(Scope scope)
    {
        var where = new List<string> { "tenant = @tenant" };
        var values = new List<(string, object?)> { ("@tenant", scope.Tenant) };
        void And(string condition, params (string, object?)[] with) { where.Add(condition); values.AddRange(with); }
        if (Outcome is { } outcome) And("outcome = @outcome", ("@outcome", outcome));
        if (Factor == AnyFactor) And(DealFigures.HasFactor);
        else if (Factor.Length > 0) And("factor = @factor", ("@factor", Factor));
        if (Owner.Length > 0) And("owner = @owner", ("@owner", Owner));
        if (Closed is { } quarter) And("closed >= @first and closed <= @last", ("@first", quarter.FirstDay), ("@last", quarter.LastDay));
        if (Text.Length > 0) And(string.Concat("(", string.Join(" or ", new[] { "account", "domain", "product", "stage", "reason", "requirement" }.Select(c => $"lower({c}) like lower(@text) escape '!'")), ")"), ("@text", $"%{Escaped(Text)}%"));
        return (string.Join(" and ", where), [.. values]);
    }

    internal string Order => string.Join(", ", Orders[Sort].Select(o => o + (IsTurned(o) ? " desc" : ""))) + ", id";

    // Currencies keep their order, and open deals stay first, whichever way the amounts and dates go.
    private bool IsTurned(string part) => Descending && part is not ("currency" or "closed is not null");

    private static string Escaped(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
