using System.Globalization;

namespace TrustCenter.Claims;

/// <summary>Which claims the list shows and in which order; read from an address, written into one. Empty means all.</summary>
public sealed record ClaimFilter
{
    public const int PageSize = 50; // rows
    private const int LongestText = 100; // characters looked for
    private static readonly string[] Sorts = ["topic", "statement", "status", "version", "stage", "review"];

    public string Topic { get; init; } = "";
    public string Stage { get; init; } = "";
    public string Status { get; init; } = "";
    public string Text { get; init; } = "";
    public bool IsDue { get; init; } // only those whose day of review has come
    public string Sort { get; init; } = "topic";
    public bool Descending { get; init; }
    public int Page { get; init; } = 1; // 1 is the first

    public bool IsEmpty => this with { Sort = "topic", Descending = false, Page = 1 } == new ClaimFilter();

    /// <summary>What is unknown or broken is left out: an old bookmark still shows a list.</summary>
    public static ClaimFilter From(IQueryCollection query)
    {
        var (sort, text) = (query["sort"].ToString(), query["text"].ToString().Trim());
        return new ClaimFilter
        {
            Topic = query["topic"].ToString(),
            Stage = query["stage"].ToString(),
            Status = query["status"].ToString(),
            Text = text.Length > LongestText ? text[..LongestText] : text,
            IsDue = query["review"] == "due",
            Sort = Sorts.Contains(sort) ? sort : "topic",
            Descending = Sorts.Contains(sort) && query["order"] == "down",
            Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1_000_000) : 1,
        };
    }

    public bool Fits(ClaimLine line, DateOnly today) => (Topic.Length == 0 || line.Topic == Topic) && (Stage.Length == 0 || line.Stage == Stage) && (Status.Length == 0 || line.Status.ToString() == Status)
        && (Text.Length == 0 || line.Statement.Contains(Text, StringComparison.OrdinalIgnoreCase)) && (!IsDue || line.IsDue(today));

    /// <summary>Name and value of everything that is not as it would be without it.</summary>
    public IEnumerable<(string Name, string Value)> Values()
    {
        if (Topic.Length > 0) yield return ("topic", Topic);
        if (Stage.Length > 0) yield return ("stage", Stage);
        if (Status.Length > 0) yield return ("status", Status);
        if (Text.Length > 0) yield return ("text", Text);
        if (IsDue) yield return ("review", "due");
        if (Sort != "topic" || Descending) foreach (var pair in new[] { ("sort", Sort), ("order", Descending ? "down" : "up") }) yield return pair;
        if (Page > 1) yield return ("page", Page.ToString(CultureInfo.InvariantCulture));
    }

    public string Address(string path) => string.Join('&', Values().Select(v => $"{v.Name}={Uri.EscapeDataString(v.Value)}")) is { Length: > 0 } query ? $"{path}?{query}" : path;

    /// <summary>The same column again turns the order round.</summary>
    public ClaimFilter SortedBy(string column) => this with { Sort = column, Descending = Sort == column ? !Descending : column is "version", Page = 1 };

    /// <summary>In the chosen order; what is equal there keeps the order that it came in.</summary>
    public IEnumerable<ClaimLine> InOrder(IEnumerable<ClaimLine> lines)
    {
        Func<ClaimLine, object?> by = Sort switch
        {
            "statement" => l => l.Statement.ToUpperInvariant(),
            "status" => l => l.Status,
            "version" => l => l.Version,
            "stage" => l => l.Stage,
            "review" => l => l.ReviewBy ?? DateOnly.MaxValue,
            _ => l => l.Position,
        };
        return Descending ? lines.OrderByDescending(by, Comparer<object?>.Default) : lines.OrderBy(by, Comparer<object?>.Default);
    }
}
