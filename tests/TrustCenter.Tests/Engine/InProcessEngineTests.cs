using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Engine;

public sealed class InProcessEngineTests : EngineContract
{
    protected override IEngine NewEngine(IStore over) => new InProcessEngine(over, DataFolder.Keys, TimeProvider.System);
}

/// <summary>The same engine over the store that several processes share.</summary>
public sealed class SharedEngineTests : SharedEngineContract
{
    private readonly string database = PostgresServer.NewDatabase();

    protected override IEngine NewEngine(IStore over) => new InProcessEngine(over, DataFolder.Keys, TimeProvider.System);

    protected override GroupedStore OpenStore() => new PostgresStore(database, DataFolder.Keys);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        PostgresServer.Drop(database);
    }

    [Fact]
    public async Task What_one_process_decided_the_other_reads_and_decides_from()
    {
        await using var one = OpenStore();
        await using var two = OpenStore();
        var (here, there) = (NewEngine(one), NewEngine(two));
        var id = new Scope(Guid.CreateVersion7()).Id<Tally>(Guid.CreateVersion7());

        for (var count = 1; count <= 20; count++)
        {
            (await (count % 2 == 0 ? here : there).Decide(id, new CountOne { Id = Guid.CreateVersion7() }, Actor.System)).ShouldBe(new Outcome.Done(count));
            foreach (var engine in new[] { here, there }) (await engine.Read<Tally>(id))!.Count.ShouldBe(count);
        }
        (await here.ContentOf(id.Tenant)).ShouldBe(await there.ContentOf(id.Tenant));
    }

    [Fact]
    public async Task Decisions_of_two_processes_on_one_key_lose_nothing()
    {
        await using var one = OpenStore();
        await using var two = OpenStore();
        var engines = new[] { NewEngine(one), NewEngine(two) };
        var id = new Scope(Guid.CreateVersion7()).Id<Tally>(Guid.CreateVersion7());

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            var command = new CountOne { Id = Guid.CreateVersion7() };
            // Too many races in a row are said; the same command again is safe.
            while (true)
                try { return await engines[i % 2].Decide(id, command, Actor.System); }
                catch (StoreException) { }
        })));

        (await engines[0].Read<Tally>(id))!.Count.ShouldBe(100);
    }
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
