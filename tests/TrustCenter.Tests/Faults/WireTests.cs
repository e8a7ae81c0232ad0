using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Faults;

/// <summary>Bytes that are no good request: refused, the connection closed, nothing answered twice, nothing broken.</summary>
[Trait("Case", "T-126")]
public sealed class WireTests(WireStage stage) : IClassFixture<WireStage>
{
    private readonly RealApp app = stage.App;
    private readonly string cookie = stage.Cookie, stamp = stage.Stamp;

    public static TheoryData<string, string> Broken => new()
    {
        { "no version", "GET /\r\nHost: north.localhost\r\n\r\n" },
        { "no path", "GET HTTP/1.1\r\nHost: north.localhost\r\n\r\n" },
        { "control in the path", "GET /\u0001 HTTP/1.1\r\nHost: north.localhost\r\nConnection: close\r\n\r\n" },
        { "NUL in the path", "GET /%00 HTTP/1.1\r\nHost: north.localhost\r\nConnection: close\r\n\r\n" },
        { "method with a bracket", "G(T / HTTP/1.1\r\nHost: north.localhost\r\n\r\n" },
        { "no host", "GET / HTTP/1.1\r\n\r\n" },
        { "two hosts", "GET / HTTP/1.1\r\nHost: north.localhost\r\nHost: other.localhost\r\n\r\n" },
        { "host with a space", "GET / HTTP/1.1\r\nHost: north local\r\n\r\n" },
        { "space before the colon", "GET / HTTP/1.1\r\nHost : north.localhost\r\n\r\n" },
        { "folded header", "GET / HTTP/1.1\r\nHost: north.localhost\r\nX-A: b\r\n c\r\n\r\n" },
        { "header without a name", "GET / HTTP/1.1\r\nHost: north.localhost\r\n: b\r\n\r\n" },
        { "NUL in a header", "GET / HTTP/1.1\r\nHost: north.localhost\r\nX-A: b\0c\r\n\r\n" },
        { "bare CR in a header", "GET / HTTP/1.1\r\nHost: north.localhost\r\nX-A: b\rX-B: c\r\n\r\n" },
        { "two different lengths", Post("Content-Length: 3\r\nContent-Length: 4", "a=b") },
        { "length in a list", Post("Content-Length: 3, 3", "a=b") },
        { "negative length", Post("Content-Length: -1", "a=b") },
        { "hexadecimal length", Post("Content-Length: 0x3", "a=b") },
        { "length too large for a number", Post("Content-Length: 99999999999999999999", "a=b") },
        { "length and chunks", Post("Content-Length: 3\r\nTransfer-Encoding: chunked", "0\r\n\r\n") },
        { "unknown transfer coding", Post("Transfer-Encoding: gzip", "a=b") },
        { "chunked not last", Post("Transfer-Encoding: chunked, identity", "0\r\n\r\n") },
        { "chunk size that is no number", Post("Transfer-Encoding: chunked", "zz\r\na=b\r\n0\r\n\r\n") },
        { "chunk size with a sign", Post("Transfer-Encoding: chunked", "-3\r\na=b\r\n0\r\n\r\n") },
        { "chunk size too large", Post("Transfer-Encoding: chunked", "ffffffffffffffff1\r\na=b\r\n0\r\n\r\n") },
        { "chunk without its end", Post("Transfer-Encoding: chunked", "3\r\na=bXX0\r\n\r\n") },
        { "bare LF in a chunk extension", Post("Transfer-Encoding: chunked", "3;a=\nGET /smuggled HTTP/1.1\r\nHost: north.localhost\r\n\r\n\r\na=b\r\n0\r\n\r\n") },
        { "bare LF after a chunk size", Post("Transfer-Encoding: chunked", "3\na=b\r\n0\r\n\r\n") },
        { "ten thousand headers", "GET / HTTP/1.1\r\nHost: north.localhost\r\n" + string.Concat(Enumerable.Range(0, 10_000).Select(n => $"X-{n}: b\r\n")) + "\r\n" },
        { "one header of a mebibyte", "GET / HTTP/1.1\r\nHost: north.localhost\r\nX-A: " + new string('b', 1024 * 1024) + "\r\n\r\n" },
        { "a path of 64 KiB", "GET /" + new string('a', 64 * 1024) + " HTTP/1.1\r\nHost: north.localhost\r\n\r\n" },
        { "TLS on a plain port", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n" },
        { "random bytes", new string([.. Enumerable.Range(0, 4096).Select(n => (char)(n * 7919 % 251))]) + "\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Broken_bytes_are_refused_and_the_connection_is_closed(string what, string bytes)
    {
        var answer = await Wire(bytes);
        Refused(what, answer);
        (await new Browser(app, "north.localhost").Get("/")).Status.ShouldBe(200, "and others are served");
    }

    [Fact]
    public async Task An_unknown_version_of_the_protocol_is_told_so()
        => (await Wire("GET / HTTP/9.9\r\nHost: north.localhost\r\n\r\n")).ShouldStartWith("HTTP/1.1 505 "); // RFC 9110, section 15.6.6

    [Fact]
    public async Task HTTP_2_that_nobody_agreed_on_gets_no_page()
        => (await Wire("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).ShouldNotContain("HTTP/1.1 2");

    [Theory] // a recipient may take it as a line's end (RFC 9112, section 2.2), but then there is one request and one answer
    [InlineData("GET /never HTTP/1.1\nHost: north.localhost\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /never HTTP/1.1\r\nHost: north.localhost\nConnection: close\r\n\r\n")]
    [InlineData("GET /never HTTP/1.1\nHost: north.localhost\nConnection: close\n\n")]
    public async Task A_bare_line_feed_hides_no_second_request(string bytes) => (await Wire(bytes)).Split("HTTP/1.1 ").Length.ShouldBe(2);

    [Theory]
    [InlineData("no boundary", "multipart/form-data", "--x\r\n\r\n--x--\r\n")]
    [InlineData("empty boundary", "multipart/form-data; boundary=", "--\r\n\r\n----\r\n")]
    [InlineData("long boundary", "multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "x")]
    [InlineData("another boundary", "multipart/form-data; boundary=x", "--y\r\nContent-Disposition: form-data; name=\"stamp\"\r\n\r\nSTAMP\r\n--y--\r\n")]
    [InlineData("no end", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"stamp\"\r\n\r\nSTAMP")]
    [InlineData("no disposition", "multipart/form-data; boundary=x", "--x\r\n\r\nSTAMP\r\n--x--\r\n")]
    [InlineData("no name", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data\r\n\r\nSTAMP\r\n--x--\r\n")]
    [InlineData("header without a colon", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition form-data\r\n\r\nSTAMP\r\n--x--\r\n")]
    [InlineData("bare LF", "multipart/form-data; boundary=x", "--x\nContent-Disposition: form-data; name=\"stamp\"\n\nSTAMP\n--x--\n")]
    [InlineData("nested", "multipart/form-data; boundary=x", "--x\r\nContent-Type: multipart/mixed; boundary=y\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n--y\r\n\r\n--y--\r\n--x--\r\n")]
    [InlineData("nothing", "multipart/form-data; boundary=x", "")]
    [InlineData("form with a broken escape", "application/x-www-form-urlencoded", "stamp=%zz&title=%")]
    [InlineData("form in UTF-7", "application/x-www-form-urlencoded; charset=utf-7", "stamp=a")]
    [InlineData("form in an unknown charset", "application/x-www-form-urlencoded; charset=nonsense", "stamp=a")]
    [InlineData("two types", "multipart/form-data; boundary=x, application/json", "{}")]
    [InlineData("type that is none", "/;;;=", "a=b")]
    public async Task A_broken_form_is_refused_on_every_kind_of_route(string what, string type, string body)
    {
        foreach (var (host, path) in new[] { ("console.localhost", "/console/evidence"), ("console.localhost", "/console/claims"), ("console.localhost", "/console/sessions"), ("console.localhost", "/operator/sessions") })
        {
            var text = body.Replace("STAMP", stamp, StringComparison.Ordinal);
            var answer = await Wire(string.Create(CultureInfo.InvariantCulture, $"POST {path} HTTP/1.1\r\nHost: {host}:{app.Port}\r\nOrigin: http://{host}:{app.Port}\r\nCookie: {cookie}\r\nContent-Type: {type}\r\nContent-Length: {text.Length}\r\nConnection: close\r\n\r\n{text}"));
            Refused($"{what} at {path}", answer);
        }
    }

    [Fact]
    public async Task Ten_thousand_fields_and_a_field_of_a_hundred_mebibytes_are_refused()
    {
        var many = string.Join('&', Enumerable.Range(0, 10_000).Select(n => $"a{n}=b"));
        Refused("many fields", await Wire(Post("/console/claims", "application/x-www-form-urlencoded", many)));
        Refused("a long key", await Wire(Post("/console/claims", "application/x-www-form-urlencoded", new string('a', 5_000) + "=b")));
        Refused("a body that is announced and far too long", await Wire($"POST /console/claims HTTP/1.1\r\nHost: console.localhost:{app.Port}\r\nOrigin: http://console.localhost:{app.Port}\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 999999999999\r\n\r\na=b"));
    }

    private string Post(string path, string type, string body)
        => string.Create(CultureInfo.InvariantCulture, $"POST {path} HTTP/1.1\r\nHost: console.localhost:{app.Port}\r\nOrigin: http://console.localhost:{app.Port}\r\nCookie: {cookie}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");

    private static string Post(string framing, string body)
        => $"POST /console/sessions HTTP/1.1\r\nHost: console.localhost\r\nOrigin: http://console.localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n{framing}\r\n\r\n{body}";

    private static void Refused(string what, string answer)
    {
        var status = int.Parse(answer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
        status.ShouldBeInRange(400, 499, $"{what}: {answer}");
        answer.Split("HTTP/1.1 ").Length.ShouldBe(2, $"one answer to {what}: {answer}");
        answer.ShouldNotContain("   at ");
        answer.ShouldNotContain("smuggled");
    }

    // All that comes back until the connection ends; it must end.
    private async Task<string> Wire(string bytes)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, app.Port);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var answer = new MemoryStream();
        await using var stream = new NetworkStream(socket);
        var reading = stream.CopyToAsync(answer, limit.Token);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), limit.Token);
            await reading;
        }
        catch (IOException) when (answer.Length > 0) { return Encoding.Latin1.GetString(answer.ToArray()); } // refused before all of it was sent
        return Encoding.Latin1.GetString(answer.ToArray());
    }
}

/// <summary>One app with one vendor and an editor signed in; nothing that these tests send changes it.</summary>
public sealed class WireStage : IAsyncLifetime
{
    public RealApp App { get; private set; } = null!;
    public string Cookie { get; private set; } = "";
    public string Stamp { get; private set; } = "";

    public async Task InitializeAsync()
    {
        App = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(App, "north", "North");
        using var editor = await house.SignIn(Role.Editor);
        Cookie = string.Join("; ", editor.Cookies.Select(c => $"{c.Key}={c.Value}"));
        Stamp = (await editor.Get("/console")).Dom.QuerySelector("input[name=stamp]")!.GetAttribute("value")!;
    }

    public async Task DisposeAsync() => await App.DisposeAsync();
}
