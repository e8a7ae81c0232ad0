using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TrustCenter.Tests.Faults;

namespace TrustCenter.Faults;

/// <summary>
/// One of two processes behind a balancer is killed at half of what the two can serve; it stays away for a while, then it is started again, which is harder where client,
/// balancer, database and both processes share the machine's cores: starting takes from those who serve, and what has just started serves slowly.
/// </summary>
public static class HalfLoad
{
    private const double MostErrors = 0.005; // of the requests
    private const double MostSlower = 1.5; // times the p99 of before
    private const double MostApart = 4 / 3d; // times, two rounds that agree
    private const int MostRounds = 8;
    private const int Guests = 10, Workers = 16;

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        using var cluster = await Cluster.Settle(stage, Guests);
        await cluster.Start();
        using var balancer = await Balancer.Start(stage.NewFolder("nginx"), [.. cluster.Hosts.Select(h => h.Port)]);
        using var people = await People.Of(cluster, balancer);
        var warm = TimeSpan.FromSeconds(stage.Times(5, 20));
        await Closed(people, warm);
        var capacity = await Closed(people, TimeSpan.FromSeconds(stage.Times(3, 10)));
        var (before, rounds) = await Settled(people, capacity / 2, TimeSpan.FromSeconds(stage.Times(5, 30)), stage.Times(1, MostRounds));
        cluster.Kill(0);
        var alone = await Open(people, capacity / 2, TimeSpan.FromSeconds(stage.Times(10, 60)));
        var starting = cluster.StartAgain(0);
        var back = await Open(people, capacity / 2, TimeSpan.FromSeconds(stage.Times(10, 60)));
        await starting;
        await Open(people, capacity / 2, warm); // what has just started compiles its code
        var ended = await Open(people, capacity / 2, TimeSpan.FromSeconds(stage.Times(5, 30)));
        var died = Failed($"One of two processes, which serve {capacity:N0} requests a second (pages, rooms, 5 % writes), is killed at half of that and stays away", alone);
        var started = Failed("It is started again", back);
        if (!stage.IsLong) return [died, started]; // of a few seconds a p99 is a few requests
        return
        [
            died,
            Slower($"While the other serves alone (before: {rounds})", alone, before),
            started,
            Slower(string.Create(CultureInfo.InvariantCulture, $"With both again, {warm.TotalSeconds} s after it was ready (while it started: {Percentile(back):F0} ms)"), ended, before),
        ];
    }

    private static Line Failed(string what, Seen seen)
        => new($"{what}; {seen.Times.Count:N0} requests in {seen.Length.TotalSeconds:F0} s", $"At most {MostErrors * 100} % fail",
            string.Join(", ", [string.Create(CultureInfo.InvariantCulture, $"{seen.Errors} ({100d * seen.Errors / seen.Times.Count:F2} %)"), .. seen.Said.Select(s => $"{s.Value} × {s.Key}")]), seen.Errors <= MostErrors * seen.Times.Count);

    private static Line Slower(string what, Seen seen, Seen before)
    {
        var (was, now) = (Percentile(before), Percentile(seen));
        return new(what, $"p99 is at most {MostSlower.ToString(CultureInfo.InvariantCulture)} times that of before", string.Create(CultureInfo.InvariantCulture, $"{now:F1} ms after {was:F1} ms, {now / was:F2} times"), now <= MostSlower * was && before.Errors == 0);
    }

    // As many as come through.
    private static async Task<double> Closed(People people, TimeSpan length)
    {
        var (clock, count) = (Stopwatch.StartNew(), 0L);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(w => Task.Run(async () =>
        {
            for (var n = w; clock.Elapsed < length; n += Workers)
            {
                await people.Act(n);
                Interlocked.Increment(ref count);
            }
        })));
        return count / clock.Elapsed.TotalSeconds;
    }

    // What was just started is slow, and whatever is compared with that looks quick: the round before the kill is one that agrees with the round before it; the quicker of the two.
    private static async Task<(Seen Before, string Rounds)> Settled(People people, double rate, TimeSpan length, int most)
    {
        List<Seen> rounds = [];
        while (rounds.Count < most)
        {
            rounds.Add(await Open(people, rate, length));
            if (rounds.Count > 1 && Percentile(rounds[^1]) is var now && Percentile(rounds[^2]) is var last && Math.Max(now, last) <= Math.Min(now, last) * MostApart)
                return (now < last ? rounds[^1] : rounds[^2], $"settled after {rounds.Count} rounds of {length.TotalSeconds} s");
        }
        return (rounds.MinBy(Percentile)!, $"the quickest of {rounds.Count} rounds of {length.TotalSeconds} s, no two of which agreed");
    }

    // At times that do not wait for answers: what is slow keeps nobody from asking.
    private static async Task<Seen> Open(People people, double rate, TimeSpan length)
    {
        var (seen, clock, running) = (new Seen(length), Stopwatch.StartNew(), new List<Task>());
        for (var n = 0; n < rate * length.TotalSeconds; n++)
        {
            var due = TimeSpan.FromSeconds(n / rate);
            if (due > clock.Elapsed) await Task.Delay(due - clock.Elapsed);
            var (number, sent) = (n, clock.Elapsed);
            running.Add(Task.Run(async () => seen.Add(await people.Act(number), clock.Elapsed - sent)));
        }
        await Task.WhenAll(running);
        return seen;
    }

    private static double Percentile(Seen seen)
    {
        var times = seen.Times.Order().ToList();
        return times[(int)(times.Count * 0.99)];
    }

    private sealed record Seen(TimeSpan Length)
    {
        private int errors;

        public int Errors => errors;
        public ConcurrentBag<double> Times { get; } = []; // milliseconds
        public ConcurrentDictionary<string, int> Said { get; } = [];

        public void Add(string? error, TimeSpan time)
        {
            Times.Add(time.TotalMilliseconds);
            if (error is null) return;
            Interlocked.Increment(ref errors);
            Said.AddOrUpdate(error, 1, (_, n) => n + 1);
        }
    }

    /// <summary>Readers of public pages and rooms, and a rep who writes.</summary>
    private sealed class People(HttpClient site, HttpClient console, List<Guest> guests, (string Cookie, string Stamp) session) : IDisposable
    {
        public static async Task<People> Of(Cluster cluster, Balancer balancer)
        {
            var console = balancer.Client("console.localhost");
            return new People(balancer.Client("north.localhost"), console, cluster.Guests, await HostProcess.SignIn(console, cluster.Tenant, "Rep"));
        }

        /// <summary>Null when it was answered as it should be.</summary>
        public async Task<string?> Act(int n)
        {
            using var request = Request(n % 20, n / 20);
            try
            {
                using var answer = await (n % 20 == 0 ? console : site).SendAsync(request);
                return (int)answer.StatusCode is 200 or 303 ? null : $"{(int)answer.StatusCode}";
            }
            catch (HttpRequestException cut) { return cut.HttpRequestError.ToString(); }
            catch (TaskCanceledException) { return "no answer"; }
        }

        private HttpRequestMessage Request(int kind, int turn)
        {
            if (kind == 0)
                return HostProcess.Post("/console/deals", console, session.Cookie, [("stamp", session.Stamp), ("command", Guid.CreateVersion7().ToString()), ("account", $"Acme {turn}"), ("currency", "EUR"), ("outcome", "Open"), ("factor", "None")]);
            var guest = guests[turn % guests.Count];
            var request = new HttpRequestMessage(HttpMethod.Get, kind % 3 == 0 ? guest.Room : "/");
            if (kind % 3 == 0) request.Headers.Add("Cookie", guest.Cookie);
            return request;
        }

        public void Dispose()
        {
            site.Dispose();
            console.Dispose();
        }
    }
}
