using System.Globalization;
using TrustCenter.Engine;

namespace TrustCenter.Web;

/// <summary>What was typed into a form: read with the rule of each field, kept as it was typed for the answer.</summary>
public sealed class TypedForm(IReadOnlyDictionary<string, string[]> values)
{
    private readonly List<Problem> problems = [];

    public static readonly TypedForm Empty = new(new Dictionary<string, string[]>());

    public static TypedForm From(IFormCollection form) => new(form.ToDictionary(f => f.Key, f => f.Value.Select(v => v ?? "").ToArray()));

    /// <exception cref="BadHttpRequestException">The body is no form, or it ends too early: the sender's fault, not ours (ABUSE T-126).</exception>
    public static async Task<TypedForm> Read(HttpContext context)
    {
        try { return From(await context.Request.ReadFormAsync(context.RequestAborted)); }
        // IOException: the body ended in the middle of a part or a chunk. NotSupportedException: a charset that .NET refuses, such as UTF-7.
        catch (Exception broken) when (broken is not BadHttpRequestException and (IOException or NotSupportedException or InvalidDataException)) { throw new BadHttpRequestException("The form could not be read.", broken); }
    }

    public IReadOnlyList<Problem> Problems => problems;
    public bool IsSent => values.Count > 0;

    public IEnumerable<string> Fields => values.Keys;

    public void Add(string field, string rule) => problems.Add(new(field, rule));

    public void Add(IEnumerable<Problem> more) => problems.AddRange(more);

    /// <summary>As typed, or empty.</summary>
    public string this[string field] => values.TryGetValue(field, out var typed) && typed.Length > 0 ? typed[0] : "";

    /// <summary>As typed where the form was sent, else what stands.</summary>
    public string Or(string field, string? standing) => IsSent ? this[field] : standing ?? "";

    public bool Has(string field, string value, IEnumerable<string> standing) => (IsSent ? All(field) : standing).Contains(value);

    public IReadOnlyList<string> All(string field) => values.TryGetValue(field, out var typed) ? [.. typed.Where(t => t.Length > 0)] : [];

    /// <summary>Trimmed, line ends as one line feed.</summary>
    public string Text(string field) => this[field].Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    /// <summary>Values separated by commas, semicolons or line ends.</summary>
    public IReadOnlyList<string> List(string field) => [.. this[field].Split([',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    public DateOnly? Date(string field)
    {
        if (Text(field) is not { Length: > 0 } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Add(field, $"“{text}” is not a date. Write year, month and day: 2026-12-31.");
        return null;
    }

    public Guid? Id(string field) => Guid.TryParse(this[field], out var id) ? id : null;

    public int Number(string field) => int.TryParse(this[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A time as the page drew it, in microseconds; 0, at which nothing was ever done here, where the field is not the page's.</summary>
    public long Micros(string field) => long.TryParse(this[field], NumberStyles.None, CultureInfo.InvariantCulture, out var micros) ? micros : 0;

    public T? Word<T>(string field) where T : struct, Enum => Enum.TryParse<T>(this[field], out var word) && Enum.IsDefined(word) ? word : null;

    /// <summary>The id drawn into the form, so that the same form posted again is one command.</summary>
    public Guid Command => Id("command") ?? Guid.CreateVersion7();
}
