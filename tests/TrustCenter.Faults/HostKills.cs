using System.Collections.Concurrent;
using System.Diagnostics;
using Shouldly;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Operation;
using TrustCenter.Store;
using TrustCenter.Tests;
using TrustCenter.Tests.Faults;

namespace TrustCenter.Faults;

/// <summary>The host itself, over HTTP. Both directions: who heard of success finds state and entry, and no entry is without its state.</summary>
public sealed class HostKills(string folder, Random random)
{
    private const int Writers = 4;
    private const int LongestLife = 300; // milliseconds between the first acknowledgement and the kill

    private readonly ConcurrentQueue<Guid> acknowledged = [];
    private long sent;

    public async Task<Line> Run(int kills)
    {
        try { return await KillAndCheck(kills); }
        catch (ShouldAssertException broken) { return new Line($"The host is killed up to {kills} times", "What was acknowledged is there; no half action, no gap", broken.Message.ReplaceLineEndings(" "), Holds: false); }
    }

    private async Task<Line> KillAndCheck(int kills)
    {
        var watch = Stopwatch.StartNew();
        var scope = await Settle();
        var port = HostProcess.FreePort();
        (string Cookie, string Stamp)? session = null;
        var checkedBefore = 0L;
        string? since = null;
        for (var kill = 1; kill <= kills; kill++)
        {
            using (var host = HostProcess.Start(folder, port, "--demo"))
            {
                using var client = host.Client();
                await host.Ready(client);
                session ??= await HostProcess.SignIn(client, scope.Tenant, "Rep");
                using var stop = new CancellationTokenSource();
                var writers = Enumerable.Range(0, Writers).Select(_ => Write(client, session.Value, stop.Token)).ToArray();
                if (kill % 5 != 0) await FirstAcknowledged(acknowledged.Count); // each fifth dies as soon as it lives
                await Task.Delay(random.Next(LongestLife));
                host.Kill();
                await stop.CancelAsync();
                await Task.WhenAll(writers);
            }
            checkedBefore = await Check(scope, checkedBefore);
            since = await Verify(scope, since);
        }
        return new Line($"The host is killed {kills} times while {Writers} clients write over HTTP (SIGKILL)", "Each time: what was acknowledged is there; no half action, no gap; every seal, entry and signature verifies",
            $"{sent:N0} sent, {acknowledged.Count:N0} acknowledged, {checkedBefore:N0} entries, {watch.Elapsed.TotalSeconds:F0} s", acknowledged.Count > kills);
    }

    // A vendor and its personas, made by a start that ended well.
    private async Task<Scope> Settle()
    {
        await using var app = await RealApp.Start(o => (o.DataFolder, o.Demo) = (folder, true));
        return (await TestHouse.Build(app, "alpha", "Alpha Records")).Scope;
    }

    private async Task FirstAcknowledged(int before)
    {
        for (var wait = Stopwatch.StartNew(); acknowledged.Count == before && wait.Elapsed < TimeSpan.FromSeconds(10);) await Task.Delay(5);
    }

    private async Task Write(HttpClient client, (string Cookie, string Stamp) session, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var deal = Guid.CreateVersion7();
            using var request = HostProcess.Post("/console/deals", client, session.Cookie, [("stamp", session.Stamp), ("command", deal.ToString()), ("account", $"Acme {deal:N}"), ("currency", "EUR"), ("outcome", "Open"), ("factor", "None")]);
            Interlocked.Increment(ref sent);
            try
            {
                using var answer = await client.SendAsync(request, stop);
                if (answer.StatusCode == System.Net.HttpStatusCode.SeeOther && answer.Headers.Location!.OriginalString.EndsWith(deal.ToString(), StringComparison.Ordinal)) acknowledged.Enqueue(deal);
                else throw new InvalidOperationException($"The host answered {answer.StatusCode}.");
            }
            catch (Exception dead) when (dead is HttpRequestException or OperationCanceledException or IOException) { return; }
        }
    }

    /// <summary>While nobody runs: each promise so far against states, rows and entries. The number of the last entry.</summary>
    private async Task<long> Check(Scope scope, long before)
    {
        var keys = HostKeys.FromFolder(Path.Combine(folder, "keys"), mayCreate: false);
        await using var store = new SqliteStore(Path.Combine(folder, "trustcenter.db"), keys);
        var (states, rows, entries, head) = await store.Query(sql => (
            sql.Query("select key from states where tenant = @tenant and kind = 'deal'", r => r.Id(0), ("@tenant", scope.Tenant)).ToHashSet(),
            sql.Query("select id from deal_rows where tenant = @tenant", r => r.Id(0), ("@tenant", scope.Tenant)).ToHashSet(),
            sql.Query("select n, subject from entries where tenant = @tenant and log = 'journal' and what = 'deal.recorded'", r => Guid.Parse(r.Text(1)["deal:".Length..]), ("@tenant", scope.Tenant)),
            sql.Number("select journal from heads where tenant = @tenant", ("@tenant", scope.Tenant))));
        entries.ShouldBeUnique("one deal, one entry");
        states.SetEquals(entries).ShouldBeTrue("a state without its entry, or an entry without its state");
        rows.SetEquals(entries).ShouldBeTrue("a row without its entry, or an entry without its row");
        acknowledged.Where(d => !states.Contains(d)).ShouldBeEmpty("an acknowledged deal is gone");
        (await store.Query(sql => sql.Number("select count(*) from entries where tenant = @tenant and log = 'journal'", ("@tenant", scope.Tenant)))).ShouldBe(head, "the journal has a gap");
        foreach (var deal in acknowledged.TakeLast(20))
        {
            var id = scope.Id<Deal>(deal);
            (await store.Read(id, default))!.Check(keys, id);
        }
        head.ShouldBeGreaterThanOrEqualTo(before);
        return head;
    }

    /// <summary>Everything is sealed as it should be; the export is proven, and continues what was exported before; the newest checkpoint.</summary>
    private async Task<string?> Verify(Scope scope, string? since)
    {
        var keys = HostKeys.FromFolder(Path.Combine(folder, "keys"), mayCreate: false);
        await using var store = new SqliteStore(Path.Combine(folder, "trustcenter.db"), keys);
        (await store.Query(sql => CopyCheck.Run(sql, 0, keys).Problem)).ShouldBeNull();
        using var export = new MemoryStream();
        await new JournalLog(store, keys, new TenantKeys(store, keys)).Export(scope.Tenant, "Alpha Records", [JournalEntry.Journal, JournalEntry.Publications], withhold: true, export, DateTimeOffset.UtcNow, default);
        export.Position = 0;
        var report = JournalVerifier.Verify(export, since);
        report.First.ShouldBeNull(report.First?.What);
        return report.Logs.Single(l => l.Log == JournalEntry.Journal).Newest;
    }
}
