using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>
/// OpenAPI 3.1 out of the route table. Stands in for Microsoft.AspNetCore.OpenApi: handlers here read their bodies themselves, strictly and bounded, so that the
/// package sees services instead of bodies; and it has no examples that are checked by their types.
/// </summary>
internal sealed partial class OpenApiDocument(EndpointDataSource routes, IOptions<TrustCenterOptions> options, Paths paths)
{
    private readonly JsonObject schemas = [];

    public byte[] Write()
    {
        var addresses = new JsonObject();
        foreach (var route in routes.Endpoints.OfType<RouteEndpoint>())
            if (route.Metadata.GetMetadata<ApiOperation>() is { } operation) Add(addresses, route, operation);
        schemas["Problem"] = ApiSchema.Of(typeof(ProblemShape), isRequest: false);
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Trust center", ["version"] = "1", ["description"] = OpenApiWords.About },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = options.Value.AddressOf(options.Value.PlatformLabel) }),
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }),
            ["paths"] = addresses,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = OpenApiWords.Key } },
                ["responses"] = Errors(),
                ["schemas"] = schemas,
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true, TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() });
    }

    private void Add(JsonObject addresses, RouteEndpoint route, ApiOperation operation)
    {
        var pattern = Constraint().Replace(route.RoutePattern.RawText!, "}");
        var address = (addresses[pattern] ??= new JsonObject()).AsObject();
        address[operation.Changes ? "post" : "get"] = Of(operation, pattern, route.Metadata.GetMetadata<RouteGuard>()!.Right!.Value);
    }

    private JsonObject Of(ApiOperation operation, string pattern, Right right)
    {
        var made = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary,
            ["description"] = $"{operation.Description} Needs the scope {ApiWord.Of(right)}: {ApiScopes.Of(right)}.".Trim(),
            ["tags"] = new JsonArray(pattern[paths.Api.Length..].Split('/')[1]),
            ["parameters"] = Parameters(operation),
            ["responses"] = Responses(operation),
        };
        if (operation.TakesAFile) made["requestBody"] = Body("application/octet-stream", [], operation.FileExample);
        if (operation.Body is { } body) made["requestBody"] = Body("application/json", Reference(body, isRequest: true), Json(body));
        return made;
    }

    private static JsonObject Body(string media, JsonObject schema, JsonNode? example) => new()
    {
        ["required"] = true,
        ["content"] = new JsonObject { [media] = new JsonObject { ["schema"] = schema, ["example"] = example } },
    };

    private JsonObject Responses(ApiOperation operation)
    {
        var done = new JsonObject { ["description"] = operation.Creates ? "Made; a repetition answers the same." : "Done." };
        var content = operation.Answer is { } answer ? new JsonObject { ["schema"] = Reference(answer, isRequest: false), ["example"] = Json(answer) } : [];
        done["content"] = new JsonObject { [operation.AnswerMedia] = content };
        if (operation.Creates) done["headers"] = new JsonObject { ["Location"] = new JsonObject { ["description"] = "The address of what was made.", ["schema"] = new JsonObject { ["type"] = "string" } } };
        var responses = new JsonObject { [Text(operation.Status)] = done };
        foreach (var status in OpenApiWords.ErrorsOf(operation)) responses[Text(status)] = new JsonObject { ["$ref"] = $"#/components/responses/{status}" };
        return responses;
    }

    private static JsonArray Parameters(ApiOperation operation)
    {
        var parameters = new JsonArray();
        foreach (var (name, example) in operation.Path) parameters.Add(Parameter("path", InPath(name, example)));
        foreach (var query in operation.Query.Concat(operation.IsPaged ? OpenApiWords.Paging : [])) parameters.Add(Parameter("query", query));
        if (operation.Changes) parameters.Add(Parameter("header", new ApiQuery(ApiCall.KeyHeader, OpenApiWords.Repeating, Example.NewKey, "uuid", IsRequired: operation.Creates)));
        return parameters;
    }

    private static ApiQuery InPath(string name, string example) => Guid.TryParse(example, out _) ? new(name, "Its id.", example, "uuid", IsRequired: true)
        : int.TryParse(example, out _) ? new(name, "Its number.", example, "integer", IsRequired: true)
        : new(name, OpenApiWords.InPath[name], example, IsRequired: true);

    private static JsonObject Parameter(string place, ApiQuery query)
    {
        var schema = new JsonObject { ["type"] = query.Format == "integer" ? "integer" : "string" };
        if (query.Format is { } format && format != "integer") schema["format"] = format;
        if (query.Words is { } words) schema["enum"] = new JsonArray([.. words.Select(w => JsonValue.Create(w))]);
        var parameter = new JsonObject { ["name"] = query.Name, ["in"] = place, ["required"] = query.IsRequired, ["description"] = query.Description, ["schema"] = schema };
        if (query.Example is { } example) parameter["example"] = query.Format == "integer" ? int.Parse(example, CultureInfo.InvariantCulture) : example;
        return parameter;
    }

    private JsonObject Reference(object example, bool isRequest)
    {
        var name = ApiSchema.NameOf(example.GetType());
        schemas[name] ??= ApiSchema.Of(example.GetType(), isRequest);
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private static JsonObject Errors()
    {
        var errors = new JsonObject();
        foreach (var (status, words) in OpenApiWords.Errors)
            errors[Text(status)] = new JsonObject
            {
                ["description"] = words,
                ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } } },
            };
        return errors;
    }

    private static JsonNode? Json(object example) => JsonSerializer.SerializeToNode(example, ApiJson.Options.GetTypeInfo(example.GetType()));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // {claim:guid}
    [GeneratedRegex(":[a-z]+}", RegexOptions.NonBacktracking)]
    private static partial Regex Constraint();
}
