using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace TrustCenter.Tests.Abuse;

/// <summary>Expired, revoked, foreign, never existed and malformed are one answer, byte for byte.</summary>
[Collection(AbuseCases.Name)]
public sealed class SameAnswerTests(AbuseHouse house)
{
    private const string North = "north.localhost", South = "south.localhost";

    [Theory, Trait("Case", "T-005")]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Every_address_that_opens_nothing_answers_alike(string method)
    {
        var nothing = await house.Wire(AbuseHouse.Request(method, "/s/AAAAAAAAAAAAAAAAAAAAAA", North));
        nothing.ShouldStartWith("HTTP/1.1 404");
        var seen = new List<(string What, string Answer)>();
        foreach (var (what, host, path, cookie) in await ClosedAddresses())
            seen.Add((what, await house.Wire(AbuseHouse.Request(method, path, host, cookie.Length == 0 ? "" : $"Cookie: {cookie}\r\n"))));
        seen.Where(s => s.Answer != nothing).Select(s => s.What).ShouldBeEmpty();
    }

    [Fact, Trait("Case", "T-005")]
    public async Task A_post_to_an_address_that_opens_nothing_answers_alike_too()
    {
        string Post(string host, string path, string cookie, string body) => $"POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n{(cookie.Length == 0 ? "" : $"Cookie: {cookie}\r\n")}Connection: close\r\n\r\n{body}";
        var nothing = await house.Wire(Post(North, "/s/AAAAAAAAAAAAAAAAAAAAAA", "", "email=ana%40acme.com"));
        nothing.ShouldStartWith("HTTP/1.1 404");
        foreach (var (what, host, path, cookie) in await ClosedAddresses())
        {
            string[] targets = path.StartsWith("/s/", StringComparison.Ordinal) ? [path] : path.Contains("/downloads/", StringComparison.Ordinal) ? [] : [path + "/code-tries", path + "/acceptances", path + "/downloads", path + "/next-steps"];
            foreach (var target in targets)
                (await house.Wire(Post(host, target, cookie, "email=ana%40acme.com&code=123456&document=summary&agree=yes"))).ShouldBe(nothing, $"{what}: {target}");
        }
    }

    [Fact, Trait("Case", "T-003")]
    public async Task After_the_revocation_no_condition_and_no_range_tells_the_file_from_nothing()
    {
        var (link, id) = await house.Share();
        var guest = await house.Enter(link);
        var file = await TestHouse.Download(guest.Browser, guest.Room, house.North.Report.ToString());
        var open = await guest.Browser.Get(file);
        var etag = open.Headers["ETag"];
        (await guest.Browser.Get(file, ("Range", "bytes=0-99"))).Status.ShouldBe(206);
        (await guest.Browser.Get(file, ("If-None-Match", etag))).Status.ShouldBe(304);
        await house.Revoke(id);

        string[] conditions =
        [
            "", "Range: bytes=0-99\r\n", "Range: bytes=-100\r\n", "Range: bytes=999999999-\r\n", "Range: bytes=0-1,5-9\r\n", $"Range: bytes=0-99\r\nIf-Range: {etag}\r\n", $"Range: bytes=0-99\r\nIf-Range: {open.Headers["Last-Modified"]}\r\n",
            $"If-None-Match: {etag}\r\n", "If-None-Match: *\r\n", $"If-Match: {etag}\r\n", "If-Match: \"other\"\r\n", $"If-Modified-Since: {open.Headers["Last-Modified"]}\r\n", $"If-Unmodified-Since: {open.Headers["Last-Modified"]}\r\n", "If-Unmodified-Since: Mon, 01 Jan 2001 00:00:00 GMT\r\n",
        ];
        foreach (var method in new[] { "GET", "HEAD" })
            foreach (var condition in conditions)
            {
                var unknown = await house.Wire(AbuseHouse.Request(method, $"/room/{Guid.NewGuid()}/downloads/{Guid.NewGuid()}", North, condition));
                unknown.ShouldStartWith("HTTP/1.1 404");
                (await house.Wire(AbuseHouse.Request(method, file, North, $"Cookie: {guest.Cookie}\r\n{condition}"))).ShouldBe(unknown, method + " " + condition);
            }
    }

    // What, host, path, cookies: each of them was right once or looks so.
    private async Task<List<(string What, string Host, string Path, string Cookie)>> ClosedAddresses()
    {
        var (revoked, revokedId) = await house.Share(("documents", house.North.Architecture.ToString()), ("agreement", ""));
        var (open, _) = await house.Share(("documents", house.North.Architecture.ToString()), ("agreement", ""));
        var (expired, _) = await AbuseHouse.ShareUntil(house.App, house.North, house.App.Clock.GetUtcNow().AddMinutes(1), house.North.Architecture);
        var (revokedRoom, expiredRoom, openRoom) = (await house.Enter(revoked), await house.Enter(expired), await house.Enter(open));
        var unproven = house.North.Visitor();
        var unprovenRoom = await TestHouse.Ask(unproven, revoked, house.NewEmail());
        var files = new Dictionary<Guest, string>();
        foreach (var guest in new[] { revokedRoom, expiredRoom, openRoom }) files[guest] = await TestHouse.Download(guest.Browser, guest.Room, house.North.Architecture.ToString());
        await house.Revoke(revokedId);
        house.App.Clock.Advance(TimeSpan.FromMinutes(1));
        var unknownFile = "/downloads/" + Guid.NewGuid();

        var addresses = new List<(string, string, string, string)>
        {
            ("revoked link", North, revoked, ""), ("revoked link with its reader's cookie", North, revoked, revokedRoom.Cookie), ("expired link", North, expired, ""), ("another vendor's link", South, open, ""), ("another vendor's revoked link", South, revoked, ""),
            ("revoked room", North, revokedRoom.Room, revokedRoom.Cookie), ("revoked room before its proof", North, unprovenRoom, string.Join("; ", unproven.Cookies.Select(c => $"{c.Key}={c.Value}"))), ("expired room", North, expiredRoom.Room, expiredRoom.Cookie),
            ("room without its cookie", North, openRoom.Room, ""), ("room with somebody else's cookie", North, openRoom.Room, revokedRoom.Cookie), ("room with a made-up cookie", North, openRoom.Room, $"__Host-room-{openRoom.VisitId:N}=AAAA"), ("room at another vendor", South, openRoom.Room, openRoom.Cookie), ("room that never was", North, $"/room/{Guid.NewGuid()}", openRoom.Cookie),
            ("malformed room", North, "/room/1", openRoom.Cookie), ("room in braces", North, $"/room/%7B{openRoom.VisitId}%7Dx", openRoom.Cookie),
            ("revoked file", North, files[revokedRoom], revokedRoom.Cookie), ("expired file", North, files[expiredRoom], expiredRoom.Cookie), ("file without its cookie", North, files[openRoom], ""), ("file at another vendor", South, files[openRoom], openRoom.Cookie),
            ("file that never was", North, openRoom.Room + unknownFile, openRoom.Cookie), ("another room's file", North, openRoom.Room + files[revokedRoom][revokedRoom.Room.Length..], openRoom.Cookie), ("malformed file", North, openRoom.Room + "/downloads/1", openRoom.Cookie),
            ("a host of nobody", "nobody.localhost", open, ""), ("a host elsewhere", "evil.example", open, ""), ("the console's host", "console.localhost", open, ""),
        };
        var token = open[3..];
        string[] malformed = [token[..^1], token + "A", token.ToUpperInvariant() + "=", "x", token[..^1] + "!", token[..^1] + "%20", token[..^1] + "%2B", token + "%2F", "%2e%2e%2f" + token, new string('A', 2_000), token[..^1] + "%C3%A9", "%F0%9F%94%91", token + ".", token + ";a=b", "'%20or%20'1'='1", token + "/", token + "/x", ""];
        addresses.AddRange(malformed.Where(m => m != token + "/").Select(m => ($"malformed link {m}", North, "/s/" + m, "")));
        return addresses;
    }
}
