using System.Text.Json.Nodes;
using TrustCenter.Agreements;
using TrustCenter.Subprocessors;

namespace TrustCenter.Tests.Api;

/// <summary>What programs do with the list of subprocessors and with the agreement.</summary>
public sealed partial class ApiResourceTests
{
    [Fact]
    public async Task A_program_proposes_subprocessors_and_somebody_elses_publishes_them()
    {
        var (author, approver) = (await house.Program(), await house.Program());
        var entry = Guid.CreateVersion7();
        string Body(int edit, string name, string more = "") => $$"""{"edit":{{edit}},"entry":{"name":"{{name}}","purpose":"Sends mail","since":"2027-04-01"{{more}}} }""";
        var made = await author.Post("/subprocessors", Body(0, "Birch Mail", ""","products":["Ledger"]"""), entry);
        (made.Status, made.Location).ShouldBe((201, "/api/v1/subprocessors"), made.Text);
        (await author.Post("/subprocessors", Body(0, "Birch Mail", ""","products":["Ledger"]"""), entry)).Fingerprint.ShouldBe(made.Fingerprint);
        foreach (var edit in new[] { 0, 1 }) (await author.Post("/subprocessors", Body(edit, "Another"), entry)).Status.ShouldBe(409, "the same key for something else");
        (await author.Post($"/subprocessors/{entry}/drafts", Body(0, "Birch Post"))).Status.ShouldBe(409);
        (await author.Post($"/subprocessors/{Guid.NewGuid()}/drafts", Body(1, "Birch Post"))).Status.ShouldBe(404);
        var wrong = await author.Post($"/subprocessors/{entry}/drafts", """{"edit":1,"entry":{"name":"","purpose":"x","website":"birch","since":"2027-04-01","until":"2027-03-01"} }""");
        (wrong.Status, Fields(wrong)).ShouldBe((422, "entry.name entry.website entry.until"));
        Fields(await author.Post($"/subprocessors/{entry}/drafts", Body(1, "Birch Post", ""","products":["Rocket"]"""))).ShouldBe("entry.products");
        (await author.Post($"/subprocessors/{entry}/drafts", Body(1, "Birch Post"))).Status.ShouldBe(200);

        (await author.Post("/subprocessors/publications", """{"edit":2}""")).Status.ShouldBe(422, "it wrote it");
        (await approver.Post("/subprocessors/returns", """{"edit":2,"comment":"Say where."}""")).Status.ShouldBe(200);
        (await author.Post($"/subprocessors/{entry}/drafts", Body(2, "Birch Post", ""","location":"France" """))).Status.ShouldBe(200);
        (await approver.Post("/subprocessors/publications", """{"edit":2}""")).Status.ShouldBe(409);
        (await approver.Post("/subprocessors/publications", """{"edit":3}""")).Status.ShouldBe(200);
        var list = JsonNode.Parse((await author.Get("/subprocessors")).Bytes)!;
        ((int)list["version"]!, (string)list["entries"]![0]!["entry"]!["location"]!, list["proposal"]).ShouldBe((1, "France", null));
        using var visitor = house.House.Visitor();
        (await visitor.Get("/subprocessors")).Text.ShouldContain("Birch Post");
        (await ActorsOf($"subprocessors:{SubprocessorList.Only:D}", "subprocessors.published")).ShouldBe([$"key:{approver.Key:D} of staff:{approver.Maker:D}"]);
    }

    [Fact]
    public async Task A_program_publishes_the_agreement_over_the_version_that_it_read()
    {
        var program = await house.Program();
        var before = JsonNode.Parse((await program.Get("/agreement")).Bytes)!;
        string Body(int version, string body) => $$"""{"version":{{version}},"title":"Reading agreement","body":"{{body}}"}""";
        (await program.Post("/agreement/versions", Body((int)before["version"]! - 1, "Older."))).Status.ShouldBe(409);
        Fields(await program.Post("/agreement/versions", Body((int)before["version"]!, " "))).ShouldBe("body");
        (await program.Post("/agreement/versions", Body((int)before["version"]!, "You tell nobody."))).Status.ShouldBe(200);

        var after = JsonNode.Parse((await program.Get("/agreement")).Bytes)!;
        ((string)after["body"]!, (string)after["hash"]!).ShouldBe(("You tell nobody.", AgreementVersion.HashOf("Reading agreement", "You tell nobody.")));
        JsonNode.DeepEquals(JsonNode.Parse((await program.Get($"/agreement/versions/{before["version"]}")).Bytes), before).ShouldBeTrue("what was published stays");
        (await program.Get("/agreement/versions/99")).Status.ShouldBe(404);
    }
}
