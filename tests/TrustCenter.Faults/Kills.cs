using System.Collections.Concurrent;
using System.Diagnostics;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Faults;

/// <summary>A process is killed at a random moment of its writes, again and again, over the same data.</summary>
public static class Kills
{
    private const int BetweenWhole = 10; // kills; each time would cost 3 s in the end
    private const int LongestLife = 150; // milliseconds between the first acknowledgement and the kill
    private const int LongestStart = 400; // milliseconds from its start to the kill, for each fifth

    public static async Task<IReadOnlyList<Line>> Run(Stage stage) =>
        [await OfWriters(stage, stage.Times(40, 1_000)), await new HostKills(stage.NewFolder("host"), stage.Random).Run(stage.Times(10, 100))];

    private static async Task<Line> OfWriters(Stage stage, int kills)
    {
        var folder = stage.NewFolder("writer");
        var (clock, acknowledged, total) = (Stopwatch.StartNew(), new ConcurrentQueue<Ack>(), 0L);
        Promises? promises = null;
        string? broken = null;
        for (var kill = 1; kill <= kills && broken is null; kill++)
        {
            using (var writer = new WriterProcess([folder, "-"], acknowledged))
            {
                if (kill % 5 == 0) await Task.Delay(stage.Random.Next(LongestStart));
                else
                {
                    await writer.Acknowledged(1);
                    await Task.Delay(stage.Random.Next(LongestLife));
                }
                writer.Kill();
            }
            var heard = new List<Ack>();
            while (acknowledged.TryDequeue(out var ack)) heard.Add(ack);
            total += heard.Count;
            var keys = HostKeys.FromFolder(Path.Combine(folder, "keys"), mayCreate: false);
            await using var store = new SqliteStore(Path.Combine(folder, "trustcenter.db"), keys);
            promises ??= new Promises(keys);
            broken = await promises.Broken(store, heard) ?? (kill % BetweenWhole == 0 || kill == kills ? await promises.BrokenInAll(store) : null);
        }
        return new Line($"A process that writes by 6 writers for 3 vendors is killed {kills:N0} times (SIGKILL)", $"Each time: what was acknowledged is there; no half action, no gap; each seal, entry and signature since the last time verifies, and each {BetweenWhole}th time all of them",
            broken ?? $"{total:N0} acknowledged, {promises!.Entries:N0} entries, {promises.Checks:N0} checks, {clock.Elapsed.TotalSeconds:F0} s", broken is null && total >= kills / 2);
    }
}
