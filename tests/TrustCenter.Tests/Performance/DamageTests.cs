using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Tests.Abuse;

namespace TrustCenter.Tests.Performance;

/// <summary>What is damaged is met in the middle of a download, after its first mebibyte went out.</summary>
[Collection(AbuseCases.Name)]
public sealed class DamageTests(AbuseHouse house)
{
    [Theory, Trait("Case", "T-052")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_chunk_that_is_damaged_breaks_the_download_and_enters_the_journal(bool isStaff)
    {
        var document = Guid.NewGuid();
        using var pdf = new MemoryStream(LargePdf.Of(3 * 1024 * 1024));
        var described = new EvidenceDescription { Title = "North large report", Kind = EvidenceKind.Policy, Class = EvidenceClass.OnRequest };
        var taken = (await house.App.Services.GetRequiredService<EvidenceIntake>().Take(house.North.Scope, described, pdf, "large.pdf", false, default)).ShouldBeOfType<IntakeResult.Taken>();
        await house.North.Decide(document, new UploadEvidence { Id = Guid.NewGuid(), Version = taken.Version, Files = taken.Files }, house.North.StaffId(Role.Editor));
        await house.North.Decide(document, new ApproveEvidence { Id = Guid.NewGuid(), Sha = taken.Version.File.Sha }, house.North.StaffId(Role.Approver));
        var (host, path, cookie) = isStaff ? await ForStaff(document, taken.Version.File.Sha) : await ForGuest(document);
        foreach (var file in taken.Files)
            await house.Store.Write(sql => sql.Execute("update chunks set bytes = zeroblob(length(bytes)) where upload = @upload and n = 1", ("@upload", file.Upload)));
        house.App.Services.GetRequiredService<ChunkCache>().Clear();
        var entries = await house.Count("select count(*) from entries where what = 'file.damaged'");

        var (bytes, promised) = await Download(host, path, cookie);
        promised.ShouldBeGreaterThan(2 * 1024 * 1024);
        bytes.ShouldBeLessThan(promised);
        bytes.ShouldBeLessThanOrEqualTo(FileStore.ChunkLength + 2_000); // what was whole, and the head
        await Download(host, path, cookie); // told once, however often it is asked for
        (await house.Count("select count(*) from entries where what = 'file.damaged'")).ShouldBe(entries + 1);
        house.App.Log.Lines.ShouldContain(l => l.Level == LogLevel.Critical && l.Text.Contains("damaged"));
    }

    private async Task<(string, string, string)> ForGuest(Guid document)
    {
        var (link, _) = await house.Share(("documents", document.ToString()), ("agreement", ""));
        var guest = await house.Enter(link);
        return ("north.localhost", await TestHouse.Download(guest.Browser, guest.Room, document.ToString()), guest.Cookie);
    }

    private async Task<(string, string, string)> ForStaff(Guid document, string sha)
    {
        using var editor = await house.North.SignIn(Role.Editor);
        return ("console.localhost", $"/console/evidence/{document}/files/{sha}", string.Join("; ", editor.Cookies.Select(c => $"{c.Key}={c.Value}")));
    }

    // The bytes that came, head included, and the length that the head promised.
    private async Task<(long Bytes, long Promised)> Download(string host, string path, string cookie)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, house.App.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(AbuseHouse.Request("GET", path, host, $"Cookie: {cookie}\r\n")));
        using var answer = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(20))) > 0;) answer.Write(buffer, 0, read);
        }
        catch (SocketException reset) { reset.SocketErrorCode.ShouldBe(SocketError.ConnectionReset); } // how an abort looks
        var head = Encoding.Latin1.GetString(answer.ToArray().AsSpan(0, (int)Math.Min(answer.Length, 2_000))).Split("\r\n");
        head[0].ShouldContain("200");
        return (answer.Length, long.Parse(head.Single(l => l.StartsWith("Content-Length: ", StringComparison.Ordinal))["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture));
    }
}
