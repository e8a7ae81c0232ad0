using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Operation;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tests.Faults;
using TrustCenter.Tests.Store;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Orleans;

/// <summary>Host processes of one cluster over PostgreSQL, of which one is killed, frozen or stopped in the middle of writes to the deals that it holds.</summary>
public sealed class HostClusterTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Deals = 30; // that lie in the process which goes
    private const int Busy = 3; // times the goal: what is asserted, for a machine that does other things meanwhile
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(0.5); // for the last of them after the first, whose the goal is
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string database = PostgresServer.NewDatabase();
    private readonly string[] folders = [.. Enumerable.Range(0, 2).Select(_ => Directory.CreateTempSubdirectory("trust-center-").FullName)];
    private readonly int[] ports = [HostProcess.FreePort(), HostProcess.FreePort()], silos = [HostProcess.FreePort(), HostProcess.FreePort()];
    private readonly ConcurrentDictionary<Guid, int> acknowledged = []; // deal and the version that was
    private readonly ConcurrentDictionary<(Guid Deal, int Version), Guid> sent = [];
    private Guid tenant;
    private string room = "", reader = "";
    private Guid link;
    private HostProcess goes = null!, stays = null!;
    private HttpClient there = null!, here = null!;
    private (string Cookie, string Stamp) session;
    private DealWriter writer = null!;

    public async Task InitializeAsync()
    {
        await using (var app = await RealApp.Start(o => (o.DataFolder, o.Demo, o.Postgres) = (folders[0], true, database)))
        {
            var house = await TestHouse.Build(app, "alpha", "Alpha Records");
            tenant = house.Scope.Tenant;
            using var rep = await house.SignIn(Role.Rep);
            await house.Decide(DemoStaff.IdOf(tenant, Role.Editor), new SetStaffMember { Id = Guid.CreateVersion7(), Name = "Edda Brandt", Roles = [Role.Rep] }); // two who write deals
            using var prospect = house.Visitor();
            var (path, id) = await house.Share(rep);
            (link, room) = (id, await house.Enter(prospect, path));
            reader = string.Join("; ", prospect.Cookies.Select(c => $"{c.Key}={c.Value}"));
        }
        Directory.CreateDirectory(Path.Combine(folders[1], "keys"));
        File.Copy(Path.Combine(folders[0], "keys", "host.key"), Path.Combine(folders[1], "keys", "host.key"));
        stays = await Start(1);
        goes = await Start(0);
        (there, here) = (goes.Client(), stays.Client());
        session = await HostProcess.SignIn(here, tenant, "Rep");
        writer = new DealWriter(here, session, "here");
    }

    public Task DisposeAsync()
    {
        foreach (var one in new IDisposable[] { goes, stays, there, here }) one.Dispose();
        PostgresServer.Drop(database);
        foreach (var folder in folders) Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    [Trait("Case", "T-096")]
    public async Task A_killed_process_is_replaced_within_two_seconds_and_nothing_acknowledged_is_lost()
    {
        await Write(While: () => { goes.Kill(); return Task.CompletedTask; }, "Killed", TimeSpan.FromSeconds(2));
        await Check();
    }

    [Fact]
    [Trait("Case", "T-096")]
    public async Task A_process_that_is_stopped_kindly_is_hardly_missed()
    {
        await Write(While: () => Process.Start("kill", ["-TERM", $"{goes.Id}"]).WaitForExitAsync(), "Stopped kindly", TimeSpan.FromSeconds(0.5));
        (await goes.End()).Code.ShouldBe(0);
        await Check();
    }

    /// <param name="isWriting">It may be frozen within a transaction, with the lock on the tenant's head: the database ends that after three seconds.</param>
    [Theory]
    [Trait("Case", "T-001")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_frozen_process_is_replaced_within_four_seconds_and_serves_and_writes_nothing_old_when_it_wakes(bool isWriting)
    {
        var goal = TimeSpan.FromSeconds(4);
        (await Room(there)).ShouldBe(HttpStatusCode.OK);
        (await Room(here)).ShouldBe(HttpStatusCode.OK);
        (await Prolong(there)).ShouldBe(HttpStatusCode.SeeOther); // from here on the link lies in the process that freezes
        var contest = new Contest();
        var contesting = isWriting ? await contest.Begin(new(there, await HostProcess.SignIn(there, tenant, "Editor"), "there")) : Task.CompletedTask;
        await Write(While: async () =>
        {
            goes.Freeze();
            var asked = Stopwatch.StartNew();
            (await Revoke(here)).ShouldBe(HttpStatusCode.SeeOther);
            // Who holds the link alone decides on it, and that he is gone is known after two probes of a second: until then nobody can revoke, and nobody is told that it was.
            var acknowledged = asked.Elapsed;
            output.WriteLine($"The link that the frozen process held was revoked after {acknowledged.TotalSeconds:F2} s.");
            (await Room(here)).ShouldNotBe(HttpStatusCode.OK);
            acknowledged.ShouldBeInRange(TimeSpan.FromSeconds(1), Busy * goal, "sooner: the link did not lie there");
        }, isWriting ? "Frozen while it wrote" : "Frozen", goal);

        if (isWriting)
        {
            await contest.TakeOver(writer);
            contest.Waiting.ShouldBeGreaterThan(0, "the frozen process was not in the middle of anything");
            output.WriteLine($"{contest.Waiting} changes were under way in the frozen process while the other one made them.");
        }
        contest.End();
        goes.Thaw();
        // It finds itself voted dead and ends; what it answers until then is not the room.
        var answers = 0;
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(5); answers++)
            try { (await Room(there)).ShouldNotBe(HttpStatusCode.OK, "a revoked link is served by the process that was frozen"); }
            catch (HttpRequestException) { break; }
        await contesting;
        var (code, said) = await goes.End();
        output.WriteLine($"When it woke it refused {answers} times and ended with {code}.");
        code.ShouldNotBe(0);
        said.ShouldContain("FATAL");
        await Check(isWriting ? contest : null);
    }

    // On a machine that gives it no time for two seconds it is voted dead, and started again: what its supervisor does.
    private async Task<HostProcess> Start(int i)
    {
        for (var tries = 1; ; tries++)
        {
            var host = HostProcess.StartOver(database, folders[i], ports[i], "--demo", "--TrustCenter:Engine=orleans", $"--TrustCenter:Orleans:Silo=127.0.0.1:{silos[i]}");
            using var client = host.Client();
            try { return await host.Ready(client); }
            catch (InvalidOperationException voted) when (tries < 5 && voted.Message.Contains("I have been told I am dead", StringComparison.Ordinal)) { host.Dispose(); }
        }
    }

    // Deals that were made through the process which goes lie in it; the other one changes each of them, before and after.
    private async Task Write(Func<Task> While, string how, TimeSpan goal)
    {
        var deals = Enumerable.Range(0, Deals).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var deal in deals) (await Change(there, deal)).ShouldBeTrue();
        foreach (var deal in deals) (await Change(here, deal)).ShouldBeTrue();
        var began = Stopwatch.StartNew();
        var (failed, written) = (0, new ConcurrentBag<TimeSpan>());
        var going = Task.Run(While);
        await Parallel.ForEachAsync(deals, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (deal, _) =>
        {
            while (!await Change(here, deal))
            {
                Interlocked.Increment(ref failed);
                began.Elapsed.ShouldBeLessThan(Limit, "the other process does not write");
            }
            written.Add(began.Elapsed);
        });
        await going;
        output.WriteLine($"{how}: {Deals} deals of the other process were written after {written.Min().TotalSeconds:F2} to {written.Max().TotalSeconds:F2} s (goal {goal.TotalSeconds} s), {failed} failed calls.");
        failed.ShouldBe(0);
        written.Min().ShouldBeLessThan(Busy * goal);
        written.Max().ShouldBeLessThan(Busy * (goal + Rest));
    }

    // The version stands in the form: a change that was acknowledged and is not there is seen by the next one. What was not acknowledged is sent again as it was.
    private async Task<bool> Change(HttpClient client, Guid deal)
    {
        var version = acknowledged.GetValueOrDefault(deal);
        if (await (writer with { Client = client }).Change(deal, version, version == 0 ? deal : sent.GetOrAdd((deal, version), _ => Guid.CreateVersion7())) != HttpStatusCode.SeeOther) return false;
        acknowledged[deal] = version + 1;
        return true;
    }

    private async Task<HttpStatusCode> Room(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(client.BaseAddress!) { Host = "alpha.localhost", Path = room }.Uri);
        request.Headers.Add("Cookie", reader);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private Task<HttpStatusCode> Revoke(HttpClient client) => ChangeLink(client, "revocations");

    private Task<HttpStatusCode> Prolong(HttpClient client) => ChangeLink(client, "prolongations", ("expires", DateTime.UtcNow.AddDays(60).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    private async Task<HttpStatusCode> ChangeLink(HttpClient client, string how, params (string, string)[] more)
    {
        using var request = HostProcess.Post($"/console/links/{link}/{how}", client, session.Cookie, [("stamp", session.Stamp), ("command", Guid.CreateVersion7().ToString()), .. more]);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    // Each promise against states and entries; every seal, entry and signature.
    private async Task Check(Contest? contest = null)
    {
        foreach (var host in new[] { goes, stays }) host.Kill();
        var keys = HostKeys.FromFolder(Path.Combine(folders[0], "keys"), mayCreate: false);
        await using var store = new PostgresStore(database, keys);
        var engine = new InProcessEngine(store, keys, TimeProvider.System);
        foreach (var (deal, version) in acknowledged)
        {
            var id = new Scope(tenant).Id<Deal>(deal);
            (await store.Etag(id, default)).ShouldBeGreaterThanOrEqualTo(version);
            var entries = await store.Query(sql => sql.Number("select count(*) from entries where tenant = @tenant and log = 'journal' and subject = @deal", ("@tenant", tenant), ("@deal", $"deal:{deal:D}")));
            entries.ShouldBe(await store.Etag(id, default), "a version without its entry, or an entry without its version");
        }
        if (contest is not null) await contest.Check(store, engine, tenant, last: writer);
        (await engine.Read<ShareLink>(new Scope(tenant).Id<ShareLink>(link))).ShouldNotBeNull();
        (await store.Query(sql => CopyCheck.Run(sql, 0, keys).Problem)).ShouldBeNull();
        output.WriteLine($"{acknowledged.Count} deals, {acknowledged.Values.Sum()} changes acknowledged and kept.");
    }
}
