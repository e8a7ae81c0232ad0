using System.Diagnostics;

namespace TrustCenter.Benchmarks.Comparisons;

/// <summary>One vendor's readers while another vendor gets fifty times as many (ABUSE T-076).</summary>
public static class Noise
{
    private const int Quiet = 40, Times = 50; // requests a second of the one, and how many times that of the other
    private const int Connections = 20;

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var data = await Seed.Northwind(stage);
        await Stage.Output("dotnet", Path.Combine(AppContext.BaseDirectory, "TrustCenter.Host.dll"), "import", Path.Combine(Stage.Root, "samples", "alder"), "--publish-as", "Amir Haddad", "--", $"--TrustCenter:DataFolder={data}");
        using var host = await Server.Host(data);
        var seconds = stage.Seconds * 3;
        await Paced(host, Seed.Host, Quiet * Times, seconds, Connections); // warm
        var (alone, beside) = (new List<double>(), new List<double>());
        for (var round = 0; round < stage.Rounds; round++)
        {
            alone.Add(await Paced(host, "alder.localhost", Quiet, seconds, 1));
            var loud = Paced(host, Seed.Host, Quiet * Times, seconds, Connections);
            beside.Add(await Paced(host, "alder.localhost", Quiet, seconds, 1));
            await loud;
        }
        var (before, during) = (Interleaved.Median(alone), Interleaved.Median(beside));
        return [Line.AtMost("p99 beside a vendor with 50 times the load", 2, during / before, $"{Table.Number(during)} ms and {Table.Number(before)} ms alone, by the clock")];
    }

    /// <summary>Asks at an even pace, whatever the answers take; the 99th of a hundred waits, in milliseconds.</summary>
    private static async Task<double> Paced(Server server, string vendor, int aSecond, int seconds, int connections)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections });
        var (started, waits) = (Stopwatch.GetTimestamp(), new List<double>());
        async Task Ask(int turn)
        {
            for (var n = turn; n < aSecond * seconds; n += connections)
            {
                var due = TimeSpan.FromSeconds(n / (double)aSecond) - Stopwatch.GetElapsedTime(started);
                if (due > TimeSpan.Zero) await Task.Delay(due);
                var clock = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Get, server.Url + "/") { Headers = { Host = vendor } };
                using var response = await client.SendAsync(request);
                await response.Content.ReadAsByteArrayAsync();
                lock (waits) waits.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }
        }
        await Task.WhenAll(Enumerable.Range(0, connections).Select(Ask));
        var sorted = waits.Order().ToList();
        return sorted[sorted.Count * 99 / 100];
    }
}
