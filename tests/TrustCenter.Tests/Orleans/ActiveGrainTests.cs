using System.Diagnostics;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tests.Engine;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Orleans;

/// <summary>How many aggregates one silo keeps in memory.</summary>
public sealed class ActiveGrainTests : IAsyncLifetime
{
    private const int Most = 50;

    private readonly DataFolder folder = new();
    private readonly Scope scope = new(Guid.CreateVersion7());
    private SqliteStore store = null!;
    private Silo silo = null!;

    public async Task InitializeAsync()
    {
        store = folder.Open();
        silo = await Silo.Start(store, most: Most);
    }

    public async Task DisposeAsync()
    {
        await silo.DisposeAsync();
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Aggregates_in_memory_are_bounded_and_what_left_is_read_again()
    {
        var ids = Enumerable.Range(0, 600).Select(_ => NewId()).ToArray();

        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (id, _) => (await Count(id)).ShouldBe(new Outcome.Done(1)));

        silo.Active.ShouldBeInRange(1, Most);
        // What leaves does so when it has nothing to do: the cluster's own count follows.
        for (var waited = Stopwatch.StartNew(); await silo.Activations() is var count && count is 0 or > Most; await Task.Delay(5)) waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), $"{count} are active");
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (id, _) => (await Count(id)).ShouldBe(new Outcome.Done(2)));
        silo.Active.ShouldBeInRange(1, Most);
    }

    [Fact]
    public async Task Those_that_were_not_asked_for_longest_leave_first()
    {
        var (often, first) = (NewId(), NewId());
        await Count(first);
        for (var other = 0; other < 3 * Most; other++)
        {
            await Count(often);
            await Count(NewId());
            silo.Ids.ShouldContain(often);
        }

        silo.Ids.ShouldNotContain(first);
        silo.Active.ShouldBeInRange(Most / 2, Most);
    }

    private Task<Outcome> Count(AggregateId id) => silo.Engine.Decide(id, new CountOne { Id = Guid.CreateVersion7() }, Actor.System);

    private AggregateId NewId() => scope.Id<Tally>(Guid.CreateVersion7());
}
