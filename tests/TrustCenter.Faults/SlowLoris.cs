using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using TrustCenter.Tests.Faults;

namespace TrustCenter.Faults;

/// <summary>Connections that send a byte now and then, half of them in their headers and half in a body, so that they are never done.</summary>
public static class SlowLoris
{
    private const double MostPercentile = 250; // milliseconds, p99 of a reader beside them
    private const double MostGrowth = 128; // MiB
    private const int Late = 6; // seconds that a cut may come after its time: it is looked for once a second, and the machine is full
    private const int HeaderTime = 30, BodyGrace = 5; // seconds; the host's limits for a request's head, and before a body must come at 240 bytes a second
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2); // two bytes

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var folder = stage.NewFolder("data");
        await Settled.Vendor(folder, "north");
        using var host = HostProcess.Start(folder, HostProcess.FreePort(), "--demo");
        using var site = host.Client("north.localhost");
        await host.Ready(site);
        for (var warm = 0; warm < 300; warm++) await Time(site);

        var (count, before) = (stage.Times(300, 1_000), Memory.Resident(host.Id));
        using var stop = new CancellationTokenSource();
        var reader = Read(site, stop.Token);
        var slow = await Task.WhenAll(Enumerable.Range(0, count).Select(n => Linger(host.Port, isBody: n % 2 == 1)));
        var most = Memory.Peak(host.Id) - before;
        await stop.CancelAsync();
        var times = await reader;
        times.Sort();
        var percentile = times[(int)(times.Count * 0.99)];
        return
        [
            Cut("headers", HeaderTime, [.. slow.Where(s => !s.IsBody).Select(s => s.Seconds)]),
            Cut("bodies", BodyGrace, [.. slow.Where(s => s.IsBody).Select(s => s.Seconds)]),
            new($"Meanwhile {times.Count:N0} requests of a reader, one each 10 ms", $"p99 stays below {MostPercentile} ms, and all are answered", $"p99 {percentile:F1} ms, longest {times[^1]:F1} ms", percentile < MostPercentile),
            new($"Memory with {count:N0} such connections", $"It grows by at most {MostGrowth} MiB", $"by {most:F0} MiB from {before:F0}, {(host.HasEnded ? "and the host ended" : "and the host goes on")}", most <= MostGrowth && !host.HasEnded),
        ];
    }

    private static Line Cut(string what, int limit, double[] seconds)
        => new($"{seconds.Length:N0} connections whose {what} come a byte each {Between.TotalSeconds} s", $"They are cut within {limit} s (and up to {Late} s more)", string.Create(CultureInfo.InvariantCulture, $"after {seconds.Min():F1} to {seconds.Max():F1} s"), seconds.Max() <= limit + Late);

    // How long it lived.
    private static async Task<(bool IsBody, double Seconds)> Linger(int port, bool isBody)
    {
        var head = $"POST /console/sessions HTTP/1.1\r\nHost: console.localhost:{port}\r\nOrigin: http://console.localhost:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n" + (isBody ? "Content-Length: 10000\r\n\r\nstamp=" : "X-Slow: ");
        using var socket = await Wire.Open(port);
        var lived = Stopwatch.StartNew();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(HeaderTime + 3 * Late));
        await socket.SendAsync(Encoding.ASCII.GetBytes(head));
        var end = Wire.ReadToEnd(socket, Stream.Null, limit.Token);
        try
        {
            while (await Task.WhenAny(end, Task.Delay(Between)) != end) await socket.SendAsync(new byte[] { (byte)'a' });
            await end;
        }
        catch (Exception cut) when (cut is SocketException or OperationCanceledException) { }
        return (isBody, lived.Elapsed.TotalSeconds);
    }

    private static async Task<List<double>> Read(HttpClient site, CancellationToken stop)
    {
        var times = new List<double>();
        while (!stop.IsCancellationRequested)
        {
            times.Add(await Time(site));
            await Task.Delay(10, CancellationToken.None);
        }
        return times;
    }

    private static async Task<double> Time(HttpClient site)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await site.GetAsync("/");
        await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return clock.Elapsed.TotalMilliseconds;
    }
}
