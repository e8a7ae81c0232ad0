using System.Collections.Frozen;

namespace TrustCenter.Import;

/// <summary>How a file of another system becomes one of ours: one section of <c>import.yaml</c>.</summary>
internal sealed record FileMap
{
    public static readonly FileMap None = new();

    public string? Source { get; init; } // file name; null is our own
    public char Separator { get; init; } = ',';
    public IReadOnlyDictionary<string, string> Columns { get; init; } = Words(); // ours -> theirs
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Values { get; init; }
        = FrozenDictionary<string, IReadOnlyDictionary<string, string>>.Empty; // our column -> their word -> ours
    public IReadOnlyDictionary<string, string> Defaults { get; init; } = Words(); // our column -> our value
    public IReadOnlyList<string> Dates { get; init; } = []; // beside yyyy-MM-dd
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Only { get; init; } = Lists(); // their column -> values kept
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Skip { get; init; } = Lists(); // their column -> values left out
    public IReadOnlyList<string> Ignore { get; init; } = []; // their columns, known and not needed
    public string? KeyFrom { get; init; } // their column that a missing key is made of
    public string? KeyUntil { get; init; } // the text before this, such as ":"
    public bool NewTopics { get; init; } // claims: an unknown topic is a new one

    /// <summary>Their column for ours.</summary>
    public string Theirs(string ours) => Columns.GetValueOrDefault(ours, ours);

    public string Translate(string ours, string text) =>
        Values.TryGetValue(ours, out var words) && words.TryGetValue(text.Trim(), out var word) ? word : text;

    public bool Takes(MapNode row) =>
        Only.All(rule => Holds(row, rule.Key, rule.Value)) && !Skip.Any(rule => Holds(row, rule.Key, rule.Value));

    /// <summary>True for a column of theirs that some rule of this section reads.</summary>
    public bool Reads(string theirs) =>
        Columns.Values.Contains(theirs, StringComparer.OrdinalIgnoreCase)
        || Ignore.Contains(theirs, StringComparer.OrdinalIgnoreCase)
        || Only.ContainsKey(theirs) || Skip.ContainsKey(theirs)
        || string.Equals(KeyFrom, theirs, StringComparison.OrdinalIgnoreCase);

    private static bool Holds(MapNode row, string column, IReadOnlyList<string> values) =>
        values.Contains((row[column] as TextNode)?.Text.Trim() ?? "", StringComparer.OrdinalIgnoreCase);

    private static FrozenDictionary<string, string> Words() => FrozenDictionary<string, string>.Empty;

    private static FrozenDictionary<string, IReadOnlyList<string>> Lists() => FrozenDictionary<string, IReadOnlyList<string>>.Empty;
}
