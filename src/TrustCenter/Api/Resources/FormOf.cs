using System.Globalization;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>A body of the API as the fields of the console's form, so that both are read by the same rules.</summary>
internal static class FormOf
{
    public static TypedForm Fields(IEnumerable<(string Name, IEnumerable<string>? Values)> fields)
        => new(fields.Where(f => f.Values is not null).ToDictionary(f => f.Name, f => f.Values!.ToArray()));

    public static IEnumerable<string>? Day(DateOnly? day) => day is { } d ? [d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] : null;

    /// <summary>A field that holds one value a line.</summary>
    public static IEnumerable<string>? Lines(IReadOnlyList<string>? values) => values is null ? null : [string.Join('\n', values)];

    public static IEnumerable<string>? Text(string? text) => text is null ? null : [text];

    public static IEnumerable<string> Number(int number) => [number.ToString(CultureInfo.InvariantCulture)];

    /// <summary>A sentence by the key of an audience.</summary>
    public static IEnumerable<(string, IEnumerable<string>?)> Why(IReadOnlyDictionary<string, string>? why)
        => (why ?? new Dictionary<string, string>()).Select(w => ("why." + w.Key, (IEnumerable<string>?)[w.Value]));

    public static IEnumerable<string>? Yes(bool yes) => yes ? ["yes"] : null;
}
