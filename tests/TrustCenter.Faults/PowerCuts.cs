using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Faults;

/// <summary>The power is cut at a random moment of a first start and its writes: of each file only what was synced by then is sure to be there.</summary>
public static class PowerCuts
{
    private const int Acknowledgements = 250; // of one trace; several checkpoints of the log
    private const int MostTries = 50; // for a cut that loses something
    private static readonly string[] Kept = ["nothing", "a torn part", "all"];

    /// <summary>What a cut meets: the making of the key; that of the file, before anything was acknowledged; a moment after, of which nothing is lost; a moment after, of which something is.</summary>
    private enum Meets { Key, File, Nothing, Loss }

    private static readonly (Meets Meets, int Few, int Many)[] Plan = [(Meets.Key, 8, 8), (Meets.File, 2, 6), (Meets.Nothing, 1, 6), (Meets.Loss, 8, 27)]; // of one trace, short and long

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var (traces, clock) = (stage.Times(1, 4), Stopwatch.StartNew());
        var (cuts, losing, checkedAcks, broken, control) = (0, 0, 0L, new List<string>(), new List<string>());
        for (var trace = 0; trace < traces; trace++)
        {
            var (folder, calls) = await Traced(stage, $"real{trace}");
            foreach (var (meets, few, many) in Plan)
                for (var n = 0; n < stage.Times(few, many); n++)
                {
                    var cut = await Cut(stage, folder, calls, meets, n, meets switch { Meets.Key or Meets.Nothing => 2, Meets.File => n % 3, _ => n % 2 });
                    (cuts, checkedAcks) = (cuts + 1, checkedAcks + cut.Acks);
                    if (cut is { Acks: > 0, IsLess: true }) losing++;
                    if (cut.Broken is { } wrong) broken.Add(wrong);
                }
        }
        var first = new Line($"The power is cut {cuts} times while {Writer.Tenants.Count} vendors are written to by synchronous=FULL; of what was not synced nothing, a torn part or all is kept. {losing} of the cuts come after an acknowledgement and lose something that was not synced: these could show a loss",
            "It opens; what was acknowledged is there; file and journals verify", broken.Count > 0 ? $"{broken.Count} cuts: {broken[0]}" : $"{checkedAcks:N0} acknowledgements before the cuts, none lost, {clock.Elapsed.TotalSeconds:F0} s", broken.Count == 0 && losing >= stage.Times(5, 100));

        var (unsynced, unsyncedCalls) = await Traced(stage, "normal", "normal");
        var controls = stage.Times(5, 25);
        for (var n = 0; n < controls; n++)
            if ((await Cut(stage, unsynced, unsyncedCalls, Meets.Loss, n, keep: 0)).Broken is { } wrong) control.Add(wrong);
        return [first, new Line($"The same by synchronous=NORMAL, {controls} times, each of which could show a loss", "Something that was acknowledged is lost: else this measures nothing", $"{control.Count} cuts lost some. {control.FirstOrDefault()}", control.Any(c => c.Contains("was acknowledged", StringComparison.Ordinal)))];
    }

    private static async Task<(string Folder, List<SystemCall> Calls)> Traced(Stage stage, string name, params string[] more)
    {
        var (folder, file) = (stage.NewFolder(name), stage[name + ".trace"]);
        using (var writer = new WriterProcess([folder, "-", .. more], new ConcurrentQueue<Ack>(), Trace.Command(file)))
        {
            await writer.Acknowledged(Acknowledgements);
            await writer.End();
        }
        var calls = Trace.Read(file, folder);
        File.Delete(file);
        return (folder, calls);
    }

    private static async Task<(int Acks, bool IsLess, string? Broken)> Cut(Stage stage, string folder, List<SystemCall> calls, Meets meets, int number, int keep)
    {
        var first = calls.FindIndex(c => c.Deed == Deed.Say);
        var (at, moment, after, isLess) = (0, 0, "", false);
        for (var tries = 0; tries == 0 || (meets == Meets.Loss && !isLess && tries < MostTries); tries++)
        {
            if (tries > 0) Directory.Delete(after, recursive: true); // the torn part was all of it
            at = meets switch { Meets.Key => number, Meets.File => stage.Random.Next(first), _ => stage.Random.Next(first, calls.Count) };
            (moment, after) = (calls[at].Begun, stage.NewFolder($"cut{Guid.NewGuid():N}"));
            isLess = new Disk(calls, moment).WriteTo(folder, after, keep, stage.Random);
        }
        var said = Encoding.UTF8.GetString([.. calls.Where(c => c.Deed == Deed.Say && c.Begun < moment).SelectMany(c => c.Bytes)]);
        List<Ack> acks = [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l.EndsWith('.')).Select(l => Ack.Parse(l[..^1]))];
        try { return (acks.Count, isLess, await Broken(after, acks)); }
        catch (Exception failed) when (failed is StoreException or InvalidOperationException or ArgumentException or SqliteException) { return (acks.Count, isLess, $"it does not open: {failed.Message}"); }
        finally { Directory.Delete(after, recursive: true); }

        async Task<string?> Broken(string data, List<Ack> acknowledged)
        {
            var file = Path.Combine(data, "trustcenter.db");
            var keys = HostKeys.FromFolder(Path.Combine(data, "keys"), mayCreate: !File.Exists(file));
            await using var store = new SqliteStore(file, keys);
            var promises = new Promises(keys);
            var whole = await store.Query(sql => sql.First("pragma integrity_check(1)", r => r.Text(0)));
            var wrong = whole != "ok" ? whole : await promises.Broken(store, acknowledged) ?? await promises.BrokenInAll(store);
            return wrong is null ? null : $"cut at {at} of {calls.Count}, of the unsynced {Kept[keep]} is kept: {wrong}";
        }
    }
}
