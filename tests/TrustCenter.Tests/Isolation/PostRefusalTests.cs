using System.Text;
using TrustCenter.Web;

namespace TrustCenter.Tests.Isolation;

/// <summary>A post is believed when the browser and the form's stamp both say that it comes from a page of ours.</summary>
[Collection(StageGroup.Name)]
[Trait("Case", "T-084")]
public sealed class PostRefusalTests(Stage stage)
{
    public static TheoryData<string> Changing => [.. Rows.All.Select(r => r.Route)];

    [Theory]
    [MemberData(nameof(Changing))]
    public async Task A_post_that_is_not_from_our_page_is_refused_and_changes_nothing(string name)
    {
        var route = stage.Routes.Single(r => r.Name == name);
        if (!route.Changes || route.Guard is { Reader: Reader.Program }) return; // a program brings no form and no cookie: ApiRefusalTests
        var call = await Rows.Of(name).Own(stage);
        var stamp = call.Form.Single(f => f.Name == "stamp").Value;
        var before = await Mark(call);
        foreach (var (what, send) in Wrongs(route, call, stamp))
        {
            var answer = await send();
            answer.Status.ShouldBeInRange(400, 499, $"{name} with {what}");
            answer.Headers.Keys.ShouldNotContain("Set-Cookie", what);
            (await Mark(call)).ShouldBe(before, $"{name} with {what}");
        }
        foreach (var method in new[] { "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE" })
            foreach (var header in new[] { "", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override" })
            {
                var answer = await call.By.Send(new HttpMethod(method), route.PathOf(call.Values), method is "GET" or "HEAD" or "TRACE" ? null : call.Body(), (header.Length == 0 ? "X-None" : header, "POST"), ("Origin", call.By.Origin));
                answer.Status.ShouldBeLessThan(500);
                (await Mark(call)).ShouldBe(before, $"{name} by {method} {header}");
            }
        (await call.Send(route)).Status.ShouldBeOneOf(200, 303); // and rightly sent it is taken
    }

    // Where the two vendors are, other people's work goes on meanwhile, such as an erasure; an app that a call has to itself is counted whole.
    private Task<string> Mark(Call call) => call.By.App == stage.App ? stage.Mark(stage.A.Scope) : Stage.Mark(call.By.App);

    private static IEnumerable<(string What, Func<Task<Answer>> Send)> Wrongs(Route route, Call call, string stamp)
    {
        Task<Answer> Send(Call with, params (string, string)[] headers) => with.Send(route, with.By, with.Values, headers);
        Task<Answer> Raw(HttpContent body) => call.By.Send(HttpMethod.Post, route.PathOf(call.Values), body);
        var encoded = string.Join('&', call.Form.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"));
        yield return ("no stamp", () => Send(call with { Form = [.. call.Form.Where(f => f.Name != "stamp")] }));
        foreach (var wrong in new[] { "", "x", new string('0', stamp.Length), stamp[..^1], stamp.ToUpperInvariant() + "0", stamp + stamp, "ü" + stamp[1..] })
            yield return ($"stamp {wrong}", () => Send(call.With("stamp", wrong)));
        foreach (var origin in new[] { "null", "https://evil.example", "http://evil.localhost", call.By.Origin + ".evil.example", call.By.Origin.Replace("http:", "https:", StringComparison.Ordinal), call.By.Origin.Split(':')[0] + "://localhost", call.By.Origin + "0" })
            yield return ($"origin {origin}", () => Send(call, ("Origin", origin)));
        yield return ("no origin", () => Send(call, ("Origin", "")));
        foreach (var site in new[] { "cross-site", "same-site", "none", "anything" })
        {
            yield return ($"Sec-Fetch-Site {site}", () => Send(call, ("Sec-Fetch-Site", site)));
            yield return ($"Sec-Fetch-Site {site}, no origin", () => Send(call, ("Sec-Fetch-Site", site), ("Origin", "")));
        }
        yield return ("JSON", () => Raw(new StringContent("{" + string.Join(',', call.Form.Select(f => $"\"{f.Name}\":\"{f.Value.Replace("\n", "\\n", StringComparison.Ordinal)}\"")) + "}", Encoding.UTF8, "application/json")));
        foreach (var type in new[] { "text/plain", "application/xml", "application/octet-stream" }) yield return (type, () => Raw(new StringContent(encoded, Encoding.UTF8, type)));
        yield return ("no content", () => Raw(new ByteArrayContent([])));
    }
}
