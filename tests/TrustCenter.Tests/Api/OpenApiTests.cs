using System.Text;
using System.Text.Json.Nodes;
using TrustCenter.Api;
using TrustCenter.Tests.Isolation;
using TrustCenter.Web;

namespace TrustCenter.Tests.Api;

/// <summary>The document says what the app does: every operation in it is sent as it stands there, and answers what stands there.</summary>
public sealed class OpenApiTests : IAsyncLifetime
{
    private RealApp app = null!;
    private JsonNode document = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start();
        using var anybody = new Browser(app, "console.localhost");
        var answer = await anybody.Get("/openapi/v1.json");
        (answer.Status, answer.Headers["Content-Type"]).ShouldBe((200, "application/json"));
        document = JsonNode.Parse(answer.Bytes)!;
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    private IEnumerable<(string Path, string Method, JsonNode Operation)> Operations => document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(m => (p.Key, m.Key, m.Value!)));

    [Fact]
    public async Task Every_operation_does_with_its_example_what_the_document_says()
    {
        var problems = new List<string>();
        var reader = await ExampleVendor.Build(app, "reader"); // what is only read can be read of one
        foreach (var (n, (path, method, operation)) in Operations.Index())
        {
            var program = method == "get" ? reader : await ExampleVendor.Build(app, $"vendor-{n}");
            var answer = await Send(program, path, method, operation);
            problems.AddRange(Differences(operation, answer).Select(p => $"{operation["operationId"]}: {p}"));
        }
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void Every_example_fits_its_schema()
    {
        var (open, closed) = (new JsonSchema(document, closed: false), new JsonSchema(document, closed: true));
        foreach (var (_, _, operation) in Operations)
        {
            var request = operation["requestBody"]?["content"]?["application/json"];
            if (request is not null) open.Problems(request["schema"]!, request["example"]).ShouldBeEmpty((string?)operation["operationId"]);
            var answer = Success(operation).Answer["content"]!["application/json"];
            if (answer is not null) closed.Problems(answer["schema"]!, answer["example"]).ShouldBeEmpty((string?)operation["operationId"]);
        }
    }

    [Fact]
    public void Every_route_for_programs_is_an_operation_and_every_operation_a_route()
    {
        var routes = RouteTable.Of(app).Where(r => r.Guard is { Reader: Reader.Program } && r.Name != "api nothing").ToList();
        routes.Count.ShouldBeGreaterThan(25);
        routes.ShouldAllBe(r => r.Guard!.Right != null);
        RouteTable.Of(app).Where(r => r.Pattern.Contains("/api/", StringComparison.Ordinal)).ShouldAllBe(r => r.Guard!.Reader == Reader.Program);

        var described = Operations.Select(o => $"{o.Method} {o.Path}").ToList();
        routes.Select(r => $"{(r.Changes ? "post" : "get")} {r.Pattern.Replace(":guid", "", StringComparison.Ordinal).Replace(":int", "", StringComparison.Ordinal)}").ShouldBe(described, ignoreOrder: true);
        Operations.Select(o => (string)o.Operation["operationId"]!).ShouldBeUnique();
    }

    [Fact]
    public void Every_operation_has_words_an_example_and_its_errors()
    {
        ((string)document["openapi"]!).ShouldBe("3.1.0");
        foreach (var (path, method, operation) in Operations)
        {
            ((string)operation["summary"]!).Length.ShouldBeGreaterThan(5, path);
            ((string)operation["description"]!).ShouldContain("Needs the scope");
            foreach (var parameter in operation["parameters"]!.AsArray()) if ((bool)parameter!["required"]!) parameter["example"].ShouldNotBeNull($"{path} {parameter["name"]}");
            if (method == "post") operation["requestBody"]!["content"]!.AsObject().Single().Value!["example"].ShouldNotBeNull(path);
            foreach (var status in new[] { "401", "403", "503" }) operation["responses"]![status].ShouldNotBeNull(path);
            foreach (var (_, response) in operation["responses"]!.AsObject())
                if ((string?)response!["$ref"] is { } reference) document["components"]!["responses"]![reference.Split('/')[^1]].ShouldNotBeNull(reference);
        }
        document["components"]!["schemas"]!.AsObject().Select(s => s.Key).ShouldContain("Problem");
    }

    [Fact]
    [Trait("Case", "T-131")]
    public async Task The_document_is_anonymous_and_says_nothing_of_any_vendor()
    {
        await ExampleVendor.Build(app, "somebody");
        using var anybody = new Browser(app, "console.localhost");
        JsonNode.DeepEquals(JsonNode.Parse((await anybody.Get("/openapi/v1.json")).Bytes), document).ShouldBeTrue();
        document.ToJsonString().ShouldNotContain("somebody.localhost");
        using var vendor = new Browser(app, "somebody.localhost");
        (await vendor.Get("/openapi/v1.json")).Status.ShouldBe(404);
    }

    private static Task<Answer> Send(Program program, string path, string method, JsonNode operation)
    {
        var parameters = operation["parameters"]!.AsArray().Where(p => p!["example"] is not null).Select(p => (In: (string)p!["in"]!, Name: (string)p["name"]!, Value: p["example"]!.ToString())).ToList();
        foreach (var (_, name, value) in parameters.Where(p => p.In == "path")) path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        var query = string.Join('&', parameters.Where(p => p.In == "query").Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        var headers = parameters.Where(p => p.In == "header").Select(p => (p.Name, p.Value)).ToArray();
        if (method == "get") return program.Http.Get(query.Length > 0 ? $"{path}?{query}" : path, headers);
        var (media, body) = operation["requestBody"]!["content"]!.AsObject().Single();
        var text = media == "application/json" ? body!["example"]!.ToJsonString() : (string)body!["example"]!;
        return program.Http.Send(HttpMethod.Post, query.Length > 0 ? $"{path}?{query}" : path, new StringContent(text, Encoding.UTF8, media), headers);
    }

    private IEnumerable<string> Differences(JsonNode operation, Answer answer)
    {
        var (status, success) = Success(operation);
        if (answer.Status != status) return [$"{answer.Status} instead of {status}: {answer.Text}"];
        var (media, content) = success["content"]!.AsObject().Single();
        if (answer.Headers["Content-Type"].Split(';')[0] != media) return [$"{answer.Headers["Content-Type"]} instead of {media}"];
        if (status == 201 && answer.Headers.GetValueOrDefault("Location")?.StartsWith("/api/v1/", StringComparison.Ordinal) != true) return ["no Location"];
        return media == "application/json" ? new JsonSchema(document, closed: true).Problems(content!["schema"]!, JsonNode.Parse(answer.Bytes)) : [];
    }

    private static (int Status, JsonNode Answer) Success(JsonNode operation)
    {
        var (status, answer) = operation["responses"]!.AsObject().Single(r => r.Key.StartsWith('2'));
        return (int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), answer!);
    }
}
