using System.Text.Json;

namespace TrustCenter.Documents;

/// <summary>
/// Every object of a PDF as <c>qpdf --json=2</c> tells it: also those inside object streams, decrypted, names unescaped.
/// Names start with "/", strings with "u:" or "b:", references read "5 0 R".
/// </summary>
internal sealed class PdfObjects : IDisposable
{
    private const int DeepestReference = 32; // a chain of references longer than this is a loop or an attack
    private const int DeepestPage = 64; // levels of the page tree

    private readonly JsonDocument document;
    private readonly Dictionary<string, JsonElement> values = [];

    private PdfObjects(JsonDocument document)
    {
        this.document = document;
        var qpdf = document.RootElement.GetProperty("qpdf");
        LastId = qpdf[0].GetProperty("maxobjectid").GetInt32();
        foreach (var entry in qpdf[1].EnumerateObject()) values[KeyOf(entry.Name)] = ValueOf(entry.Value);
        Pages = [.. document.RootElement.GetProperty("pages").EnumerateArray().Select(page => page.GetProperty("object").GetString()!)];
    }

    /// <summary>References of the pages' dictionaries, in reading order.</summary>
    public IReadOnlyList<string> Pages { get; }

    public int LastId { get; }

    /// <summary>All objects: dictionaries of streams, and values of everything else, the trailer included.</summary>
    public IEnumerable<JsonElement> All => values.Values;

    /// <summary>Every object under its reference ("5 0 R"), and the trailer under "trailer".</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> Entries => values;

    public static PdfObjects Read(byte[] json) => new(JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 }));

    public void Dispose() => document.Dispose();

    /// <summary>The value itself, or what it refers to.</summary>
    public JsonElement? Resolve(JsonElement? value)
    {
        for (var depth = 0; depth < DeepestReference && value is { } element; depth++)
        {
            if (ReferenceIn(element) is not { } reference) return element;
            value = values.TryGetValue(reference, out var target) ? target : null;
        }

        return null;
    }

    public JsonElement? Get(JsonElement? dictionary, string key) =>
        Resolve(dictionary) is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(key, out var value) ? value : null;

    /// <summary>An attribute that a page has itself or inherits, and the node that holds it (ISO 32000-1, 7.7.3.4).</summary>
    public (JsonElement Value, string Holder)? Inherited(string page, string key)
    {
        var node = page;
        for (var depth = 0; depth < DeepestPage && values.TryGetValue(node, out var dictionary); depth++)
        {
            if (Get(dictionary, key) is { } value && Resolve(value) is { ValueKind: not JsonValueKind.Null }) return (value, node);
            if (dictionary.ValueKind != JsonValueKind.Object || !dictionary.TryGetProperty("/Parent", out var parent)) return null;
            if (ReferenceIn(parent) is not { } above) return null;
            node = above;
        }

        return null;
    }

    public JsonElement? this[string reference] => values.TryGetValue(reference, out var value) ? value : null;

    /// <summary>"5 0 R" when the value is a reference.</summary>
    public static string? ReferenceIn(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        var raw = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value);
        return raw.Length > 4 && char.IsAsciiDigit((char)raw[1]) && raw[^2] == 'R' ? value.GetString() : null;
    }

    private static string KeyOf(string name) => name.StartsWith("obj:", StringComparison.Ordinal) ? name[4..] : name;

    private static JsonElement ValueOf(JsonElement entry) =>
        entry.TryGetProperty("stream", out var stream) ? stream.GetProperty("dict") : entry.GetProperty("value");
}
