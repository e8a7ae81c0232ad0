using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;

namespace TrustCenter.Benchmarks.Comparisons;

/// <summary>A reader's marked copy of 100 pages, over HTTP, against what marks a file for each reader, and against copying it.</summary>
public static class MarkedDownload
{
    private const int Pages = 100;

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var data = await Seed.Northwind(stage);
        var (reader, large, small) = await Prepare(data);
        var (source, stamp) = (stage["source.pdf"], stage["stamp.pdf"]);
        await File.WriteAllBytesAsync(source, await Seed.Pdf(Pages));
        await File.WriteAllBytesAsync(stamp, await Seed.Pdf(1));
        var (allocated, wait, waitOfOne) = await InThisProcess(PublicPage.Copy(data, stage.NewFolder("inside")), reader, large, small);
        using var host = await Server.Host(data);
        (string, string)[] own = [("Host", Seed.Host), ("Cookie", reader.Cookie)];
        var copy = (await host.Get(large, own)).Body;
        if (!copy.AsSpan().StartsWith("%PDF"u8) || copy.AsSpan().IndexOf("ABCDEFGHJK"u8) < 0) throw new InvalidOperationException("The download bears no mark.");
        await File.WriteAllBytesAsync(stage["copy.pdf"], copy);

        var each = await Interleaved.Measure(stage.Rounds,
            new("download", () => Load.Run(host, large, stage.Seconds, own)),
            new("plain copy", () => Task.FromResult(CopyFile(stage["copy.pdf"], stage["copied.pdf"]))),
            new("qpdf", () => Overlay(source, stamp, stage["overlaid.pdf"])),
            new("pdf-lib", () => PdfLib(source)));
        string Note(string name) => $"{Table.Number(each[name] / 1000)} ms of CPU";
        return
        [
            Line.AtLeast("times pdf-lib", 100, each["pdf-lib"] / each["download"], Note("pdf-lib")),
            Line.AtLeast("times qpdf overlay", 50, each["qpdf"] / each["download"], Note("qpdf")),
            Line.AtMost("of a plain copy", 6, each["download"] / each["plain copy"], $"{Note("download")} and {Note("plain copy")} for {copy.Length:#,0} bytes"),
            Line.AtMost("MB allocated", 1, allocated / 1e6),
            Line.AtMost("first byte, of one page's", 1.2, wait / waitOfOne, $"{Table.Number(wait)} µs"),
        ];
    }

    private static async Task<(Reader Reader, string Large, string Small)> Prepare(string data)
    {
        await using var app = Seed.Open(data);
        var scope = await Seed.Tenant(app.Services);
        var (large, small) = (await Seed.Document(app.Services, scope, Pages), await Seed.Document(app.Services, scope, 1));
        var (link, _) = await Seed.Link(app.Services, scope, needsAgreement: false, large, small);
        var reader = await Seed.Reader(app.Services, scope, link);
        return (reader, await Seed.Download(app.Services, scope, reader, large), await Seed.Download(app.Services, scope, reader, small));
    }

    // Allocations and the first byte, without a network client's own of them.
    private static async Task<(double Allocated, double Wait, double WaitOfOne)> InThisProcess(string data, Reader reader, string large, string small)
    {
        await using var app = Seed.Open(data);
        await app.StartAsync();
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(System.Net.IPAddress.Loopback, port);
        var buffer = new byte[256 * 1024];
        byte[] Request(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {Seed.Host}\r\nCookie: {reader.Cookie}\r\n\r\n");
        double Ask(byte[] request, ref long length)
        {
            var clock = Stopwatch.GetTimestamp();
            socket.Send(request);
            long read = socket.Receive(buffer);
            var first = Stopwatch.GetElapsedTime(clock).TotalMicroseconds;
            if (length == 0) length = LengthOf(Encoding.Latin1.GetString(buffer, 0, (int)read));
            while (read < length) read += socket.Receive(buffer);
            return first;
        }
        var (requests, lengths, waits) = (new[] { Request(large), Request(small) }, new long[2], new[] { new List<double>(300), new List<double>(300) });
        for (var i = 0; i < 300; i++)
            for (var which = 0; which < 2; which++) waits[which].Add(Ask(requests[which], ref lengths[which]));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < 20; i++) Ask(requests[0], ref lengths[0]);
        var allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / 20.0;
        await app.StopAsync();
        return (allocated, Interleaved.Median(waits[0].Skip(100)), Interleaved.Median(waits[1].Skip(100)));
    }

    private static long LengthOf(string start)
    {
        var line = start.Split("\r\n").Single(l => l.StartsWith("Content-Length: ", StringComparison.Ordinal));
        return start.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4 + long.Parse(line["Content-Length: ".Length..], CultureInfo.InvariantCulture);
    }

    private static Sample CopyFile(string from, string to)
    {
        const int copies = 200;
        var buffer = new byte[64 * 1024];
        var before = Meter.CpuOfThis();
        for (var i = 0; i < copies; i++)
        {
            using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            using var target = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            for (int read; (read = source.Read(buffer)) > 0;) target.Write(buffer, 0, read);
        }
        return new Sample(Meter.CpuOfThis() - before, copies);
    }

    private static async Task<Sample> Overlay(string source, string stamp, string to)
    {
        const int files = 3;
        var before = Meter.CpuOfEnded();
        for (var i = 0; i < files; i++) await Stage.Output("qpdf", source, "--overlay", stamp, "--from=", "--repeat=1", "--", to);
        return new Sample(Meter.CpuOfEnded() - before, files);
    }

    private static async Task<Sample> PdfLib(string source)
    {
        var said = await Stage.Output("node", Path.Combine(AppContext.BaseDirectory, "Comparisons", "pdf-lib.js"), source);
        return new Sample(double.Parse(said, CultureInfo.InvariantCulture) / 1e6, 1);
    }
}
