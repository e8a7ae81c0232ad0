using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TrustCenter.Tests.Faults;

namespace TrustCenter.Faults;

/// <summary>Links are revoked at one process and the other in turn while everybody reads at both: what was acknowledged holds at once, everywhere (DESIGN, invariant 4; ABUSE T-001).</summary>
public static class Revocations
{
    private const int Times = 8; // requests of each reader after his link's acknowledgement
    private const int Queued = 8; // requests that wait at the frozen process, of each revoked link

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var (readers, each, downloads, frozen) = (stage.Times(20, 100), stage.Times(1, 5), stage.Times(2, 20), stage.Times(2, 20));
        using var cluster = await Cluster.Settle(stage, 4 * downloads + frozen + readers * each + readers, 4 * downloads);
        var guests = new Queue<Guest>(cluster.Guests);
        List<Guest> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => guests.Dequeue())];
        var (running, asleep, runningOnRedis, asleepOnRedis) = (Take(downloads), Take(downloads), Take(downloads), Take(downloads));
        var (sleepers, readingNow, withRedis) = (Take(frozen), Take(readers * each), Take(readers));

        await cluster.Start();
        var desk = await Desk.Open(cluster);
        List<Line> lines =
        [
            await RunningDownloads.Run(cluster, desk, running, "", () => { }), await RunningDownloads.Frozen(cluster, desk, asleep, "", () => { }),
            await Frozen(cluster, desk, sleepers), await Reading(cluster, desk, readingNow, readers, "", _ => { }),
        ];
        cluster.Stop();

        using var redis = await RedisProcess.Start(stage.NewFolder("redis"));
        await cluster.Start($"--TrustCenter:Redis={redis.Address}");
        desk = await Desk.Open(cluster);
        const string cut = "; Redis, over which they tell each other, is stopped before (SIGSTOP)";
        lines.Add(await RunningDownloads.Run(cluster, desk, runningOnRedis, cut, redis.Freeze));
        redis.Thaw();
        lines.Add(await RunningDownloads.Frozen(cluster, desk, asleepOnRedis, cut, redis.Freeze));
        redis.Thaw();
        lines.Add(await Reading(cluster, desk, withRedis, readers, " over Redis, which is stopped at a third and killed at two", done =>
        {
            if (done == readers / 3) redis.Freeze();
            if (done == 2 * readers / 3) redis.Kill();
        }));
        return lines;
    }

    private static async Task<Line> Reading(Cluster cluster, Desk desk, List<Guest> guests, int readers, string more, Action<int> after)
    {
        var asked = new Asked();
        var queues = Enumerable.Range(0, readers).Select(r => guests.Where((_, n) => n % readers == r).ToList()).ToList();
        var sites = cluster.Hosts.Select(h => cluster.Client(h, "north.localhost")).ToArray();
        var clock = Stopwatch.StartNew();
        var reading = queues.Select((mine, r) => Task.Run(async () =>
        {
            foreach (var guest in mine) await Read(sites, desk, guest, r, asked);
        })).ToArray();
        await asked.HasBegun(readers);
        for (var n = 0; n < guests.Count; n++)
        {
            await desk.Revoke(guests[n].Link, n);
            asked.Acknowledged[guests[n].Link] = Stopwatch.GetTimestamp();
            after(n + 1);
        }
        await Task.WhenAll(reading).WaitAsync(TimeSpan.FromMinutes(3));
        return new(string.Create(CultureInfo.InvariantCulture, $"{guests.Count} revocations at two processes in turn, {readers} readers of rooms and downloads at both without a pause{more}, in {clock.Elapsed.TotalSeconds:F0} s"),
            "No request that was sent after the acknowledgement is answered with the room or the document",
            string.Create(CultureInfo.InvariantCulture, $"{asked.Wrong} of {asked.After:N0} were; before it {asked.Open:N0} were, {asked.Refused} not; slowest acknowledgement {desk.Slowest.TotalSeconds:F1} s"),
            asked is { Wrong: 0, Refused: 0 } && asked.After >= guests.Count * Times && asked.Open > 0);
    }

    // Goes on with one link until it was revoked, and then some times more.
    private static async Task Read(HttpClient[] sites, Desk desk, Guest guest, int reader, Asked asked)
    {
        for (int n = reader, after = 0; after < Times; n++)
        {
            var sent = Stopwatch.GetTimestamp();
            var status = await Get(sites[n % 2], n / 2 % 2 == 0 ? guest.Room : guest.File, guest.Cookie);
            var isAfter = asked.Acknowledged.TryGetValue(guest.Link, out var at) && sent > at;
            if (isAfter) after++;
            asked.Count(isAfter, status == 200, desk.IsPosted(guest.Link));
        }
    }

    private static async Task<int> Get(HttpClient site, string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        try
        {
            using var answer = await site.SendAsync(request);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException) { return 0; } // a download that the revocation ended
    }

    // What waits in the queues of a process that sleeps is answered after the revocation, whenever it was sent.
    private static async Task<Line> Frozen(Cluster cluster, Desk desk, List<Guest> guests)
    {
        var (sleeper, site) = (cluster.Hosts[1], cluster.Client(cluster.Hosts[1], "north.localhost"));
        var (open, wrong, asked) = (0, 0, 0);
        foreach (var guest in guests)
        {
            foreach (var path in new[] { guest.Room, guest.File }) if (await Get(site, path, guest.Cookie) == 200) open++;
            sleeper.Freeze();
            var before = Enumerable.Range(0, Queued).Select(n => Get(site, n % 2 == 0 ? guest.Room : guest.File, guest.Cookie)).ToList();
            await desk.Revoke(guest.Link, 0);
            var after = Enumerable.Range(0, Queued).Select(n => Get(site, n % 2 == 0 ? guest.Room : guest.File, guest.Cookie)).ToList();
            sleeper.Thaw();
            var statuses = await Task.WhenAll([.. before, .. after]).WaitAsync(TimeSpan.FromMinutes(1));
            asked += statuses.Length;
            wrong += statuses.Count(s => s == 200);
        }
        return new($"{guests.Count} links revoked while the other process is stopped (SIGSTOP), {2 * Queued} requests each waiting at it, half of them since before the revocation", "None of them is answered with the room or the document when it wakes",
            $"{wrong} of {asked} were; before they slept {open} of {2 * guests.Count} were", wrong == 0 && open == 2 * guests.Count);
    }

    /// <summary>What the readers saw.</summary>
    private sealed class Asked
    {
        private int wrong, after, open, refused;

        public ConcurrentDictionary<Guid, long> Acknowledged { get; } = [];
        public int Wrong => wrong;
        public int After => after;
        public int Open => open;
        public int Refused => refused;

        public void Count(bool isAfter, bool isOpen, bool mayBeEither)
        {
            if (isAfter) Interlocked.Increment(ref after);
            if (isAfter && isOpen) Interlocked.Increment(ref wrong);
            if (!isAfter && isOpen) Interlocked.Increment(ref open);
            if (!isAfter && !isOpen && !mayBeEither) Interlocked.Increment(ref refused);
        }

        public async Task HasBegun(int readers)
        {
            for (var waited = Stopwatch.StartNew(); Volatile.Read(ref open) < 4 * readers && waited.Elapsed < TimeSpan.FromMinutes(1);) await Task.Delay(20);
        }
    }
}
