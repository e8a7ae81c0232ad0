using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Engine;

public sealed class InProcessEngineTests : EngineContract
{
    protected override IEngine NewEngine(IStore over) => new InProcessEngine(over, DataFolder.Keys, TimeProvider.System);
}

/// <summary>How much the in-process engine keeps in memory.</summary>
public sealed class ResidentStateTests : IAsyncLifetime
{
    private const int Most = 50;

    private readonly DataFolder folder = new();
    private readonly Scope scope = new(Guid.CreateVersion7());
    private readonly SqliteStore store;
    private readonly InProcessEngine engine;

    public ResidentStateTests()
    {
        store = folder.Open();
        engine = new InProcessEngine(store, DataFolder.Keys, TimeProvider.System, Most);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Unknown_keys_leave_nothing_in_memory()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 1_000), async (_, stop) =>
        {
            (await engine.Read<Tally>(NewId(), stop)).ShouldBeNull();
            (await engine.Decide(NewId(), new CountNothing { Id = Guid.CreateVersion7() }, Actor.System, stop)).ShouldBeOfType<Outcome.Refused>();
        });

        engine.Resident.ShouldBe(0);
    }

    [Fact]
    public async Task States_in_memory_are_bounded_and_what_left_is_read_again()
    {
        var ids = Enumerable.Range(0, 600).Select(_ => NewId()).ToArray();

        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (id, stop) => await engine.Decide(id, new CountOne { Id = Guid.CreateVersion7() }, Actor.System, stop));

        engine.Resident.ShouldBeInRange(1, Most);
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (id, stop) =>
        {
            for (var again = 0; again < 10; again++) (await engine.Read<Tally>(id, stop))!.Count.ShouldBe(1);
        });
        engine.Resident.ShouldBeInRange(1, Most);
    }

    [Fact]
    public async Task A_state_that_leaves_memory_between_decisions_loses_none()
    {
        var ids = Enumerable.Range(0, 2 * Most).Select(_ => NewId()).ToArray();

        await Parallel.ForEachAsync(Enumerable.Range(0, 10 * ids.Length), new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (i, stop) => await engine.Decide(ids[i % ids.Length], new CountOne { Id = Guid.CreateVersion7() }, Actor.System, stop));

        foreach (var id in ids) (await engine.Read<Tally>(id))!.Count.ShouldBe(10);
    }

    private AggregateId NewId() => scope.Id<Tally>(Guid.CreateVersion7());
}
