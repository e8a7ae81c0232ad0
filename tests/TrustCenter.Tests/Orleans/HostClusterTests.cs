using System.Collections.Concurrent;
using System.Diagnostics;
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

    public async Task InitializeAsync()
    {
        await using (var app = await RealApp.Start(o => (o.DataFolder, o.Demo, o.Postgres) = (folders[0], true, database)))
        {
            var house = await TestHouse.Build(app, "alpha", "Alpha Records");
            tenant = house.Scope.Tenant;
            using var rep = await house.SignIn(Role.Rep);
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
        await Write(While: () => goes.Kill(), "Killed", TimeSpan.FromSeconds(2));
        await Check();
    }

    [Fact]
    [Trait("Case", "T-096")]
    public async Task A_process_that_is_stopped_kindly_is_hardly_missed()
    {
        await Write(While: () => Process.Start("kill", ["-TERM", $"{goes.Id}"]).WaitForExit(), "Stopped kindly", TimeSpan.FromSeconds(0.5));
        (await goes.End()).Code.ShouldBe(0);
        await Check();
    }

    /// <param name="isWriting">It may be frozen within a transaction, with the lock on the tenant's head: the database ends that after three seconds.</param>
    [Theory]
    [Trait("Case", "T-005")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_frozen_process_is_replaced_within_four_seconds_and_serves_and_writes_nothing_old_when_it_wakes(bool isWriting)
    {
        (await Room(there)).ShouldBe(HttpStatusCode.OK);
        (await Room(here)).ShouldBe(HttpStatusCode.OK);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, isWriting ? 3 : 0).Select(_ => WriteOn(there, stop.Token)).ToArray();
        await Write(While: () => goes.Freeze(), isWriting ? "Frozen while it wrote" : "Frozen", TimeSpan.FromSeconds(4));

        var asked = Stopwatch.StartNew();
        (await Revoke(here)).ShouldBe(HttpStatusCode.SeeOther);
        output.WriteLine($"The link was revoked in {asked.Elapsed.TotalSeconds:F2} s while one silo was frozen.");
        (await Room(here)).ShouldNotBe(HttpStatusCode.OK);

        goes.Thaw();
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        // It finds itself voted dead and ends; what it answers until then is not the room.
        using var limit = new CancellationTokenSource(Limit);
        var answers = 0;
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(5); answers++)
            try { (await Room(there)).ShouldNotBe(HttpStatusCode.OK, "a revoked link is served by the process that was frozen"); }
            catch (HttpRequestException) { break; }
        var (code, said) = await goes.End();
        output.WriteLine($"When it woke it refused {answers} times and ended with {code}.");
        code.ShouldNotBe(0);
        said.ShouldContain("FATAL");
        await Check();
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
    private async Task Write(Action While, string how, TimeSpan goal)
    {
        var deals = Enumerable.Range(0, Deals).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var deal in deals) (await Change(there, deal)).ShouldBeTrue();
        foreach (var deal in deals) (await Change(here, deal)).ShouldBeTrue();
        var began = Stopwatch.StartNew();
        var (failed, first, longest) = (0, new ConcurrentBag<double>(), 0.0);
        var going = Task.Run(While);
        await Parallel.ForEachAsync(deals, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (deal, _) =>
        {
            while (!await Change(here, deal))
            {
                Interlocked.Increment(ref failed);
                began.Elapsed.ShouldBeLessThan(Limit, "the other process does not write");
            }
            first.Add(began.Elapsed.TotalSeconds);
        });
        await going;
        longest = first.Max();
        output.WriteLine($"{how}: {Deals} deals of the other process were written after {first.Min():F2} to {longest:F2} s (goal {goal.TotalSeconds} s), {failed} failed calls.");
        failed.ShouldBe(0);
        longest.ShouldBeLessThan(Limit.TotalSeconds);
    }

    private async Task WriteOn(HttpClient client, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested) await Change(client, Guid.CreateVersion7(), stop);
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException) { } // its host is gone
    }

    // The version stands in the form: a change that was acknowledged and is not there is seen by the next one. What was not acknowledged is sent again as it was.
    private async Task<bool> Change(HttpClient client, Guid deal, CancellationToken stop = default)
    {
        var version = acknowledged.GetValueOrDefault(deal);
        var command = version == 0 ? deal : sent.GetOrAdd((deal, version), _ => Guid.CreateVersion7());
        using var request = HostProcess.Post(version == 0 ? "/console/deals" : $"/console/deals/{deal}", client, session.Cookie,
            [("stamp", session.Stamp), ("command", command.ToString()), ("version", $"{version}"), ("account", $"Acme {version} {deal:N}"), ("currency", "EUR"), ("outcome", "Open"), ("factor", "None")]);
        using var answer = await client.SendAsync(request, stop);
        if (answer.StatusCode != HttpStatusCode.SeeOther || !answer.Headers.Location!.OriginalString.EndsWith(deal.ToString(), StringComparison.Ordinal)) return false;
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

    private async Task<HttpStatusCode> Revoke(HttpClient client)
    {
        using var request = HostProcess.Post($"/console/links/{link}/revocations", client, session.Cookie, [("stamp", session.Stamp), ("command", Guid.CreateVersion7().ToString())]);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    // Each promise against states and entries; every seal, entry and signature.
    private async Task Check()
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
        (await engine.Read<ShareLink>(new Scope(tenant).Id<ShareLink>(link))).ShouldNotBeNull();
        (await store.Query(sql => CopyCheck.Run(sql, 0, keys).Problem)).ShouldBeNull();
        output.WriteLine($"{acknowledged.Count} deals, {acknowledged.Values.Sum()} changes acknowledged and kept.");
    }
}
