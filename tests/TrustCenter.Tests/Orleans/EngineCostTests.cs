using System.Diagnostics;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tests.Engine;
using TrustCenter.Tests.Store;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Orleans;

/// <summary>What a decision costs by the local engine, by a grain in this process, and by a grain in another silo; printed, not judged. CPU is of both silos together.</summary>
[Trait("Long", "yes")]
public sealed class EngineCostTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Callers = 16, Keys = 32, Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    private readonly string database = PostgresServer.NewDatabase();
    private readonly Scope scope = new(Guid.CreateVersion7());
    private PostgresStore store = null!;
    private Silo here = null!, there = null!;

    public async Task InitializeAsync()
    {
        store = new PostgresStore(database, DataFolder.Keys);
        here = await Silo.Start(store, database);
        there = await Silo.Start(store, database);
    }

    public async Task DisposeAsync()
    {
        await here.DisposeAsync();
        await there.DisposeAsync();
        await store.DisposeAsync();
        PostgresServer.Drop(database);
    }

    [Fact]
    public async Task What_a_decision_costs()
    {
        for (var key = 0; key < 2 * Keys; key++) await (key % 2 == 0 ? here : there).Engine.Decide(scope.Id<Tally>(Guid.CreateVersion7()), new CountOne { Id = Guid.CreateVersion7() }, By);
        var (mine, others) = (here.Ids.Take(Keys).ToArray(), there.Ids.Take(Keys).ToArray());
        var local = new InProcessEngine(store, DataFolder.Keys, TimeProvider.System);
        (string Name, IEngine Engine, AggregateId[] Ids)[] variants = [("local engine", local, others), ("grain here", here.Engine, mine), ("grain in the other silo", here.Engine, others)];
        foreach (var writes in new[] { false, true })
        {
            var seen = variants.ToDictionary(v => v.Name, _ => new List<(double PerSecond, double Micros)>());
            for (var round = -1; round < Rounds; round++) // the first warms up
                foreach (var (name, engine, ids) in variants)
                {
                    var cost = await Measure(engine, ids, writes);
                    if (round >= 0) seen[name].Add(cost);
                }
            foreach (var (name, costs) in seen)
                output.WriteLine($"{(writes ? "with a commit" : "without a commit"),-18} {name,-24} {Median(costs.Select(c => c.PerSecond)),8:N0} a second, {Median(costs.Select(c => c.Micros)),6:N0} us of CPU each");
        }
    }

    private static Actor By => Actor.Staff(Guid.Empty);

    private static async Task<(double PerSecond, double Micros)> Measure(IEngine engine, AggregateId[] ids, bool writes)
    {
        var (cpu, clock, decisions) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew(), 0L);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = caller; clock.Elapsed < Round; i += Callers)
            {
                Command<Tally> command = writes ? new CountOne { Id = Guid.CreateVersion7() } : new CountNothing { Id = Guid.CreateVersion7() };
                await engine.Decide(ids[i % ids.Length], command, By);
                Interlocked.Increment(ref decisions);
            }
        })));
        return (decisions / clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / decisions);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
