using System.Diagnostics;

namespace TrustCenter.Benchmarks.Comparisons;

/// <summary>From the start of the process to its first page, against an application with nothing in it.</summary>
public static class StartUp
{
    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var data = await Seed.Northwind(stage);
        var walls = new Dictionary<string, List<double>> { ["host"] = [], ["empty"] = [] };
        async Task<Sample> Started(string name, Func<Task<Server>> start, params (string, string)[] headers)
        {
            var clock = Stopwatch.GetTimestamp();
            using var server = await start();
            if ((await server.Get("/", headers)).Status != 200) throw new InvalidOperationException($"{name} shows no page.");
            walls[name].Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            return new Sample(Meter.Cpu([server.Process]), 1);
        }
        var each = await Interleaved.Measure(stage.Rounds,
            new("host", () => Started("host", () => Server.Host(data), ("Host", Seed.Host))),
            new("empty", () => Started("empty", () => Server.Own("/", port => ["serve-empty", $"{port}"]))));
        return [Line.AtMost("CPU to the first page, of an empty app", 1.5, each["host"] / each["empty"], $"{Table.Number(each["host"] / 1000)} ms and {Table.Number(each["empty"] / 1000)} ms; {Table.Number(Interleaved.Median(walls["host"]))} ms and {Table.Number(Interleaved.Median(walls["empty"]))} ms by the clock")];
    }
}
