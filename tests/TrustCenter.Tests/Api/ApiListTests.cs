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

    [Fact]
    public async Task A_program_sets_what_an_admin_sets_by_the_same_rules()
    {
        var (program, blind) = (await house.Program(), await house.Program([.. TrustCenter.Api.ApiScopes.All.Where(s => s != TrustCenter.Staff.Right.ManageSettings)]));
        (await blind.Get("/settings")).Status.ShouldBe(403);
        var standing = JsonNode.Parse((await program.Get("/settings")).Bytes)!;
        var (version, words) = ((int)standing["version"]!, (int)standing["vendor"]!["version"]!);
        foreach (var (part, body, fields) in new[]
        {
            ("hours", """{"zone":"Moon","days":[],"from":"9","to":"08:00","fiscalYearStart":13}""", "hours.from"),
            ("hours", """{"zone":"Moon","days":[],"from":"09:00","to":"08:00","fiscalYearStart":13}""", "hours.zone hours.days hours.to hours.fiscalYearStart"),
            ("defaults", """{"defaultDays":40,"mostDays":30,"agreementDemanded":false,"answerHours":0,"noticeDays":-1}""", "defaults.defaultDays defaults.answerHours defaults.noticeDays"),
            ("retention", """{"people":1,"acceptances":0,"touches":1,"deals":-5}""", "retention.people retention.acceptances retention.deals"),
            ("brand", """{"name":"","accent":"red","logo":"<svg onload='x'/>","contact":"nobody"}""", "brand.name brand.accent brand.logo brand.contact"),
            ("scope", """{"products":["a;b"],"plans":[],"regions":[],"languages":["e n"],"currency":"EURO"}""", "scope.currency scope.products scope.languages"),
            ("topics", """[{"key":"data","name":"Data","summary":""},{"key":"No key","name":"","summary":""}]""", "topics[1].key topics[1].name"),
            ("topics", "[]", ""),
            ("audiences", """[{"key":"reviewer","name":"Reviewer","why":"","topics":["moon"],"more":"","address":"javascript:1"}]""", "audiences[0].topics audiences[0].address"),
        })
        {
            var wrong = await program.Post($"/settings/{part}", $$"""{"version":{{(part is "hours" or "defaults" or "retention" ? version : words)}},"{{part}}":{{body}}}""");
            (wrong.Status, Fields(wrong)).ShouldBe((422, fields), body);
        }
        (await program.Post("/settings/topics", $$"""{"version":{{words}},"topics":[]}""")).Text.ShouldContain("Give them another topic first.");
        string Brand(int over, string tagline) => $$"""{"version":{{over}},"brand":{"name":"Alpha Records","accent":"#0B6E4F","tagline":"{{tagline}}"} }""";
        (await program.Post("/settings/brand", Brand(words - 1, "Older."))).Status.ShouldBe(409);
        (await program.Post("/settings/brand", Brand(words, "Set by a program."))).Status.ShouldBe(200);
        (await program.Post("/settings/retention", $$"""{"version":{{version}},"retention":{"people":12,"acceptances":72,"touches":36,"deals":120} }""")).Status.ShouldBe(200);

        using var visitor = house.House.Visitor();
        (await visitor.Get("/")).Text.ShouldContain("Set by a program.");
        var now = JsonNode.Parse((await program.Get("/settings")).Bytes)!;
        ((int)now["retention"]!["people"]!, (string)now["vendor"]!["brand"]!["accent"]!).ShouldBe((12, "#0b6e4f"));
        JsonNode.DeepEquals(now["vendor"]!["topics"], standing["vendor"]!["topics"]).ShouldBeTrue();
        (await ActorsOf($"settings:{TrustCenter.Tenants.TenantSettings.Only:D}", "settings.retention_set")).ShouldBe([$"key:{program.Key:D} of staff:{program.Maker:D}"]);
    }
}
