using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Import;
using TrustCenter.Tests.Api;

namespace TrustCenter.Tests.Pages;

/// <summary>The programs' copy of the page, and the published description of it.</summary>
public sealed class TrustSchemaTests
{
    [Theory]
    [InlineData("northwind", 50)]
    [InlineData("alder", 5)]
    public async Task The_programs_copy_of_a_sample_vendor_is_what_its_schema_says(string sample, int claims)
    {
        await using var app = await RealApp.Start();
        var reading = ImportFolder.Read(SourceTree.Folder("samples", sample));
        reading.MayApply.ShouldBeTrue();
        await app.Services.GetRequiredService<ImportRun>().Apply(reading.Content, "Amir Haddad", CancellationToken.None);
        foreach (var tenant in await app.Services.GetRequiredService<TrustCenter.Pages.PageCompiler>().Due(CancellationToken.None)) await app.Compiled(new TrustCenter.Engine.Scope(tenant));
        using var visitor = new Browser(app, $"{reading.Content.Vendor!.Host}.localhost");

        var schema = JsonNode.Parse((await visitor.Get("/trust.schema.json")).Bytes)!;
        var copy = JsonNode.Parse((await visitor.Get("/trust.json")).Bytes)!;

        ((string)copy["$schema"]!).ShouldBe("trust.schema.json");
        ((string)schema["$id"]!).ShouldBe((string)copy["$schema"]!);
        copy["claims"]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(claims);
        new JsonSchema(schema, closed: true).Problems(schema, copy).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_copy_that_says_something_else_does_not_fit()
    {
        await using var app = await RealApp.Start();
        var vendor = await app.Vendor(new TrustCenter.Tenants.Vendor { Name = "Alpha", Host = "alpha", Topics = [new TrustCenter.Tenants.Topic("data", "Data", "")] });
        await vendor.Publish(TestVendor.Wording("We answer in a day."));
        var schema = JsonNode.Parse(await vendor.Page("/trust.schema.json"))!;
        var text = await vendor.Page("/trust.json");
        var check = new JsonSchema(schema, closed: true);
        check.Problems(schema, JsonNode.Parse(text)).ShouldBeEmpty();
        foreach (var (what, other) in new[] { ("\"format\": 1", "\"format\": 2"), ("\"in place\"", "\"green\""), ("\"number\": 1", "\"number\": 0"), ("\"hash\": \"", "\"hash\": \"x"), ("\"asOf\"", "\"asof\""), ("\"owner\": \"Head of Platform\",", "") })
        {
            text.ShouldContain(what);
            check.Problems(schema, JsonNode.Parse(text.Replace(what, other, StringComparison.Ordinal))).ShouldNotBeEmpty(what);
        }
    }

    [Fact]
    public async Task Pages_from_anywhere_may_read_the_copy_and_its_schema_and_nothing_else()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        using var elsewhere = house.Visitor();
        (string, string)[] from = [("Origin", "https://elsewhere.example")];
        foreach (var open in new[] { "/trust.json", "/trust.schema.json" })
        {
            var answer = await elsewhere.Get(open, from);
            (answer.Status, answer.Headers["Access-Control-Allow-Origin"]).ShouldBe((200, "*"), open);
            answer.Headers.Keys.ShouldNotContain("Access-Control-Allow-Credentials");
        }
        foreach (var closed in new[] { "/", "/documents", "/manifest.txt", "/publications.jsonl", "/check", $"/claims/{house.PublicClaim}", $"/documents/{house.Policy}/versions/1", "/never/was" })
            (await elsewhere.Get(closed, from)).Headers.Keys.ShouldNotContain("Access-Control-Allow-Origin", closed);
        using var platform = new Browser(app, "console.localhost");
        foreach (var closed in new[] { "/openapi/v1.json", "/api/v1/claims", "/console/sign-in", "/trust.json" })
            (await platform.Get(closed, from)).Headers.Keys.ShouldNotContain("Access-Control-Allow-Origin", closed);
    }
}
