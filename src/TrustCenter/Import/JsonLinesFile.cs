using System.Text.Json;

namespace TrustCenter.Import;

/// <summary>One JSON object a line (jsonlines.org). Numbers and booleans are read as they are written.</summary>
internal static class JsonLinesFile
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    public static IEnumerable<MapNode> Rows(string path, FileProblems problems)
    {
        using var reader = TextFile.Open(path);
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            if (Row(text, line, problems) is { } row) yield return row;
        }
    }

    private static MapNode? Row(string text, int line, FileProblems problems)
    {
        if (text.Length > ImportLimits.Field)
            return Refuse(line, $"The line has {text.Length:N0} characters; at most {ImportLimits.Field:N0} are read.", problems);
        try
        {
            using var json = JsonDocument.Parse(text, Options);
            return ToNode(json.RootElement, line) as MapNode
                ?? Refuse(line, "Every line must be one object: {\"name\": \"value\"}.", problems);
        }
        catch (JsonException invalid)
        {
            return Refuse(line, $"This is not valid JSON ({FirstSentence(invalid.Message)}). Check quotes, commas and brackets.", problems);
        }
        catch (InvalidOperationException) // an escaped half surrogate, "\ud800", in a text or a name
        {
            return Refuse(line, "This is not valid JSON (a text holds half a character). Check quotes, commas and brackets.", problems);
        }
    }

    private static Node ToNode(JsonElement value, int line) => value.ValueKind switch
    {
        JsonValueKind.Object => ToMap(value, line),
        JsonValueKind.Array => new ListNode(line, [.. value.EnumerateArray().Select(item => ToNode(item, line))]),
        JsonValueKind.String => new TextNode(line, value.GetString()!),
        JsonValueKind.Null => new TextNode(line, ""),
        _ => new TextNode(line, value.GetRawText()),
    };

    private static MapNode ToMap(JsonElement value, int line)
    {
        var entries = MapNode.NewEntries();
        foreach (var property in value.EnumerateObject())
        {
            if (!entries.TryAdd(property.Name.Trim(), ToNode(property.Value, line)))
                throw new JsonException($"{FieldText.Cite(property.Name)} is said twice.");
        }

        return new MapNode(line, entries);
    }

    private static string FirstSentence(string message) => message.Split(". ", 2)[0].TrimEnd('.');

    private static MapNode? Refuse(int line, string reason, FileProblems problems)
    {
        problems.Error(line, null, "not readable JSON", reason);
        return null;
    }
}
