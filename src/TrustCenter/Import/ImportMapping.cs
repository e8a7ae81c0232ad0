using System.Security.Cryptography;
using System.Text;
using TrustCenter.Deals;

namespace TrustCenter.Import;

/// <summary>How a table of another system becomes one of ours; what a person chose, stored.</summary>
public sealed record ImportMapping
{
    public const int MostWords = 50; // unknown words of one column that are asked for

    /// <summary>Columns whose words are ours: each unknown one is asked for.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Choices = new Dictionary<string, IReadOnlyList<string>>
    {
        ["outcome"] = [.. DealWordsText.Outcomes.Select(o => o.Word)],
        ["securityFactor"] = [.. DealWordsText.Factors.Select(f => f.Word)],
        ["saidBy"] = [.. DealWordsText.Sources.Select(s => s.Word)],
    };

    public string Separator { get; init; } = ",";
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>(); // ours -> theirs; what is not here is not read
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Words { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>(); // ours -> their word -> our word
    public string Dates { get; init; } = ""; // a format beside yyyy-MM-dd

    internal FileMap ToFileMap() => new()
    {
        Separator = Separator[0],
        Columns = DealCsv.Names.ToDictionary(name => name, name => Columns.GetValueOrDefault(name, ""), StringComparer.OrdinalIgnoreCase),
        Values = Words.ToDictionary(w => w.Key, w => (IReadOnlyDictionary<string, string>)new Dictionary<string, string>(w.Value, StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase),
        Dates = Dates.Length == 0 ? [] : [Dates],
    };

    /// <summary>Our own table, such as an export: every column under its name.</summary>
    public static ImportMapping Own(IEnumerable<string> names) => new() { Columns = names.ToDictionary(name => name, name => name) };

    /// <summary>The key under which a mapping is remembered: the same for the same columns in any order.</summary>
    public static Guid KeyOf(IEnumerable<string> header)
        => new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', header.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal)))).AsSpan(0, 16), bigEndian: true);
}
