using System.Text;
using System.Text.Json.Nodes;
using TrustCenter.Staff;
using TrustCenter.Tests.Isolation;
using TrustCenter.Web;

namespace TrustCenter.Tests.Api;

/// <summary>Every route of the API with something wrong: it says what, in one form, and nothing happens.</summary>
[Collection(StageGroup.Name)]
public sealed class ApiRefusalTests(Stage stage)
{
    public static TheoryData<string> Operations => [.. Rows.All.Select(r => r.Route).Where(r => r.StartsWith("api ", StringComparison.Ordinal) && r != "api nothing")];

    [Theory, Trait("Case", "T-085")]
    [MemberData(nameof(Operations))]
    public async Task A_key_without_the_scope_is_told_which_one_it_lacks(string name)
    {
        var route = stage.Routes.Single(r => r.Name == name);
        route.Guard!.Reader.ShouldBe(Reader.Program);
        var right = route.Guard.Right.ShouldNotBeNull();
        var own = await Rows.Of(name).Own(stage);
        var others = await stage.Program([.. TrustCenter.Api.ApiScopes.All.Where(r => r != right)]);
        var all = await Program.Hire(stage.App, stage.A.Scope, [.. Enum.GetValues<Role>().Where(role => !Rights.Of(role).Contains(right))]);
        var beyond = await Program.Of(stage.App, stage.A.Scope, all); // the key says yes, its maker may not
        var before = await stage.Mark(stage.A.Scope);
        foreach (var by in new[] { others, beyond })
        {
            var answer = await (own with { By = by.Http }).Send(route);
            Problem(answer, 403);
            answer.Text.ShouldContain("scope");
        }
        (await stage.Mark(stage.A.Scope)).ShouldBe(before, name);
    }

    [Theory, Trait("Case", "T-084")]
    [MemberData(nameof(Operations))]
    public async Task Without_a_key_nothing_happens_whatever_the_cookies_say(string name)
    {
        var route = stage.Routes.Single(r => r.Name == name);
        var own = await Rows.Of(name).Own(stage);
        var before = await stage.Mark(stage.A.Scope);
        foreach (var browser in new[] { stage.NewPlatform(), await stage.Staff(Role.Admin), await stage.Staff(Role.Editor) })
            Problem(await (own with { By = browser }).Send(route), 401);
        (await stage.Mark(stage.A.Scope)).ShouldBe(before, name);
    }

    [Theory, Trait("Case", "T-084")]
    [MemberData(nameof(Operations))]
    public async Task A_change_comes_as_a_post_of_strict_JSON_or_does_not_happen(string name)
    {
        var route = stage.Routes.Single(r => r.Name == name);
        if (!route.Changes) return;
        var own = await Rows.Of(name).Own(stage);
        var path = route.PathOf(own.Values) + own.Query;
        var before = await stage.Mark(stage.A.Scope);
        foreach (var method in new[] { "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE" })
        {
            var isList = method is "GET" or "HEAD" && stage.Routes.Any(r => !r.Changes && r.Pattern == route.Pattern);
            var answer = await own.By.Send(new HttpMethod(method), path, method is "GET" or "HEAD" or "TRACE" ? null : own.Body(), [.. own.Headers, ("X-HTTP-Method-Override", "POST"), ("X-HTTP-Method", "POST")]);
            answer.Status.ShouldBe(isList ? 200 : 404, $"{method} {name}");
            (await stage.Mark(stage.A.Scope)).ShouldBe(before, $"{method} {name}");
        }
        if (own.Json is { } json)
            foreach (var (what, body, status) in Wrongs(json))
            {
                Problem(await own.By.Send(HttpMethod.Post, path, body, [.. own.Headers]), status, what);
                (await stage.Mark(stage.A.Scope)).ShouldBe(before, $"{name} with {what}");
            }
        var creates = own.Raw is not null || name is "api createClaim" or "api createLink" or "api createDeal" or "api addSubprocessor" or "api publishClaims" or "api checkClaims";
        foreach (var key in creates ? new[] { "", "1", "not a uuid", Guid.Empty.ToString(), Guid.NewGuid().ToString("N"), $"{{{Guid.NewGuid()}}}" } : ["1", Guid.Empty.ToString()])
        {
            Problem(await own.By.Send(HttpMethod.Post, path, own.Body(), (Program.KeyHeader, key)), 400, $"{name} with the key {key}");
            (await stage.Mark(stage.A.Scope)).ShouldBe(before, $"{name} with the key {key}");
        }
        (await own.Send(route)).Status.ShouldBeOneOf(200, 201);
    }

    private static IEnumerable<(string What, HttpContent Body, int Status)> Wrongs(string json)
    {
        HttpContent Of(string text, string type = "application/json") => new StringContent(text, Encoding.UTF8, type);
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "application/octet-stream", "application/jsonl" }) yield return (type, Of(json, type), 415);
        var utf16 = new ByteArrayContent(Encoding.Unicode.GetBytes(json));
        utf16.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-16");
        yield return ("UTF-16", utf16, 415);
        foreach (var broken in new[] { "{", "[]", "null", "\"x\"", "1", json + json, json[..^1], json + "//", new string('[', 5_000), "{\"x\":" + json + "}", "\u0000" }) yield return (broken[..Math.Min(20, broken.Length)], Of(broken), 400);
        foreach (var more in new[] { "tenant", "tenantId", "vendor", "createdBy", "status", "Edit", "__proto__" }) yield return ($"one more member: {more}", Of(With(json, more, "0198a1b2-0000-7000-8000-000000000001")), 400);
        if (JsonNode.Parse(json)!.AsObject().FirstOrDefault() is { Key: { } first, Value: { } value }) yield return ("a member twice", Of($"{{\"{first}\":{value.ToJsonString()},{json[1..]}"), 400);
        yield return ("too large", Of(json[..^1] + new string(' ', 300_000) + "}"), 413);
        yield return ("half a character", Of("{\"\\ud800\":1}"), 400);
    }

    private static string With(string json, string member, string value)
    {
        var node = JsonNode.Parse(json)!.AsObject();
        node[member] = value;
        return node.ToJsonString();
    }

    private static void Problem(Answer answer, int status, string? because = null)
    {
        answer.Status.ShouldBe(status, $"{because} {answer.Text}");
        answer.Headers["Content-Type"].ShouldBe("application/problem+json");
        answer.Headers["Cache-Control"].ShouldBe("no-store");
        answer.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        var problem = JsonNode.Parse(answer.Bytes)!;
        ((int)problem["status"]!).ShouldBe(status);
        ((string)problem["title"]!).Length.ShouldBeGreaterThan(5);
        answer.Text.ShouldNotContain("TrustCenter.");
        answer.Text.ShouldNotContain("System.");
    }

    [Theory, Trait("Case", "T-072")]
    [InlineData("api createClaim", "wording.evidence[0]")]
    [InlineData("api saveClaimDraft", "wording.evidence[0]")]
    [InlineData("api createLink", "documents[0]")]
    [InlineData("api createLink", "deal")]
    [InlineData("api createDeal", "words.security.claim")]
    [InlineData("api changeDeal", "words.security.claim")]
    public async Task A_body_that_names_a_foreign_thing_is_refused_like_one_that_names_nothing(string name, string at)
    {
        var route = stage.Routes.Single(r => r.Name == name);
        var own = await Rows.Of(name).Own(stage);
        var (a, b) = (await stage.Mark(stage.A.Scope), await stage.Mark(stage.B.Scope));
        foreach (var (_, kind, value) in stage.Foreign.Where(f => f.Form == "id"))
        {
            var never = Guid.NewGuid().ToString();
            var foreign = await (own with { Json = Referring(own.Json!, at, value) }).Send(route);
            var nothing = await (own with { Json = Referring(own.Json!, at, never) }).Send(route);
            foreign.Status.ShouldBe(422, kind);
            TenantMatrixTests.Masked(foreign, value).ShouldBe(TenantMatrixTests.Masked(nothing, never), $"{name}: {kind} as {at}");
        }
        (await stage.Mark(stage.A.Scope)).ShouldBe(a);
        (await stage.Mark(stage.B.Scope)).ShouldBe(b);
    }

    [Fact, Trait("Case", "T-072")]
    public async Task An_act_on_several_claims_says_of_a_foreign_one_what_it_says_of_none()
    {
        var program = await stage.Program();
        var b = await stage.Mark(stage.B.Scope);
        foreach (var (act, seen, more) in new[] { ("publications", "edit", ""), ("checks", "version", ""","checked":"2026-11-21","reviewBy":"2027-11-21" """) })
        {
            var (foreign, never) = (stage.Foreign.Single(f => f.Kind == "public claim").Value, Guid.NewGuid().ToString());
            var batch = Guid.CreateVersion7();
            var body = $$"""{"claims":[{"claim":"{{foreign}}","{{seen}}":1},{"claim":"{{never}}","{{seen}}":1}]{{more}}}""";
            (await program.Post($"/claims/{act}", body, batch)).Status.ShouldBe(201);
            var results = JsonNode.Parse((await program.Get($"/claims/batches/{batch}")).Bytes)!["results"]!.AsArray();
            results.Select(r => r!.ToJsonString().Replace(foreign, "", StringComparison.Ordinal).Replace(never, "", StringComparison.Ordinal)).Distinct().ShouldHaveSingleItem();
        }
        (await stage.Mark(stage.B.Scope)).ShouldBe(b);
    }

    private static string Referring(string json, string at, string id)
    {
        var (root, parts) = (JsonNode.Parse(json)!, at.Split('.'));
        var place = parts[..^1].Aggregate(root, (node, part) => node[part] ??= new JsonObject());
        if (at.EndsWith("security.claim", StringComparison.Ordinal)) (place["kind"], place["reason"], place["saidBy"]) = ("blocked", "data location", "buyersWords");
        if (parts[^1].EndsWith("[0]", StringComparison.Ordinal)) place[parts[^1][..^3]] = new JsonArray(JsonValue.Create(id));
        else place[parts[^1]] = id;
        return root.ToJsonString();
    }

    [Fact, Trait("Case", "T-071")]
    public async Task The_vendor_is_the_keys_whatever_the_request_says()
    {
        var tenant = stage.B.Scope.Tenant.ToString();
        var program = await stage.Program();
        var b = await stage.Mark(stage.B.Scope);
        foreach (var header in new[] { "X-Tenant", "Tenant", "X-Vendor", "X-Forwarded-Host", "X-Original-Host" })
        {
            var claim = Guid.CreateVersion7();
            var made = await program.Post($"/claims?tenant={tenant}", """{"wording":{"statement":"Whose is this?","topic":"data","status":"planned","visibility":"room","owner":"Head of Platform"}}""", claim, (header, tenant));
            made.Status.ShouldBe(201);
            (await stage.App.Engine.Read<TrustCenter.Claims.Claim>(stage.A.Scope.Id<TrustCenter.Claims.Claim>(claim))).ShouldNotBeNull();
        }
        (await stage.Mark(stage.B.Scope)).ShouldBe(b);
        foreach (var (_, kind, value) in stage.Foreign.Where(f => f.Form == "id"))
            foreach (var path in new[] { "/claims", "/evidence", "/links", "/deals" })
                (await program.Get($"{path}/{value}")).Fingerprint.ShouldBe((await program.Get($"{path}/no-such-thing")).Fingerprint, $"{kind} at {path}");
    }
}
