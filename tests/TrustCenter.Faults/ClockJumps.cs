using System.Globalization;
using TrustCenter.Keys;
using TrustCenter.Operation;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tests;
using TrustCenter.Tests.Faults;

namespace TrustCenter.Faults;

/// <summary>
/// The host's clock jumps by thirty days, forth and back, while it runs and between two starts. What was revoked stays so (ABUSE T-004), no session lives longer than it
/// should, and the journal stays in order; the end of a link is a time by this clock, and no more is promised of it.
/// </summary>
public static class ClockJumps
{
    private const int Days = 30;
    private static readonly int[] Running = [0, Days, -Days, 0], Started = [-Days, Days, 0];

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var folder = stage.NewFolder("data");
        var clock = new FakeClock(stage["clock"]);
        var people = await Settle(folder);
        List<Line> lines = [];
        await Serve(folder, clock, people, Running, "while it runs", lines);
        foreach (var days in Started) await Serve(folder, clock, people, [days], "between two starts", lines);
        lines.Add(await Check(folder, people));
        return lines;
    }

    private static async Task Serve(string folder, FakeClock clock, People people, int[] jumps, string when, List<Line> lines)
    {
        clock.Set(jumps[0]);
        using var host = HostProcess.StartIn(clock.Environment, null, folder, HostProcess.FreePort(), "--demo");
        using var console = host.Client();
        using var site = host.Client("north.localhost");
        await host.Ready(console);
        foreach (var days in jumps)
        {
            clock.Set(days);
            await clock.IsSeen(site, days);
            lines.Add(await people.Try(console, site, days, when, host));
        }
        host.Kill();
    }

    private static async Task<People> Settle(string folder)
    {
        await using var app = await RealApp.Start(o => (o.DataFolder, o.Demo) = (folder, true));
        var house = await TestHouse.Build(app, "north", "North");
        using var rep = await house.SignIn(Role.Rep);
        var open = await Enter(house, rep, "ana@acme.com", isRevoked: false);
        return new People(house.Scope.Tenant, open, await Enter(house, rep, "bo@acme.com", isRevoked: true));
    }

    private static async Task<(string Room, string Cookie)> Enter(TestHouse house, Browser rep, string email, bool isRevoked)
    {
        using var prospect = house.Visitor();
        var (link, id) = await house.Share(rep, ("people", email));
        var room = await house.Enter(prospect, link, email);
        if (isRevoked) await rep.Submit(await rep.Get($"/console/links/{id}"), "/revocations");
        return (room, string.Join("; ", prospect.Cookies.Select(c => $"{c.Key}={c.Value}")));
    }

    private static async Task<Line> Check(string folder, People people)
    {
        var keys = HostKeys.FromFolder(Path.Combine(folder, "keys"), mayCreate: false);
        await using var store = new SqliteStore(Path.Combine(folder, "trustcenter.db"), keys);
        var entries = await store.Query(sql => sql.Query("select subject from entries where tenant = @tenant and log = 'journal' and what = 'deal.recorded' order by n", r => r.Text(0), ("@tenant", people.Tenant)));
        var inOrder = entries.SequenceEqual(people.Deals.Select(d => $"deal:{d:D}"));
        var problem = await store.Query(sql => CopyCheck.Run(sql, 0, keys).Problem);
        return new($"The journal after {Running.Length + Started.Length} times, {people.Deals.Count} deals in it", "Its entries stand in the order of the acknowledgements, and every seal, entry and signature is right",
            $"{(inOrder ? "in order" : "not in order")}; {problem ?? "all is right"}", inOrder && problem is null && people.Deals.Count > 0);
    }

    /// <summary>Who uses it: two readers, one of whose links was revoked, and staff who sign in anew at each time.</summary>
    private sealed class People(Guid tenant, (string Path, string Cookie) open, (string Path, string Cookie) revoked)
    {
        private readonly List<(int Days, string Cookie)> sessions = [];

        public Guid Tenant => tenant;
        public List<Guid> Deals { get; } = [];

        public async Task<Line> Try(HttpClient console, HttpClient site, int days, string when, HostProcess host)
        {
            List<string> wrong = [];
            async Task Expect(string what, bool isOpen, HttpClient client, string path, string cookie)
            {
                var status = await Get(client, path, cookie);
                if (status >= 500 || status == 200 != isOpen) wrong.Add($"{what}: {status}");
            }
            await Expect("public page", true, site, "/", "");
            await Expect("revoked room", false, site, revoked.Path, revoked.Cookie);
            await Expect("room of another time's session", days == 0, site, open.Path, open.Cookie);
            foreach (var (then, cookie) in sessions) await Expect($"staff session of {then:+0;-0;0} d", then == days, console, "/console/deals", cookie);
            var session = await HostProcess.SignIn(console, tenant, "Rep");
            sessions.Add((days, session.Cookie));
            await Expect("new staff session", true, console, "/console/deals", session.Cookie);
            await Write(console, session, wrong);
            if (host.HasEnded) wrong.Add("the host ended");
            return new(string.Create(CultureInfo.InvariantCulture, $"The clock jumps to {days:+0;-0;0} d {when}"), "Public page, sign-in and writing work; what was revoked is closed, and so is each session of another time",
                wrong.Count == 0 ? $"so it is, with {sessions.Count - 1} older sessions" : string.Join("; ", wrong), wrong.Count == 0);
        }

        private static async Task<int> Get(HttpClient client, string path, string cookie)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (cookie.Length > 0) request.Headers.Add("Cookie", cookie);
            using var answer = await client.SendAsync(request);
            return (int)answer.StatusCode;
        }

        private async Task Write(HttpClient console, (string Cookie, string Stamp) session, List<string> wrong)
        {
            for (var n = 0; n < 10; n++)
            {
                var deal = Guid.CreateVersion7();
                using var request = HostProcess.Post("/console/deals", console, session.Cookie, [("stamp", session.Stamp), ("command", deal.ToString()), ("account", $"Acme {deal:N}"), ("currency", "EUR"), ("outcome", "Open"), ("factor", "None")]);
                using var answer = await console.SendAsync(request);
                if ((int)answer.StatusCode == 303) Deals.Add(deal);
                else wrong.Add($"deal: {(int)answer.StatusCode}");
            }
        }
    }
}
