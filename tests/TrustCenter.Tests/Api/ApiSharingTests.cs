using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Links;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Api;

/// <summary>What programs do with links that stand.</summary>
public sealed partial class ApiResourceTests
{
    [Fact, Trait("Case", "T-018")]
    public async Task Who_is_taken_off_a_link_is_out_and_who_is_let_in_comes()
    {
        var program = await house.Program();
        var link = await NewLink(program, """ "people":["ana@acme.com"],"domains":["beta.example"] """);
        using var ana = house.House.Visitor();
        var room = await house.House.Enter(ana, await AddressOf(program, link));

        (await program.Post($"/links/{link}/grants", """{"people":["Bo@acme.com","ana@acme.com"],"domains":["gamma.example"]}""")).Status.ShouldBe(200);
        (await program.Post($"/links/{link}/grant-removals", """{"people":["ANA@acme.com"],"domains":["beta.example"]}""")).Status.ShouldBe(200);

        (await ana.Get(room)).Status.ShouldBe(404);
        using var bo = house.House.Visitor();
        (await bo.Get(await house.House.Enter(bo, await AddressOf(program, link), "bo@acme.com"))).Status.ShouldBe(200);
        var grants = (await program.Get($"/links/{link}/grants")).Text;
        grants.ShouldContain("bo@acme.com");
        grants.ShouldContain("gamma.example");
        foreach (var gone in new[] { "ana@acme.com", "beta.example" }) grants.ShouldNotContain(gone);

        var last = await program.Post($"/links/{link}/grant-removals", """{"people":["bo@acme.com"],"domains":["gamma.example"]}""");
        (last.Status, Fields(last)).ShouldBe((422, "people"));
        foreach (var (body, field) in new[] { ("""{"people":["nobody"]}""", "people"), ("""{"domains":["gmail.com"]}""", "domains"), ("{}", "people") })
        {
            var wrong = await program.Post($"/links/{link}/grants", body);
            (wrong.Status, Fields(wrong)).ShouldBe((422, field), body);
        }
        (await ActorsOf($"link:{link:D}", "link.people_changed")).ShouldBe(Enumerable.Repeat($"key:{program.Key:D} of staff:{program.Maker:D}", 2));
    }

    [Fact, Trait("Case", "T-085")]
    public async Task Taking_off_a_link_is_not_letting_in_and_neither_reaches_a_colleagues_link()
    {
        var (owner, remover, sharer) = (await house.Program(), await house.Program(Right.ReadLinks, Right.RevokeAny), await house.Program(Right.ReadLinks, Right.Share));
        var link = await NewLink(owner, """ "people":["ana@acme.com","bo@acme.com"] """);
        const string bo = """{"people":["bo@acme.com"]}""";
        var longer = $$"""{"until":"{{house.App.Clock.Today.AddDays(90):yyyy-MM-dd}}"}""";
        foreach (var (act, body) in new[] { ("grants", """{"people":["eve@acme.com"]}"""), ("prolongations", longer) }) (await remover.Post($"/links/{link}/{act}", body)).Status.ShouldBe(403, act);
        foreach (var (act, body) in new[] { ("grants", bo), ("grant-removals", bo), ("prolongations", longer) }) (await sharer.Post($"/links/{link}/{act}", body)).Fingerprint.ShouldBe((await sharer.Post($"/links/{Guid.NewGuid()}/{act}", body)).Fingerprint, act);
        (await remover.Post($"/links/{link}/grant-removals", bo)).Status.ShouldBe(200);
        (await Read<ShareLink>(link)).People.ShouldHaveSingleItem();
    }

    [Fact, Trait("Case", "T-026")]
    public async Task A_program_prolongs_a_link_once_by_one_key_and_is_told_what_is_wrong_with_a_day()
    {
        var program = await house.Program();
        var link = await NewLink(program, """ "people":["ana@acme.com"] """);
        var (before, key) = ((await Read<ShareLink>(link)).Expires, Guid.CreateVersion7());
        foreach (var days in new[] { 0, 1, 181 })
        {
            var wrong = await program.Post($"/links/{link}/prolongations", Until(days));
            (wrong.Status, Fields(wrong)).ShouldBe((422, "until"), $"{days} days");
        }
        for (var time = 0; time < 2; time++) (await program.Post($"/links/{link}/prolongations", Until(90), key)).Status.ShouldBe(200);

        var end = (await Read<ShareLink>(link)).Expires;
        end.ShouldBeGreaterThan(before);
        DateOnly.FromDateTime(end.UtcDateTime).ShouldBe(house.App.Clock.Today.AddDays(90));
        (await ActorsOf($"link:{link:D}", "link.prolonged")).ShouldBe([$"key:{program.Key:D} of staff:{program.Maker:D}"]);
        (await program.Post($"/links/{link}/revocations", "{}")).Status.ShouldBe(200);
        (await program.Post($"/links/{link}/prolongations", Until(100))).Status.ShouldBe(422);
        State(await program.Get($"/links/{link}")).ShouldBe("revoked");

        string Until(int days) => $$"""{"until":"{{house.App.Clock.Today.AddDays(days):yyyy-MM-dd}}"}""";
    }

    [Fact, Trait("Case", "T-123")]
    public async Task After_a_restore_a_link_says_that_it_waits_until_a_program_approves_it()
    {
        var (program, rep) = (await house.Program(), await house.Program(Right.ReadLinks, Right.Share));
        var link = await NewLink(program, """ "people":["ana@acme.com"] """);
        var standings = house.App.Services.GetRequiredService<TenantStandings>();
        await standings.Decide(house.House.Scope.Tenant, new SuspendLinks { Id = Guid.NewGuid(), Since = house.App.Clock.GetUtcNow().AddSeconds(1), Backup = "" }, Actor.System, default);
        try
        {
            State(await program.Get($"/links/{link}")).ShouldBe("suspended");
            Line(await program.Get("/links?limit=200"), link)!["state"]!.ToString().ShouldBe("suspended");
            Line(await program.Get("/link-approvals?limit=200"), link).ShouldNotBeNull();
            (await rep.Post($"/links/{link}/approvals", "{}")).Status.ShouldBe(403);

            (await program.Post($"/links/{link}/approvals", "{}")).Status.ShouldBe(200);
            State(await program.Get($"/links/{link}")).ShouldBe("open");
            Line(await program.Get("/link-approvals?limit=200"), link).ShouldBeNull();
            (await ActorsOf($"link:{link:D}", "link.approved_again")).ShouldBe([$"key:{program.Key:D} of staff:{program.Maker:D}"]);
        }
        finally { (await program.Post("/link-approvals", "{}")).Status.ShouldBe(200); }
        (await standings.Find(house.House.Scope.Tenant, default)).LinksSuspended.ShouldBeNull();
    }

    private static async Task<Guid> NewLink(Program program, string who)
    {
        var link = Guid.CreateVersion7();
        (await program.Post("/links", $$"""{"account":"Acme","agreement":false,{{who}}}""", link)).Status.ShouldBe(201);
        return link;
    }

    private static async Task<string> AddressOf(Program program, Guid link) => new Uri((string)JsonNode.Parse((await program.Get($"/links/{link}")).Bytes)!["address"]!).AbsolutePath;

    private static string State(Answer answer) => (string)JsonNode.Parse(answer.Bytes)!["state"]!;

    private static JsonNode? Line(Answer answer, Guid id) => JsonNode.Parse(answer.Bytes)!["items"]!.AsArray().FirstOrDefault(i => (string)i!["id"]! == id.ToString());

    private static string Fields(Answer answer) => string.Join(' ', JsonNode.Parse(answer.Bytes)!["errors"]!.AsArray().Select(e => (string)e!["field"]!));

    private Task<List<string>> ActorsOf(string subject, string what) => house.App.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select actor from entries where tenant = @tenant and subject = @subject and what = @what and log = 'journal' order by n",
        r => r.Text(0), ("@tenant", house.House.Scope.Tenant), ("@subject", subject), ("@what", what)));
}
