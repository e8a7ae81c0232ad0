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
        if (!isRequest) Open(schema);
        return schema;
    }

    private static void Open(JsonNode? node)
    {
        if (node is JsonArray list) foreach (var item in list) Open(item);
        if (node is not JsonObject members) return;
        if (members["additionalProperties"] is JsonValue closed && closed.GetValueKind() == JsonValueKind.False) members.Remove("additionalProperties");
        foreach (var (_, member) in members) Open(member);
    }

    private static string? DescriptionOf(JsonSchemaExporterContext context)
        => context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute words, ..] ? words.Description : null;
}
