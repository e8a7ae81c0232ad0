using System.Text.Json.Nodes;
using TrustCenter.Claims;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Api;

/// <summary>What programs do with claims beyond writing them: hours, comments, translations, several at once, what stood.</summary>
public sealed partial class ApiResourceTests
{
    [Fact]
    public async Task An_approval_for_an_hour_waits_for_it_and_can_be_taken_back()
    {
        var (author, approver) = (await house.Program(), await house.Program());
        var claim = await Waiting(author, "Tomorrow is another day.");
        foreach (var (at, status) in new[] { ("2027-01-01T09:00:00", 400), ("2027-01-01", 400), ("tomorrow", 400), ("2020-01-01T09:00:00Z", 422), ("2099-01-01T09:00:00+01:00", 422) })
        {
            var wrong = await approver.Post($"/claims/{claim}/schedules", $$"""{"edit":1,"publishAt":"{{at}}"}""");
            (wrong.Status, Fields(wrong)).ShouldBe((status, "publishAt"), at);
        }
        var body = $$"""{"edit":1,"publishAt":"{{house.App.Clock.GetUtcNow().AddDays(2).ToOffset(TimeSpan.FromHours(5)):O}}"}""";
        (await author.Post($"/claims/{claim}/schedules", body)).Status.ShouldBe(422, "its own author");
        (await approver.Post($"/claims/{claim}/schedules", body)).Status.ShouldBe(200);
        var draft = JsonNode.Parse((await author.Get($"/claims/{claim}")).Bytes)!["draft"]!;
        ((string)draft["stage"]!, (Guid)draft["approver"]!, draft["publishAt"] is not null).ShouldBe(("approved", approver.Maker, true));

        (await approver.Post($"/claims/{claim}/schedule-ends", """{"edit":1}""")).Status.ShouldBe(200);
        (await Read<Claim>(claim)).Proposal!.Stage.ShouldBe(ProposalStage.Waiting);
        (await approver.Post($"/claims/{claim}/schedule-ends", """{"edit":1}""")).Status.ShouldBe(422);
    }

    [Fact]
    public async Task Comments_are_read_page_by_page_and_written_once()
    {
        var program = await house.Program();
        var claim = await Waiting(program, "Much is said about this.");
        var (path, key) = ($"/claims/{claim}/comments", Guid.CreateVersion7());
        for (var time = 0; time < 2; time++) (await program.Post(path, """{"text":"Who counts?"}""", key)).Status.ShouldBe(200);
        (await program.Post(path, """{"text":"I do."}""")).Status.ShouldBe(200);
        (await program.Post(path, """{"text":" "}""")).Status.ShouldBe(422);

        var first = JsonNode.Parse((await program.Get(path + "?limit=1")).Bytes)!;
        ((string)first["items"]![0]!["text"]!, (bool)first["more"]!).ShouldBe(("Who counts?", true));
        var second = JsonNode.Parse((await program.Get($"{path}?limit=1&cursor={first["next"]}")).Bytes)!;
        ((string)second["items"]![0]!["text"]!, (bool)second["more"]!).ShouldBe(("I do.", false));
        (await program.Get($"/claims/{house.House.PublicClaim}/comments?cursor={first["next"]}")).Status.ShouldBe(400, "a cursor belongs to its list");
    }

    [Fact]
    public async Task A_translation_is_approved_by_somebody_else_and_stands_on_its_page()
    {
        var (author, approver) = (await house.Program(), await house.Program());
        var claim = await Waiting(author, "We speak two languages.");
        (await approver.Post($"/claims/{claim}/publications", """{"edit":1}""")).Status.ShouldBe(200);
        var path = $"/claims/{claim}/translations/de";
        var wrong = await author.Post(path + "/drafts", """{"of":1,"edit":0,"words":{"statement":"","why":{"nobody":"x"}}}""");
        (wrong.Status, Fields(wrong)).ShouldBe((422, ""), "the audience is not known");
        (await author.Post(path + "/drafts", """{"of":2,"edit":0,"words":{"statement":"Wir sprechen zwei Sprachen."}}""")).Status.ShouldBe(409);
        (await author.Post($"/claims/{claim}/translations/fr/drafts", """{"of":1,"edit":0,"words":{"statement":"Oui."}}""")).Status.ShouldBe(404, "not a language of this vendor");
        (await author.Post(path + "/drafts", """{"of":1,"edit":0,"ask":true,"words":{"statement":"Wir sprechen zwei Sprachen."}}""")).Status.ShouldBe(200);
        (await author.Post(path + "/publications", """{"edit":1}""")).Status.ShouldBe(422, "its own translator");
        (await approver.Post(path + "/returns", """{"edit":1,"comment":"Kürzer."}""")).Status.ShouldBe(200);
        (await author.Post(path + "/drafts", """{"of":1,"edit":1,"ask":true,"words":{"statement":"Zwei Sprachen."}}""")).Status.ShouldBe(200);
        (await approver.Post(path + "/publications", """{"edit":2}""")).Status.ShouldBe(200);

        (await author.Get($"/claims/{claim}/translations")).Text.ShouldContain("Zwei Sprachen.");
        using var visitor = house.House.Visitor();
        (await visitor.Get($"/de/claims/{claim}")).Text.ShouldContain("Zwei Sprachen.");
        (await ActorsOf($"claim:{claim:D}", "claim.translated")).ShouldBe([$"key:{approver.Key:D} of staff:{approver.Maker:D}"]);
    }

    [Fact, Trait("Case", "T-095")]
    public async Task Several_claims_are_published_at_once_and_each_names_the_key()
    {
        var (author, approver) = (await house.Program(), await house.Program());
        var (first, second, own) = (await Waiting(author, "One of several."), await Waiting(author, "Two of several."), await Waiting(approver, "Her own."));
        string Body(params Guid[] claims) => $$"""{"claims":[{{string.Join(',', claims.Select(c => $$"""{"claim":"{{c}}","edit":1}"""))}}]}""";
        var batch = Guid.CreateVersion7();
        var made = await approver.Post("/claims/publications", Body(first, second, own), batch);
        (made.Status, made.Location).ShouldBe((201, $"/api/v1/claims/batches/{batch:D}"), made.Text);
        (await approver.Post("/claims/publications", Body(first, second, own), batch)).Fingerprint.ShouldBe(made.Fingerprint);
        foreach (var other in new[] { author, approver }) (await other.Post("/claims/publications", Body(first), batch)).Status.ShouldBe(409);
        (await author.Post("/claims/publications", Body(first, second, own), batch)).Status.ShouldBe(409, "another key's request is another request");
        (await approver.Post("/claims/publications", Body(first, first), Guid.CreateVersion7())).Status.ShouldBe(422);

        var results = JsonNode.Parse((await author.Get($"/claims/batches/{batch}")).Bytes)!["results"]!.AsArray();
        results.Select(r => (int?)r!["number"]).ShouldBe([1, 1, null]);
        ((string)results[2]!["says"]!).ShouldContain("someone other than the author");
        foreach (var claim in new[] { first, second }) (await ActorsOf($"claim:{claim:D}", "claim.published")).ShouldBe([$"key:{approver.Key:D} of staff:{approver.Maker:D}"]);

        var checks = await author.Post("/claims/checks", $$"""{"claims":[{"claim":"{{first}}","version":1}],"checked":"2026-11-21","reviewBy":"2027-11-21","note":"Still so."}""", Guid.CreateVersion7());
        checks.Status.ShouldBe(201, checks.Text);
        (await Read<Claim>(first)).Proposal!.Wording.ReviewBy.ShouldBe(new DateOnly(2027, 11, 21));
    }

    [Fact]
    public async Task What_stood_on_a_day_is_read_page_by_page()
    {
        var program = await house.Program();
        var today = house.App.Clock.Today;
        var (ids, cursor) = (new List<string>(), "");
        do
        {
            var page = JsonNode.Parse((await program.Get($"/claims/as-of?date={today:yyyy-MM-dd}&limit=1{cursor}")).Bytes)!;
            ids.AddRange(page["items"]!.AsArray().Select(i => (string)i!["id"]!));
            cursor = (bool)page["more"]! ? $"&cursor={page["next"]}" : "";
        }
        while (cursor.Length > 0);
        ids.ShouldBeUnique();
        foreach (var claim in new[] { house.House.PublicClaim, house.House.RoomClaim }) ids.ShouldContain(claim.ToString());
        JsonNode.Parse((await program.Get($"/claims/as-of?date={today.AddDays(-1):yyyy-MM-dd}")).Bytes)!["items"]!.AsArray().ShouldBeEmpty();
        foreach (var wrong in new[] { "", "?date=", "?date=21.11.2026", "?date=2026-02-30" }) (await program.Get("/claims/as-of" + wrong)).Status.ShouldBe(400, wrong);
    }

    private static async Task<Guid> Waiting(Program author, string statement)
    {
        var claim = Guid.CreateVersion7();
        (await author.Post("/claims", NewClaim(statement), claim)).Status.ShouldBe(201);
        (await author.Post($"/claims/{claim}/approval-requests", "")).Status.ShouldBe(200);
        return claim;
    }
}
