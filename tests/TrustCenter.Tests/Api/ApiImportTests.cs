using System.Text;
using System.Text.Json.Nodes;
using TrustCenter.Deals;
using TrustCenter.Import;

namespace TrustCenter.Tests.Api;

/// <summary>A table whose columns a program names itself.</summary>
public sealed partial class ApiResourceTests
{
    [Fact]
    public async Task A_program_says_how_a_table_is_read_and_the_next_one_is_read_so()
    {
        var program = await house.Program();
        var (import, table) = (Guid.CreateVersion7(), "Vorgang,Kunde,Stand,Ende\nX-1,Acme,Gewonnen,13.08.2026\n");
        (await program.Upload("/imports", Encoding.UTF8.GetBytes(table), import)).Status.ShouldBe(201);
        await Tests.Import.ImportDesk.Reaches(house.House, import, ImportStage.Checked);
        foreach (var (body, fields) in new[]
        {
            ("""{"columns":{"key":"Vorgang","outcome":"Status"}}""", "columns.outcome columns.outcome"), ("""{"columns":{"key":"Vorgang","outcome":"Stand","moon":"Kunde"}}""", "columns.moon"),
            ("""{"columns":{"key":"Vorgang","outcome":"Stand"},"words":{"outcome":{"Gewonnen":"victory"},"account":{"x":"y"}}}""", "words.outcome words.account"),
            ("""{"columns":{"key":"Vorgang","outcome":"Stand"},"dates":"soon"}""", "dates"), ("""{"columns":{}}""", "columns.key columns.outcome"),
        })
        {
            var wrong = await program.Post($"/imports/{import}/mappings", body);
            (wrong.Status, Fields(wrong)).ShouldBe((422, fields), body);
        }
        const string mapping = """{"columns":{"key":"Vorgang","account":"Kunde","outcome":"Stand","closed":"Ende"},"words":{"outcome":{"Gewonnen":"won"}},"dates":"d.M.yyyy"}""";
        (await program.Post($"/imports/{import}/mappings", mapping)).Status.ShouldBe(200);
        await Tests.Import.ImportDesk.Reaches(house.House, import, ImportStage.Checked);
        JsonNode.DeepEquals(JsonNode.Parse((await program.Get($"/imports/{import}")).Bytes)!["mapping"]!["columns"], JsonNode.Parse(mapping)!["columns"]).ShouldBeTrue();
        var begun = await program.Post($"/imports/{import}/runs", "{}");
        begun.Status.ShouldBe(200, begun.Text + (await program.Get($"/imports/{import}")).Text);
        await Tests.Import.ImportDesk.Reaches(house.House, import, ImportStage.Done);
        (await Read<Deal>(ImportKeys.Of<Deal>(house.House.Scope, "X-1"))).Words.Outcome.ShouldBe(DealOutcome.Won);
        (await program.Get($"/imports/{import}/report")).Text.ShouldContain("X-1");
        (await program.Post($"/imports/{import}/mappings", mapping)).Status.ShouldBe(422, "it is over");

        var next = Guid.CreateVersion7();
        (await program.Upload("/imports", Encoding.UTF8.GetBytes(table.Replace("X-1", "X-2", StringComparison.Ordinal)), next)).Status.ShouldBe(201);
        (await Read<ImportJob>(next)).Mapping.Words["outcome"]["Gewonnen"].ShouldBe("won");
    }
}
