using System.Diagnostics;
using System.Text;
using TrustCenter.Engine;
using TrustCenter.Import;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Tests.Import;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Faults;

/// <summary>A host that dies in the middle of an import goes on after the last durable batch: nothing comes twice, nothing is missing.</summary>
[Trait("Case", "T-105")]
public sealed class ImportKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Rows = 6_250, MostKills = 8;

    private readonly string folder = Directory.CreateTempSubdirectory("trust-center-").FullName;
    private readonly Random random = new(20261122);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_import_whose_host_is_killed_again_and_again_ends_as_if_nothing_had_happened()
    {
        var (scope, import) = await Begun();
        var port = HostProcess.FreePort();
        var (kills, seen) = (0, new List<int>());
        while (kills < MostKills && await Progress(scope, import) is { Stage: ImportStage.Importing } before)
        {
            using var host = HostProcess.Start(folder, port, "--demo");
            using var client = host.Client();
            await host.Ready(client);
            await Task.Delay(random.Next(100, 2_500));
            host.Kill();
            kills++;
            var job = await Progress(scope, import);
            job.Done.ShouldBeGreaterThanOrEqualTo(before.Done);
            seen.Add(job.Done);
            await ClaimsNoMoreThanIsThere(scope, job);
        }
        output.WriteLine($"{kills} kills, durable after each: {string.Join(", ", seen)}.");
        seen.Count(done => done is > 0 and < Rows).ShouldBeGreaterThan(0, "no kill hit the middle");
        await Ended(scope, import, port);
    }

    // The table is uploaded, checked and let in while the app has no time to go on: it is stopped at once.
    private async Task<(Scope, Guid)> Begun()
    {
        await using var app = await RealApp.Start(o => (o.DataFolder, o.Demo) = (folder, true));
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        var rep = await house.SignIn(TrustCenter.Staff.Role.Rep);
        var import = await rep.Bring(ImportDesk.Table(Rows));
        (await rep.Check(house, import)).Checked.New.ShouldBe(Rows);
        await app.Engine.Decide(house.Scope.Id<ImportJob>(import), new BeginImport { Id = Guid.NewGuid() }, Actor.Staff(house.StaffId(TrustCenter.Staff.Role.Rep)));
        return (house.Scope, import);
    }

    private async Task Ended(Scope scope, Guid import, int port)
    {
        using (var host = HostProcess.Start(folder, port, "--demo"))
        {
            using var client = host.Client();
            await host.Ready(client);
            var (cookie, _) = await HostProcess.SignIn(client, scope.Tenant, "Rep");
            for (var wait = Stopwatch.StartNew(); ; await Task.Delay(200))
            {
                wait.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(8));
                using var get = new HttpRequestMessage(HttpMethod.Get, $"/console/imports/{import}");
                get.Headers.Add("Cookie", cookie);
                using var answer = await client.SendAsync(get);
                if ((await answer.Content.ReadAsStringAsync()).Contains($"{Rows:N0} deals came in", StringComparison.Ordinal)) break;
            }
            host.Kill();
        }
        var job = await Progress(scope, import);
        (job.Stage, job.Done, job.Counts).ShouldBe((ImportStage.Done, Rows, new ImportCounts(Rows, 0, 0, 0)));
        await using var store = Open(out _);
        var (rows, keys, entries, ends, report) = await store.Query(sql => (
            sql.Number("select count(*) from deal_rows where tenant = @tenant", ("@tenant", scope.Tenant)),
            sql.Number("select count(distinct external_key) from deal_rows where tenant = @tenant", ("@tenant", scope.Tenant)),
            sql.Query("select subject from entries where tenant = @tenant and log = 'journal' and what in ('deal.recorded', 'deal.changed')", r => r.Text(0), ("@tenant", scope.Tenant)),
            sql.Number("select count(*) from entries where tenant = @tenant and log = 'journal' and what = 'import.ended'", ("@tenant", scope.Tenant)),
            string.Concat(Enumerable.Range(0, (Rows + ImportLimits.Batch - 1) / ImportLimits.Batch).Select(n => ImportParts.ReadReport(sql, scope, import, n * ImportLimits.Batch)))));
        (rows, keys, ends).ShouldBe((Rows, Rows, 1));
        entries.Count.ShouldBe(Rows, "one deal, one entry");
        entries.ShouldBeUnique();
        report.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ShouldAllBe(cells => cells[2] == "new");
        report.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(Rows);
    }

    private async Task ClaimsNoMoreThanIsThere(Scope scope, ImportJob job)
    {
        await using var store = Open(out _);
        var there = await store.Query(sql => sql.Number("select count(*) from deal_rows where tenant = @tenant", ("@tenant", scope.Tenant)));
        there.ShouldBeInRange(job.Done, job.Done + ImportLimits.Batch);
        job.Counts.New.ShouldBe(job.Done);
    }

    private async Task<ImportJob> Progress(Scope scope, Guid import)
    {
        await using var store = Open(out var keys);
        return (await new InProcessEngine(store, keys, TimeProvider.System).Read<ImportJob>(scope.Id<ImportJob>(import)))!;
    }

    private SqliteStore Open(out HostKeys keys) => new(Path.Combine(folder, "trustcenter.db"), keys = HostKeys.FromFolder(Path.Combine(folder, "keys"), mayCreate: false));
}
