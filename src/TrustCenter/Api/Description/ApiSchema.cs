using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace TrustCenter.Api;

/// <summary>JSON Schemas of the API's records, out of the same metadata that reads and writes them.</summary>
internal static class ApiSchema
{
    private static readonly JsonSchemaExporterOptions How = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, schema) =>
        {
            if ((WordsOf(context.TypeInfo.Type) ?? MomentOf(context.TypeInfo.Type)) is { } choices) schema = choices;
            if (schema is JsonObject described && DescriptionOf(context) is { } words) described["description"] = words;
            return schema;
        },
    };

    /// <summary>ClaimLineList for a list of claim lines.</summary>
    public static string NameOf(Type type) => type.IsGenericType ? NameOf(type.GenericTypeArguments[0]) + "List" : type.Name.Replace("Shape", "", StringComparison.Ordinal);

    /// <summary>A request is refused with members that are not named here; an answer may get more of them later, and its readers must let them pass.</summary>
    public static JsonNode Of(Type type, bool isRequest)
    {
        var schema = ApiJson.Options.GetJsonSchemaAsNode(type, How);
        schema = Whole(schema, schema);
        if (!isRequest) Open(schema);
        return schema;
    }

    // The exporter points from a type's second place to its first; those pointers would lead elsewhere inside of the document. No type of ours holds itself.
    private static JsonNode Whole(JsonNode node, JsonNode root)
    {
        if (node is JsonArray list) return new JsonArray([.. list.Select(item => item is null ? null : Whole(item, root))]);
        if (node is not JsonObject members) return node.DeepClone();
        if (members["$ref"] is { } pointer)
        {
            var target = pointer.GetValue<string>().Split('/')[1..].Aggregate(root, (at, part) => at is JsonArray array ? array[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : at[part]!);
            var whole = Whole(target, root);
            if (members["description"] is { } own) whole["description"] = own.DeepClone();
            return whole;
        }
        return new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : Whole(m.Value, root))));
    }

    private static void Open(JsonNode? node)
    {
        if (node is JsonArray list) foreach (var item in list) Open(item);
        if (node is not JsonObject members) return;
        if (members["additionalProperties"] is JsonValue closed && closed.GetValueKind() == JsonValueKind.False) members.Remove("additionalProperties");
        foreach (var (_, member) in members) Open(member);
    }

    // What a converter of our own reads, the exporter cannot know.
    private static JsonObject? WordsOf(Type type)
    {
        var (word, isOptional) = Nullable.GetUnderlyingType(type) is { } inner ? (inner, true) : (type, false);
        if (!word.IsEnum) return null;
        var words = new JsonArray([.. Enum.GetNames(word).Select(name => JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(name)))]);
        if (isOptional) words.Add(null);
        return new JsonObject { ["type"] = isOptional ? new JsonArray("string", "null") : "string", ["enum"] = words };
    }

    private static JsonObject? MomentOf(Type type) => type == typeof(DateTimeOffset) ? new JsonObject { ["type"] = "string", ["format"] = "date-time" }
        : type == typeof(DateTimeOffset?) ? new JsonObject { ["type"] = new JsonArray("string", "null"), ["format"] = "date-time" } : null;

    private static string? DescriptionOf(JsonSchemaExporterContext context)
        => context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute words, ..] ? words.Description : null;
}
