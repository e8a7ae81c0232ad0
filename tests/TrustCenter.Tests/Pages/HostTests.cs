using System.Net;
using System.Net.Sockets;
using System.Text;
using TrustCenter.Evidence;

namespace TrustCenter.Tests.Pages;

/// <summary>The host name alone chooses the vendor, and each name chooses one or none (ABUSE T-070, T-073).</summary>
public sealed class HostTests : IAsyncLifetime
{
    private RealApp app = null!;
    private TestVendor northwind = null!, alder = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start();
        northwind = await app.Vendor(PageTests.Words() with { Tagline = "Your ledger stays yours." });
        alder = await app.Vendor(PageTests.Words("alder") with { Name = "Alder", Tagline = "Calm waiting rooms." });
        await app.Compiled(northwind.Scope);
        await app.Compiled(alder.Scope);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData("northwind.localhost", true)]
    [InlineData("northwind.localhost:1", true)]
    [InlineData("NorthWind.LOCALHOST", true)]
    [InlineData("northwind.localhost.", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("[::1]", false)]
    [InlineData("localhost", false)]
    [InlineData("nobody.localhost", false)]
    [InlineData("a.northwind.localhost", false)]
    [InlineData("northwind.localhost.evil.example", false)]
    [InlineData("xnorthwind.localhost", false)]
    [InlineData("user@northwind.localhost", false)]
    [InlineData("northwind.localhost, alder.localhost", false)]
    [InlineData("northwind.localhost\r\nHost: alder.localhost", false)]
    [InlineData("", false)]
    public async Task Unknown_hosts_learn_nothing(string host, bool isNorthwind)
    {
        var answer = await Raw($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        if (isNorthwind) answer.ShouldContain("Your ledger stays yours.");
        else answer.ShouldMatch("^HTTP/1.1 (404|400) ");
        answer.ShouldNotContain("Calm waiting rooms.");
        if (!isNorthwind) answer.ShouldNotContain("ledger", Case.Insensitive);
    }

    [Fact]
    public async Task The_platform_s_own_host_shows_no_vendor_and_leads_to_the_console()
    {
        var answer = await Raw("GET / HTTP/1.1\r\nHost: console.localhost\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 303 ");
        answer.ShouldContain("\r\nLocation: /console\r\n");
    }

    [Fact]
    public async Task An_absolute_address_and_a_host_that_differ_choose_at_most_one_vendor()
    {
        var answer = await Raw("GET http://northwind.localhost/ HTTP/1.1\r\nHost: alder.localhost\r\nConnection: close\r\n\r\n");
        (answer.Contains("Your ledger stays yours.") && answer.Contains("Calm waiting rooms.")).ShouldBeFalse();
        answer.ShouldNotContain("Your ledger stays yours."); // it is the Host that counts, or the request is refused
    }

    [Fact]
    public async Task Ids_of_another_vendor_answer_as_ids_that_never_were()
    {
        var claim = await northwind.Publish(TestVendor.Wording("Backups are kept for 30 days."));
        await northwind.Publish(TestVendor.Wording("Backups are kept for 35 days."), claim);
        var document = await northwind.Document("Policy", EvidenceClass.Public);
        await app.Compiled(northwind.Scope);
        foreach (var path in new[] { $"/claims/{claim}", $"/claims/{claim}/differences/1/2", $"/documents/{document}/versions/1" })
        {
            (await northwind.Visitor.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
            var never = path.Replace(claim.ToString(), Guid.NewGuid().ToString()).Replace(document.ToString(), Guid.NewGuid().ToString());
            var (foreign, unknown, malformed) = (await Answer(alder, path), await Answer(alder, never), await Answer(alder, path[..^1] + "x/%20"));
            foreign.ShouldBe(unknown, path);
            foreign.ShouldBe(malformed, path);
            foreign.ShouldBe(await Answer(alder, "/favicon.ico"), path);
        }
    }

    private static async Task<string> Answer(TestVendor vendor, string path)
    {
        using var response = await vendor.Visitor.GetAsync(path);
        var headers = response.Headers.Concat(response.Content.Headers).Where(h => h.Key != "Date").OrderBy(h => h.Key, StringComparer.Ordinal);
        return $"{response.StatusCode}\n{string.Join('\n', headers.Select(h => $"{h.Key}: {string.Join(',', h.Value)}"))}\n{await response.Content.ReadAsStringAsync()}";
    }

    private async Task<string> Raw(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, app.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
