using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TrustCenter.Tests.Api;

/// <summary>
/// The keywords of JSON Schema 2020-12 that our documents use. A keyword that is not known here is a mistake of the test, not a pass.
/// </summary>
/// <param name="root">Where references begin with #.</param>
/// <param name="closed">Whether a member that the schema does not name is wrong even where it would be let pass.</param>
internal sealed class JsonSchema(JsonNode root, bool closed)
{
    private static readonly string[] Words = ["$schema", "$id", "$defs", "title", "description", "default", "$ref", "type", "const", "enum", "required", "properties", "additionalProperties", "items", "minItems", "minLength", "minimum", "pattern", "format", "anyOf"];

    public List<string> Problems(JsonNode schema, JsonNode? value, string at = "$")
    {
        var problems = new List<string>();
        if (schema is JsonValue all) return all.GetValue<bool>() ? problems : [$"{at}: nothing may be here"];
        var words = schema.AsObject();
        foreach (var (word, _) in words) if (!Words.Contains(word)) problems.Add($"{at}: the schema says {word}, which is not known here");
        if (words["$ref"] is { } reference) problems.AddRange(Problems(Resolve(reference.GetValue<string>()), value, at));
        if (words["anyOf"] is JsonArray any && any.All(one => Problems(one!, value, at).Count > 0)) problems.Add($"{at}: none of the choices fits");
        if (words["type"] is { } type && !TypesOf(type).Any(t => Is(t, value))) return [.. problems, $"{at}: {value?.ToJsonString() ?? "null"} is no {type.ToJsonString()}"];
        if (words["const"] is { } constant && !JsonNode.DeepEquals(constant, value)) problems.Add($"{at}: not {constant.ToJsonString()}");
        if (words["enum"] is JsonArray words1 && !words1.Any(w => JsonNode.DeepEquals(w, value))) problems.Add($"{at}: {value?.ToJsonString() ?? "null"} is none of {words1.ToJsonString()}");
        if (value is JsonObject members) problems.AddRange(OfMembers(words, members, at));
        if (value is JsonArray items) problems.AddRange(OfItems(words, items, at));
        if (value is JsonValue single) problems.AddRange(OfValue(words, single, at));
        return problems;
    }

    private JsonNode Resolve(string reference) => reference.Split('/')[1..].Aggregate(root, (node, part) => node[part] ?? throw new InvalidOperationException($"{reference} leads to nothing"));

    private IEnumerable<string> OfMembers(JsonObject schema, JsonObject members, string at)
    {
        foreach (var needed in schema["required"]?.AsArray() ?? []) if (!members.ContainsKey(needed!.GetValue<string>())) yield return $"{at}: {needed} is missing";
        var (known, more) = (schema["properties"]?.AsObject(), schema["additionalProperties"]);
        foreach (var (name, member) in members)
        {
            if (known?[name] is { } described) foreach (var problem in Problems(described, member, $"{at}.{name}")) yield return problem;
            else if (more is not null) foreach (var problem in Problems(more, member, $"{at}.{name}")) yield return problem;
            else if (closed && known is not null) yield return $"{at}: {name} is not described";
        }
    }

    private IEnumerable<string> OfItems(JsonObject schema, JsonArray items, string at)
    {
        if (schema["minItems"] is { } least && items.Count < least.GetValue<int>()) yield return $"{at}: too few";
        if (schema["items"] is not { } each) yield break;
        foreach (var (n, item) in items.Index())
            foreach (var problem in Problems(each, item, $"{at}[{n}]")) yield return problem;
    }

    private static IEnumerable<string> OfValue(JsonObject schema, JsonValue value, string at)
    {
        if (schema["minimum"] is { } least && value.GetValue<decimal>() < least.GetValue<decimal>()) yield return $"{at}: too small";
        if (value.GetValueKind() != JsonValueKind.String) yield break;
        var text = value.GetValue<string>();
        if (schema["minLength"] is { } shortest && text.Length < shortest.GetValue<int>()) yield return $"{at}: too short";
        if (schema["pattern"] is { } pattern && !Regex.IsMatch(text, pattern.GetValue<string>(), RegexOptions.NonBacktracking)) yield return $"{at}: {text} does not match {pattern}";
        if (schema["format"] is { } format && !HasFormat(format.GetValue<string>(), text)) yield return $"{at}: {text} is no {format}";
    }

    private static bool HasFormat(string format, string text) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    private static IEnumerable<string> TypesOf(JsonNode type) => type is JsonArray several ? several.Select(t => t!.GetValue<string>()) : [type.GetValue<string>()];

    private static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("null", JsonValueKind.Null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value!.GetValue<decimal>() is var number && number == decimal.Truncate(number),
        _ => false,
    };
}
