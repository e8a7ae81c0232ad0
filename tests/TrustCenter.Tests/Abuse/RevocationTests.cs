using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Evidence;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Abuse;

[Collection(AbuseCases.Name)]
public sealed class RevocationTests(AbuseHouse house)
{
    private const int Readers = 100;
    private const int Slow = 64 * 1024; // bytes a second
    private const long MostAfter = 1024 * 1024; // bytes after the acknowledgement

    [Fact, Trait("Case", "T-001")]
    public async Task After_the_revocation_was_acknowledged_no_reader_begins_to_read()
    {
        var (link, id) = await house.Share();
        var guest = await house.Enter(link);
        var file = await TestHouse.Download(guest.Browser, guest.Room, house.North.Report.ToString());
        (HttpMethod Method, string Path, string Range)[] ways = [(HttpMethod.Get, file, ""), (HttpMethod.Get, file, "bytes=100-2000"), (HttpMethod.Head, file, ""), (HttpMethod.Get, guest.Room, ""), (HttpMethod.Get, link, "")];
        var seen = new ConcurrentQueue<(long Sent, long Begun, HttpStatusCode Status)>();
        long acknowledged = long.MaxValue;
        using var client = house.App.Client("north.localhost");

        async Task Read(int reader)
        {
            var (method, path, range) = ways[reader % ways.Length];
            for (int before = 0, after = 0; after < 5; before++)
            {
                using var request = new HttpRequestMessage(method, path);
                request.Headers.Add("Cookie", guest.Cookie);
                if (range.Length > 0) request.Headers.Add("Range", range);
                var sent = Stopwatch.GetTimestamp();
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                seen.Enqueue((sent, Stopwatch.GetTimestamp(), response.StatusCode));
                if (sent > Interlocked.Read(ref acknowledged)) after++;
                try { await response.Content.CopyToAsync(Stream.Null); }
                catch (Exception cut) when (cut is HttpRequestException or IOException) { } // a download that the revocation ended
            }
        }

        var readers = Enumerable.Range(0, Readers).Select(n => Task.Run(() => Read(n))).ToArray();
        while (seen.Count < 5 * Readers) await Task.WhenAny(Task.WhenAll(readers), Task.Delay(10));
        await house.Revoke(id);
        Interlocked.Exchange(ref acknowledged, Stopwatch.GetTimestamp());
        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(15));

        static bool IsOpen(HttpStatusCode status) => status is HttpStatusCode.OK or HttpStatusCode.PartialContent;
        seen.Count(s => s.Begun < acknowledged && s.Status == HttpStatusCode.PartialContent).ShouldBeGreaterThan(0);
        seen.Count(s => s.Sent > acknowledged).ShouldBeGreaterThanOrEqualTo(5 * Readers);
        seen.Count(s => s.Sent > acknowledged && IsOpen(s.Status)).ShouldBe(0);
        seen.Count(s => s.Begun > acknowledged + Stopwatch.Frequency && IsOpen(s.Status)).ShouldBe(0);
    }

    [Fact, Trait("Case", "T-002")]
    public async Task A_slow_download_ends_broken_within_one_mebibyte_of_the_revocation()
    {
        var document = Guid.NewGuid();
        await Publish(document, LargePdf.Of(10 * 1024 * 1024));
        var (link, id) = await house.Share(("documents", document.ToString()), ("agreement", ""));
        var guest = await house.Enter(link);
        var file = await TestHouse.Download(guest.Browser, guest.Room, document.ToString());
        var whole = await guest.Browser.Send(HttpMethod.Head, file);
        var length = long.Parse(whole.Headers["Content-Length"]);
        length.ShouldBeGreaterThan(8 * 1024 * 1024);

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 32 * 1024 };
        await socket.ConnectAsync(IPAddress.Loopback, house.App.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(AbuseHouse.Request("GET", file, "north.localhost", $"Cookie: {guest.Cookie}\r\n")));
        var before = await ReadSlowly(socket, 3 * Slow);
        before.Bytes.ShouldBeGreaterThanOrEqualTo(3 * Slow);
        before.Ended.ShouldBeFalse();

        await house.Revoke(id);
        var after = await ReadSlowly(socket, Slow); // as slowly as before, for a second, then all that comes
        if (!after.Ended) after.Bytes += (await ReadAll(socket));
        after.Bytes.ShouldBeLessThanOrEqualTo(MostAfter);
        (before.Bytes + after.Bytes).ShouldBeLessThan(length); // shorter than it said: no reader takes it for the whole file
    }

    private async Task Publish(Guid document, byte[] pdf)
    {
        using var content = new MemoryStream(pdf);
        var description = new EvidenceDescription { Title = "North large report", Kind = EvidenceKind.Other, Class = EvidenceClass.OnRequest };
        var taken = (await house.App.Services.GetRequiredService<EvidenceIntake>().Take(house.North.Scope, description, content, "large.pdf", false, default)).ShouldBeOfType<IntakeResult.Taken>();
        taken.Version.Template.ShouldNotBeNull();
        await house.North.Decide(document, new UploadEvidence { Id = Guid.NewGuid(), Version = taken.Version, Files = taken.Files }, house.North.StaffId(Role.Editor));
        await house.North.Decide(document, new ApproveEvidence { Id = Guid.NewGuid(), Sha = taken.Version.File.Sha }, house.North.StaffId(Role.Approver));
    }

    private static async Task<(long Bytes, bool Ended)> ReadSlowly(Socket socket, long most)
    {
        var (buffer, clock) = (new byte[8 * 1024], Stopwatch.StartNew());
        long bytes = 0;
        while (bytes < most)
        {
            var due = TimeSpan.FromSeconds((double)bytes / Slow) - clock.Elapsed;
            if (due > TimeSpan.Zero) await Task.Delay(due); // the reader's own pace
            var read = await Receive(socket, buffer);
            if (read == 0) return (bytes, true);
            bytes += read;
        }
        return (bytes, false);
    }

    private static async Task<long> ReadAll(Socket socket)
    {
        var buffer = new byte[64 * 1024];
        long bytes = 0;
        for (int read; (read = await Receive(socket, buffer)) > 0;) bytes += read;
        return bytes;
    }

    private static async Task<int> Receive(Socket socket, byte[] buffer)
    {
        try { return await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(20)); }
        catch (SocketException) { return 0; } // the server reset the connection
    }
}

/// <summary>A PDF of one page with a picture of noise that no filter makes smaller.</summary>
internal static class LargePdf
{
    public static byte[] Of(int bytes)
    {
        const int width = 1024;
        var height = bytes / (3 * width);
        var noise = new byte[3 * width * height];
        new Random(7).NextBytes(noise);
        using var pdf = new MemoryStream();
        var offsets = new List<long>();
        void Text(string text) => pdf.Write(Encoding.Latin1.GetBytes(text));
        void Object(string dictionary, byte[]? stream = null)
        {
            offsets.Add(pdf.Position);
            Text($"{offsets.Count} 0 obj\n{dictionary}\n");
            if (stream is not null) { Text("stream\n"); pdf.Write(stream); Text("\nendstream\n"); }
            Text("endobj\n");
        }
        var page = Encoding.ASCII.GetBytes("BT /F1 24 Tf 72 700 Td (Large) Tj ET q 400 0 0 400 72 200 cm /Im Do Q");
        Text("%PDF-1.7\n");
        Object("<< /Type /Catalog /Pages 2 0 R >>");
        Object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        Object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /Im 6 0 R >> >> >>");
        Object($"<< /Length {page.Length} >>", page);
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        Object($"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Length {noise.Length} >>", noise);
        var start = pdf.Position;
        Text($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n{string.Concat(offsets.Select(o => $"{o:D10} 00000 n \n"))}trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return pdf.ToArray();
    }
}
