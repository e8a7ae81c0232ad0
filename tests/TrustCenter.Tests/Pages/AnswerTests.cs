using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Pages;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Pages;

/// <summary>What goes over the wire: weight, encodings, tags and headers.</summary>
public sealed class AnswerTests(ITestOutputHelper output) : IAsyncLifetime
{
    private RealApp app = null!;
    private TestVendor vendor = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start();
        vendor = await Northwind.Publish(app);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task The_page_stays_under_14600_bytes()
    {
        foreach (var path in new[] { "/", "/for/legal", "/for/executive", "/for/it" })
        {
            using var quick = await Ask(path, "br");
            var weight = await Weight(quick);
            output.WriteLine($"{path}: {weight} bytes");
            weight.ShouldBeLessThanOrEqualTo(14_600, path);
        }
        await app.Services.GetRequiredService<PageCompiler>().CompileAll(CancellationToken.None);
        using var tight = await Ask("/", "br");
        var least = await Weight(tight);
        output.WriteLine($"/ packed tight: {least} bytes");
        least.ShouldBeLessThanOrEqualTo(13_600); // leaves a thousand for claims to come
    }

    [Fact]
    public async Task The_page_stays_under_14600_bytes_at_72_claims()
    {
        foreach (var (title, rest, why) in MoreClaims.All)
            await vendor.Publish(TestVendor.Wording($"{title} {rest}", "governance") with { Frameworks = ["SOC2:CC1.4", "ISO27001:A.6.3"], Checked = new DateOnly(2026, 9, 3), ReviewBy = new DateOnly(2027, 9, 3), Why = new Dictionary<string, string> { ["reviewer"] = why } });
        await app.Compiled(vendor.Scope);
        using var quick = await Ask("/", "br");
        (await quick.Content.ReadAsByteArrayAsync()).Length.ShouldBeGreaterThan(10_000);
        output.WriteLine($"/ at {54 + MoreClaims.All.Count} claims, packed at once: {await Weight(quick)} bytes");
        await app.Services.GetRequiredService<PageCompiler>().CompileAll(CancellationToken.None);
        using var tight = await Ask("/", "br"); // a moment after the publication, and from then on
        output.WriteLine($"/ at {54 + MoreClaims.All.Count} claims, packed tight: {await Weight(tight)} bytes");
        (await Weight(tight)).ShouldBeLessThanOrEqualTo(14_600);
    }

    [Fact]
    public async Task An_unchanged_page_answers_304()
    {
        using var first = await Ask("/", "br");
        var tag = first.Headers.ETag!.ToString();
        foreach (var given in new[] { tag, "\"other\", " + tag, tag[2..], "*" })
        {
            using var again = await Ask("/", "br", ("If-None-Match", given));
            again.StatusCode.ShouldBe(HttpStatusCode.NotModified, given);
            (await again.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
            again.Headers.ETag!.ToString().ShouldBe(tag);
            again.Headers.Vary.ShouldContain("Accept-Encoding");
        }
        using var other = await Ask("/", "br", ("If-None-Match", "\"other\""));
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Brotli_is_sent_to_those_who_take_it_and_says_the_same()
    {
        using var plain = await Ask("/", null);
        var text = await plain.Content.ReadAsStringAsync();
        foreach (var (accepts, isPacked) in new[] { ("gzip, deflate, br", true), ("br;q=0.5", true), ("br;q=0", false), ("gzip", false), ("*", false) })
        {
            using var response = await Ask("/", accepts);
            response.Content.Headers.ContentEncoding.Contains("br").ShouldBe(isPacked, accepts);
            await using var body = await response.Content.ReadAsStreamAsync();
            using var reader = new StreamReader(isPacked ? new BrotliStream(body, CompressionMode.Decompress) : body);
            (await reader.ReadToEndAsync()).ShouldBe(text);
        }
    }

    [Fact]
    public async Task HEAD_answers_as_GET_does_without_the_body()
    {
        foreach (var path in new[] { "/", "/documents", "/trust.json", "/logo.svg", "/check", "/publications.jsonl", "/nothing" })
        {
            using var get = await Ask(path, null);
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            using var head = await vendor.Visitor.SendAsync(request);
            head.StatusCode.ShouldBe(get.StatusCode, path);
            head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType, path);
            (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task No_page_sets_a_cookie_or_loads_from_elsewhere()
    {
        var claim = Regex.Match(await vendor.Visitor.GetStringAsync("/"), "/claims/[0-9a-f-]{36}").Value;
        foreach (var path in new[] { "/", claim, "/documents", "/subprocessors", "/updates", "/check", "/trust.json", "/logo.svg", "/publications.jsonl", "/manifest.txt", "/nothing.php" })
        {
            using var response = await Ask(path, null);
            response.Headers.Contains("Set-Cookie").ShouldBeFalse(path);
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], path);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("default-src 'none'", Case.Sensitive, path);
            policy.ShouldNotContain("script-src");
            if (path != "/logo.svg") policy.ShouldNotContain("unsafe-inline", Case.Sensitive, path);
            var body = await response.Content.ReadAsStringAsync();
            body.ShouldNotContain("<script");
            if (Regex.Match(body, "<style>(.*?)</style>", RegexOptions.Singleline) is { Success: true } style && path != "/logo.svg")
                policy.ShouldContain($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style.Groups[1].Value)))}'", Case.Sensitive, path);
        }
    }

    [Fact]
    public async Task The_logo_is_a_picture_and_nothing_more()
    {
        using var logo = await Ask("/logo.svg", null);
        logo.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        logo.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox");
    }

    [Fact]
    public async Task The_manifest_names_every_page_by_its_hash_and_the_log_names_the_manifest()
    {
        var manifest = await vendor.Visitor.GetStringAsync("/manifest.txt");
        foreach (var line in manifest.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (sha, path) = (line[..64], line[66..]);
            Convert.ToHexStringLower(SHA256.HashData(await vendor.Visitor.GetByteArrayAsync(path))).ShouldBe(sha, path);
        }
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest)));
        (await vendor.Visitor.GetStringAsync("/publications.jsonl")).ShouldContain(hash);
        var json = Convert.ToHexStringLower(SHA256.HashData(await vendor.Visitor.GetByteArrayAsync("/trust.json")));
        (await vendor.Visitor.GetStringAsync("/")).ShouldContain(json[..12]);
    }

    [Fact]
    public async Task The_log_of_publications_verifies_and_names_nobody()
    {
        var file = Path.Combine(app.Folder, "publications.jsonl");
        var log = await vendor.Visitor.GetStringAsync("/publications.jsonl");
        await File.WriteAllTextAsync(file, log);
        var key = Regex.Match(await vendor.Visitor.GetStringAsync("/check"), "--key ([A-Za-z0-9_-]{43})").Groups[1].Value;
        using var said = new StringWriter();
        (await TrustCenter.Journal.VerifyCommand.Run([file, "--key", key], said, said)).ShouldBe(0, said.ToString());
        log.ShouldNotContain(TestVendor.Editor.Id.ToString());
        log.ShouldNotContain(TestVendor.Approver.Id.ToString());
    }

    private async Task<HttpResponseMessage> Ask(string path, string? encoding, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (encoding is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await vendor.Visitor.SendAsync(request);
    }

    // Status line, headers and body, as they are on the wire.
    private static async Task<int> Weight(HttpResponseMessage response)
        => (await response.Content.ReadAsByteArrayAsync()).Length + "HTTP/1.1 200 OK\r\n\r\n".Length
            + response.Headers.Concat(response.Content.Headers).Sum(h => h.Value.Sum(value => h.Key.Length + value.Length + ": \r\n".Length));
}
