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
    private const int MadeTheKey = 8; // calls
    private static readonly string[] Kept = ["nothing", "a torn part", "all"];

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var (traces, cuts, clock) = (stage.Times(1, 4), stage.Times(5, 25), Stopwatch.StartNew());
        var (checkedAcks, broken, control) = (0L, new List<string>(), new List<string>());
        for (var trace = 0; trace < traces; trace++)
        {
            var (folder, calls) = await Traced(stage, $"real{trace}");
            for (var cut = -MadeTheKey; cut < cuts; cut++)
            {
                var (acks, wrong) = await Cut(stage, folder, calls, cut);
                checkedAcks += acks;
                if (wrong is not null) broken.Add(wrong);
            }
        }
        var first = new Line($"The power is cut {traces * (cuts + MadeTheKey)} times while {Writer.Tenants.Count} vendors are written to by synchronous=FULL; of what was not synced nothing, a torn part or all is kept",
            "It opens; what was acknowledged is there; file and journals verify", broken.Count > 0 ? $"{broken.Count} cuts: {broken[0]}" : $"{checkedAcks:N0} acknowledgements before the cuts, none lost, {clock.Elapsed.TotalSeconds:F0} s", broken.Count == 0 && checkedAcks > 0);

        var (unsynced, unsyncedCalls) = await Traced(stage, "normal", "normal");
        for (var cut = 0; cut < cuts; cut++)
            if ((await Cut(stage, unsynced, unsyncedCalls, cut * 3 + 3)).Broken is { } wrong) control.Add(wrong); // keeps nothing that was not synced
        return [first, new Line($"The same by synchronous=NORMAL, {cuts} times", "Something that was acknowledged is lost: else this measures nothing", $"{control.Count} cuts lost some. {control.FirstOrDefault()}", control.Any(c => c.Contains("was acknowledged", StringComparison.Ordinal)))];
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

    /// <summary>Below 0 it is one of the very first calls, in the making of the key; each fourth cut comes before the first acknowledgement, in the making of the file.</summary>
    private static async Task<(int Acks, string? Broken)> Cut(Stage stage, string folder, List<SystemCall> calls, int number)
    {
        var first = calls.FindIndex(c => c.Deed == Deed.Say);
        var at = number < 0 ? -number - 1 : number % 4 == 1 ? stage.Random.Next(first) : stage.Random.Next(first, calls.Count);
        var (moment, keep) = (calls[at].Begun, number < 0 ? 2 : number % 3);
        var after = stage.NewFolder($"cut{Guid.NewGuid():N}");
        new Disk(calls, moment).WriteTo(folder, after, keep, stage.Random);
        var said = Encoding.UTF8.GetString([.. calls.Where(c => c.Deed == Deed.Say && c.Begun < moment).SelectMany(c => c.Bytes)]);
        List<Ack> acks = [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l.EndsWith('.')).Select(l => Ack.Parse(l[..^1]))];
        try { return (acks.Count, await Broken(after, acks)); }
        catch (Exception failed) when (failed is StoreException or InvalidOperationException or ArgumentException or SqliteException) { return (acks.Count, $"it does not open: {failed.Message}"); }
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
