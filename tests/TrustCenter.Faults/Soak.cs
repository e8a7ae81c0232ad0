using System.Diagnostics;
using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Tests;
using TrustCenter.Tests.Faults;

namespace TrustCenter.Faults;

/// <summary>An hour of everything that people do, evenly: memory that is held and still grows after the caches are full is lost.</summary>
public static class Soak
{
    private const int Readers = 40;
    private const int FillingDeals = 10; // a turn, at first: until there are more than the engine keeps in memory
    private const double MostGrowth = 0.05; // of the mean, in the time after the warm-up, by the line of least squares
    private const int Turns = 80; // between two measurements; a full collection each, or what waits for one would pass for growth
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(250); // each turn is one act of each kind

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var (warmUp, end) = (TimeSpan.FromMinutes(stage.Times(1, 10)), TimeSpan.FromMinutes(stage.Times(3, 60)));
        var folder = stage.NewFolder("data");
        var (tenant, rooms) = await Settle(folder);
        using var host = HostProcess.Start(folder, HostProcess.FreePort(), "--demo");
        using var console = host.Client();
        using var site = host.Client("alpha.localhost");
        await host.Ready(console);
        var session = await HostProcess.SignIn(console, tenant, "Rep");

        var (clock, samples, acts, failed) = (Stopwatch.StartNew(), new List<(double Minutes, double Mebibytes)>(), 0L, 0L);
        var (deals, filled, full) = (0, stage.Times(2_000, InProcessEngine.MostResident * 11 / 10), TimeSpan.Zero);
        for (var turn = 0; clock.Elapsed < end; turn++)
        {
            // A machine that others use fills them later; until then memory grows, and should.
            if (full == TimeSpan.Zero && clock.Elapsed >= warmUp && deals >= filled) full = clock.Elapsed;
            var (path, cookie) = rooms[turn % rooms.Count];
            await Get(site, "/", "");
            await Get(site, path, cookie);
            await Get(console, "/console/deals", session.Cookie);
            for (var n = full == TimeSpan.Zero ? FillingDeals : 1; n > 0; n--, deals++)
            {
                var deal = Guid.CreateVersion7();
                await Send(console, HostProcess.Post("/console/deals", console, session.Cookie, [("stamp", session.Stamp), ("command", deal.ToString()), ("account", $"Acme {turn % 200}"), ("currency", "EUR"), ("outcome", "Open"), ("factor", "None")]));
            }
            if (turn % Turns == 0) samples.Add((clock.Elapsed.TotalMinutes, await Memory.Held(host.Id)));
            var rest = Turn * (turn + 1) - clock.Elapsed;
            if (rest > TimeSpan.Zero) await Task.Delay(rest);
        }

        if (full == TimeSpan.Zero || (end - full) < (end - warmUp) / 2) return [new("Own memory", "It grows no more when what is bounded is full", $"{deals:N0} deals of {filled:N0} were made: the machine is too busy to tell", false)];
        var after = samples.Where(s => s.Minutes >= full.TotalMinutes).ToList();
        var (mean, growth) = (after.Average(s => s.Mebibytes), Slope(after) * (end - full).TotalMinutes);
        return
        [
            new($"{acts:N0} acts in {end.TotalMinutes:F0} minutes: public page, room, list, new deal", "All are answered", $"{failed} were not", failed == 0),
            new($"Own memory after a full collection, from minute {full.TotalMinutes:F0} to {end.TotalMinutes:F0}, when what is bounded is full", $"It grows by at most {MostGrowth:P0}", string.Create(CultureInfo.InvariantCulture, $"{growth / mean:P1} of {mean:F0} MiB"), growth <= mean * MostGrowth),
        ];

        Task Get(HttpClient client, string path, string cookie)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (cookie.Length > 0) request.Headers.Add("Cookie", cookie);
            return Send(client, request);
        }

        async Task Send(HttpClient client, HttpRequestMessage request)
        {
            using (request)
            {
                using var answer = await client.SendAsync(request);
                await answer.Content.ReadAsByteArrayAsync();
                acts++;
                if ((int)answer.StatusCode is not (200 or 303)) failed++;
            }
        }
    }

    // A vendor, and readers who have been let in; their sessions outlive the process.
    private static async Task<(Guid Tenant, List<(string Path, string Cookie)> Rooms)> Settle(string folder)
    {
        await using var app = await RealApp.Start(o => (o.DataFolder, o.Demo) = (folder, true));
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        using var rep = await house.SignIn(Role.Rep);
        var rooms = new List<(string, string)>();
        for (var reader = 0; reader < Readers; reader++)
        {
            using var prospect = house.Visitor();
            var email = $"reader{reader}@acme.com";
            var room = await house.Enter(prospect, (await house.Share(rep, ("people", email))).Path, email);
            rooms.Add((room, string.Join("; ", prospect.Cookies.Select(c => $"{c.Key}={c.Value}"))));
        }
        return (house.Scope.Tenant, rooms);
    }

    // Mebibytes a minute, by least squares.
    private static double Slope(List<(double Minutes, double Mebibytes)> samples)
    {
        var (x, y) = (samples.Average(s => s.Minutes), samples.Average(s => s.Mebibytes));
        return samples.Sum(s => (s.Minutes - x) * (s.Mebibytes - y)) / samples.Sum(s => (s.Minutes - x) * (s.Minutes - x));
    }
}
