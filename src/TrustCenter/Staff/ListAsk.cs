using System.Globalization;
using TrustCenter.Store;

namespace TrustCenter.Staff;

/// <summary>A column that a list can be sorted by.</summary>
/// <param name="DownFirst">Numbers and times begin with the largest.</param>
public sealed record ListColumn(string Key, string Text, string Order, bool DownFirst = false, bool IsNumber = false);

/// <summary>How a list of the console was asked for, read from its address and written into the addresses of its links.</summary>
public sealed record ListAsk
{
    public const int PageSize = 50; // rows
    private const int LongestFilter = 100; // characters
    private const int LastPage = 100_000;

    public required string Path { get; init; }
    public required IReadOnlyList<ListColumn> Columns { get; init; }
    public required ListColumn First { get; init; } // sorts where nothing was chosen
    public required IReadOnlyDictionary<string, string> Filters { get; init; }
    public required ListColumn Sort { get; init; }
    public required bool Descending { get; init; }
    public int Page { get; init; } = 1; // 1 is the first

    public string this[string filter] => Filters[filter];

    public bool IsAll => Filters.Values.All(v => v.Length == 0);

    /// <summary>Rows before the page.</summary>
    public int Offset => (Page - 1) * PageSize;

    /// <summary>A column's own words from the code, never from the address.</summary>
    public string Order => string.Join(", ", Sort.Order.Split(", ").Select(part => part + (Descending ? " desc" : ""))) + ", id";

    /// <summary>What is unknown or broken is left out: an old bookmark still shows a list.</summary>
    public static ListAsk From(IQueryCollection query, string path, IReadOnlyList<ListColumn> columns, string first, params string[] filters)
    {
        var standing = columns.First(c => c.Key == first);
        var sort = columns.FirstOrDefault(c => c.Key == query["sort"].ToString());
        return new ListAsk
        {
            Path = path,
            Columns = columns,
            First = standing,
            Filters = filters.ToDictionary(f => f, f => query[f].ToString().Trim() is var text && text.Length > LongestFilter ? text[..LongestFilter] : text),
            Sort = sort ?? standing,
            Descending = sort is null ? standing.DownFirst : query["order"] == "down",
            Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, LastPage) : 1,
        };
    }

    /// <summary>The last page where the address asks for one behind it.</summary>
    public ListAsk Within(long rows) => this with { Page = Math.Min(Page, Pages(rows)) };

    public static int Pages(long rows) => (int)Math.Max(1, (rows + PageSize - 1) / PageSize);

    /// <summary>The same column again turns the order round.</summary>
    public ListAsk SortedBy(ListColumn column) => this with { Sort = column, Descending = Sort == column ? !Descending : column.DownFirst, Page = 1 };

    public string Address
    {
        get
        {
            var values = Filters.Where(f => f.Value.Length > 0).Select(f => (f.Key, f.Value)).ToList();
            if (Sort != First || Descending != First.DownFirst) values.AddRange([("sort", Sort.Key), ("order", Descending ? "down" : "up")]);
            if (Page > 1) values.Add(("page", Page.ToString(CultureInfo.InvariantCulture)));
            return values.Count == 0 ? Path : $"{Path}?{string.Join('&', values.Select(v => $"{v.Item1}={Uri.EscapeDataString(v.Item2)}"))}";
        }
    }

    /// <summary>A text to look for, for <c>like … escape '!'</c>.</summary>
    public string Like(string filter) => Sql.Containing(Filters[filter]);
}
