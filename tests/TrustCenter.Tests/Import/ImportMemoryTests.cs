using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Import;
using TrustCenter.Staff;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Import;

/// <summary>A long table is read and brought in in bounded memory. The live heap is what is measured: garbage that waits for its collector does not count.</summary>
[Collection(nameof(MeasuredImport))]
[Trait("Case", "T-105")]
public sealed class ImportMemoryTests(ITestOutputHelper output)
{
    // The keys of 100,000 rows, a batch, a preview and 200 problems; and the engine's own 20,000 resident states, which any work fills.
    private const long CheckBound = 32L << 20, RunBound = 160L << 20; // bytes over what lived before

    [Fact]
    public Task Five_thousand_rows_stay_within_the_bound() => Measure(5_000);

    [Fact, Trait("Long", "yes")]
    public Task A_hundred_thousand_rows_stay_within_the_bound() => Measure(ImportLimits.Deals);

    private async Task Measure(int rows)
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        var rep = await house.SignIn(Role.Rep);
        var import = await rep.Bring(ImportDesk.Table(rows));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var check = await Most(rep.Check(house, import));
        output.WriteLine($"{rows:N0} rows checked in {watch.Elapsed.TotalSeconds:F1} s, at most {(check - before) >> 20} MiB over the start.");
        (check - before).ShouldBeLessThan(CheckBound);
        watch.Restart();
        var (cpu, store) = (Environment.CpuUsage.TotalTime, (TrustCenter.Store.SqliteStore)app.Services.GetRequiredService<TrustCenter.Store.IStore>());
        var transactions = store.Batches;
        await rep.Submit(await rep.Get($"/console/imports/{import}"), "/runs");
        var run = await Most(house.Reaches(import, ImportStage.Done, seconds: 900));
        output.WriteLine($"{rows:N0} rows imported in {watch.Elapsed.TotalSeconds:F1} s ({(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:F1} s of processor, {store.Batches - transactions:N0} transactions), at most {(run - before) >> 20} MiB over the start.");
        (run - before).ShouldBeLessThan(RunBound);
        (await app.Engine.Read<ImportJob>(house.Scope.Id<ImportJob>(import)))!.Counts.ShouldBe(new ImportCounts(rows, 0, 0, 0));
    }

    // Live bytes, looked at often enough to see the top.
    private static async Task<long> Most(Task work)
    {
        var most = 0L;
        while (!work.IsCompleted)
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            await Task.WhenAny(work, Task.Delay(150));
        }
        await work;
        return Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
    }
}
