using System.Collections.Concurrent;
using System.Diagnostics;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Operation;
using TrustCenter.Staff;
using TrustCenter.Staff.Team;
using TrustCenter.Store;
using TrustCenter.Tests.Faults;
using TrustCenter.Tests.Store;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Cluster;

/// <summary>Two host processes over one database, of which one after the other is killed or frozen in the middle of its writes.</summary>
public sealed class ClusterKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 10, Writers = 3;

    private readonly string database = PostgresServer.NewDatabase();
    private readonly string[] folders = [.. Enumerable.Range(0, 2).Select(_ => Directory.CreateTempSubdirectory("trust-center-").FullName)];
    private readonly int[] ports = [HostProcess.FreePort(), HostProcess.FreePort()];
    private readonly ConcurrentQueue<Guid> acknowledged = [];

    public void Dispose()
    {
        PostgresServer.Drop(database);
        foreach (var folder in folders) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Trait("Case", "T-096")]
    public async Task Processes_killed_one_after_the_other_lose_nothing_that_was_acknowledged()
    {
        var tenant = await Settle();
        var hosts = new[] { Start(0), Start(1) };
        using var first = hosts[0].Client();
        using var second = hosts[1].Client();
        var clients = new[] { first, second };
        foreach (var i in new[] { 0, 1 }) await hosts[i].Ready(clients[i]);
        var session = await HostProcess.SignIn(first, tenant, "Rep");
        var random = new Random(20261122);
        for (var kill = 0; kill < Kills; kill++)
        {
            var dies = kill % 2;
            using var stop = new CancellationTokenSource();
            var writers = clients.SelectMany(c => Enumerable.Range(0, Writers).Select(_ => Write(c, session, stop.Token))).ToArray();
            await Task.Delay(random.Next(100, 300));
            hosts[dies].Kill();
            hosts[dies].Dispose();
            var before = acknowledged.Count;
            for (var waited = Stopwatch.StartNew(); acknowledged.Count == before;)
            {
                waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15), "the other process does not write");
                await Task.Delay(5);
            }
            await stop.CancelAsync();
            await Task.WhenAll(writers);
            hosts[dies] = Start(dies);
            await hosts[dies].Ready(clients[dies]);
        }
        foreach (var host in hosts) host.Dispose();
        await Check(tenant);
    }

    [Fact]
    [Trait("Case", "T-034")]
    public async Task A_process_that_was_frozen_holds_nobody_up_and_serves_and_writes_nothing_old_when_it_wakes()
    {
        var tenant = await Settle();
        using var frozen = Start(0);
        using var awake = Start(1);
        using var there = frozen.Client();
        using var here = awake.Client();
        await frozen.Ready(there);
        await awake.Ready(here);
        var session = await HostProcess.SignIn(here, tenant, "Rep");
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(_ => Write(there, session, stop.Token)).ToArray();
        await Task.Delay(300);

        frozen.Freeze(); // perhaps within a transaction, with the lock on the tenant's head
        var waited = Stopwatch.StartNew();
        var deal = await Send(here, session, default);
        output.WriteLine($"The other process's write was acknowledged after {waited.Elapsed.TotalSeconds:F1} s.");
        deal.ShouldNotBeNull();
        waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        await Remove(tenant, Role.Rep);

        frozen.Thaw();
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        (await Send(there, session, default)).ShouldBeNull("who was removed while it was frozen writes at it");
        foreach (var host in new[] { frozen, awake }) host.Kill();
        await Check(tenant);
    }

    // By a third process.
    private async Task Remove(Guid tenant, Role role)
    {
        var keys = HostKeys.FromFolder(Path.Combine(folders[0], "keys"), mayCreate: false);
        await using var store = new PostgresStore(database, keys);
        var (member, admin) = (DemoStaff.IdOf(tenant, role), DemoStaff.IdOf(tenant, Role.Admin));
        (await new InProcessEngine(store, keys, TimeProvider.System).Decide(new Scope(tenant).Id<StaffMember>(member), new RemoveMember { Id = Guid.CreateVersion7(), Granter = [Role.Admin], Member = member }, Actor.Staff(admin)))
            .ShouldBeOfType<Outcome.Done>();
    }

    private HostProcess Start(int i) => HostProcess.StartOver(database, folders[i], ports[i], "--demo");

    private async Task<Guid> Settle()
    {
        await using var app = await RealApp.Start(o => (o.DataFolder, o.Demo, o.Postgres) = (folders[0], true, database));
        Directory.CreateDirectory(Path.Combine(folders[1], "keys"));
        File.Copy(Path.Combine(folders[0], "keys", "host.key"), Path.Combine(folders[1], "keys", "host.key"));
        return (await TestHouse.Build(app, "alpha", "Alpha Records")).Scope.Tenant;
    }

    private async Task Write(HttpClient client, (string Cookie, string Stamp) session, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested) await Send(client, session, stop);
        }
        catch (Exception dead) when (dead is HttpRequestException or OperationCanceledException or IOException) { } // its host is gone
    }

    // The deal when it was acknowledged, null when it was refused.
    private async Task<Guid?> Send(HttpClient client, (string Cookie, string Stamp) session, CancellationToken stop)
    {
        var deal = Guid.CreateVersion7();
        using var request = HostProcess.Post("/console/deals", client, session.Cookie, [("stamp", session.Stamp), ("command", deal.ToString()), ("account", $"Acme {deal:N}"), ("currency", "EUR"), ("outcome", "Open"), ("factor", "None")]);
        using var answer = await client.SendAsync(request, stop);
        if (answer.StatusCode != System.Net.HttpStatusCode.SeeOther || !answer.Headers.Location!.OriginalString.EndsWith(deal.ToString(), StringComparison.Ordinal)) return null;
        acknowledged.Enqueue(deal);
        return deal;
    }

    // Each promise against states, rows and entries; every seal, entry and signature.
    private async Task Check(Guid tenant)
    {
        var keys = HostKeys.FromFolder(Path.Combine(folders[0], "keys"), mayCreate: false);
        await using var store = new PostgresStore(database, keys);
        var rows = (await store.Query(sql => sql.Query("select id from deal_rows where tenant = @tenant", r => r.Id(0), ("@tenant", tenant)))).ToHashSet();
        var entries = (await store.Query(sql => sql.Query("select subject from entries where tenant = @tenant and log = 'journal' and what like 'deal.%'", r => r.Text(0), ("@tenant", tenant)))).ToHashSet();
        foreach (var deal in acknowledged)
        {
            rows.ShouldContain(deal);
            entries.ShouldContain($"deal:{deal:D}");
            (await store.Etag(new Scope(tenant).Id<Deal>(deal), default)).ShouldBe(1);
        }
        entries.Count.ShouldBe(rows.Count, "a row without its entry, or an entry without its row");
        (await store.Query(sql => CopyCheck.Run(sql, 0, keys).Problem)).ShouldBeNull();
        output.WriteLine($"{acknowledged.Count} acknowledged, {rows.Count} kept.");
        acknowledged.Count.ShouldBeGreaterThan(0);
    }
}
