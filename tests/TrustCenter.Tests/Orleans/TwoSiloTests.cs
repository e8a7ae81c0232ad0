using System.Diagnostics;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tests.Engine;
using TrustCenter.Tests.Store;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Orleans;

/// <summary>Two silos of one cluster, which find each other in the database.</summary>
public sealed class TwoSiloTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly string database = PostgresServer.NewDatabase();
    private readonly Scope scope = new(Guid.CreateVersion7());
    private PostgresStore store = null!;
    private Held held = null!;
    private Silo here = null!, there = null!;

    public async Task InitializeAsync()
    {
        store = new PostgresStore(database, DataFolder.Keys);
        held = new Held(store);
        here = await Silo.Start(held, database);
        there = await Silo.Start(held, database);
    }

    public async Task DisposeAsync()
    {
        await here.DisposeAsync();
        await there.DisposeAsync();
        await store.DisposeAsync();
        PostgresServer.Drop(database);
    }

    private static CountOne One() => new() { Id = Guid.CreateVersion7() };

    private AggregateId NewId() => scope.Id<Tally>(Guid.CreateVersion7());

    [Fact]
    public async Task Each_key_is_in_memory_once_whoever_asks_and_no_decision_meets_another()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => NewId()).ToArray();

        // Each is asked for by both, every other one by this first.
        await Parallel.ForEachAsync(Enumerable.Range(0, 10 * ids.Length), new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (i, stop) => (await ((i + i / ids.Length) % 2 == 0 ? here : there).Engine.Decide(ids[i % ids.Length], One(), Actor.System, stop)).ShouldBeOfType<Outcome.Done>());

        foreach (var id in ids)
            foreach (var silo in new[] { here, there }) (await silo.Engine.Read<Tally>(id))!.Count.ShouldBe(10);
        output.WriteLine($"{here.Active} here, {there.Active} there, {held.Conflicts} conflicts.");
        here.Active.ShouldBeGreaterThan(20);
        there.Active.ShouldBeGreaterThan(20);
        (here.Active + there.Active).ShouldBe(ids.Length);
        held.Conflicts.ShouldBe(0);
    }

    [Fact]
    [Trait("Case", "T-034")]
    public async Task What_a_stale_activation_writes_late_is_refused_and_decided_again()
    {
        var id = NewId();
        await here.Engine.Decide(id, One(), Actor.System);
        var (release, form) = (held.HoldNext(), One());
        var late = here.Engine.Decide(id, form, Actor.System);
        await held.IsHeld;

        // The cluster took it for dead, and another process has the key.
        var other = new InProcessEngine(store, DataFolder.Keys, TimeProvider.System);
        for (var count = 2; count <= 4; count++) (await other.Decide(id, One(), Actor.System)).ShouldBe(new Outcome.Done(count));
        release.SetResult();

        (await late).ShouldBe(new Outcome.Done(5));
        held.Conflicts.ShouldBe(1);
        (await there.Engine.Decide(id, form, Actor.System)).ShouldBe(new Outcome.Done(5), "the same form is known wherever it comes");
        (await there.Engine.Read<Tally>(id))!.Count.ShouldBe(5);
    }

    [Fact]
    [Trait("Case", "T-077")]
    public async Task What_belongs_to_a_deleted_tenant_leaves_the_memory_of_both()
    {
        for (var key = 0; key < 20; key++) await here.Engine.Decide(NewId(), One(), Actor.System);
        foreach (var silo in new[] { here, there }) ((TrustCenter.Engine.ITenantMemory)silo.Engine).Forget(scope.Tenant);

        for (var waited = Stopwatch.StartNew(); here.Active + there.Active > 0; await Task.Delay(5)) waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Behind_a_decision_that_hangs_each_caller_is_told_in_time_and_who_had_no_turn_has_done_nothing()
    {
        var id = NewId();
        await here.Engine.Decide(id, One(), Actor.System);
        var engine = here.EngineWithin(TimeSpan.FromSeconds(1));
        var (release, form) = (held.HoldNext(), One());
        var asked = Stopwatch.StartNew();
        var hangs = engine.Decide(id, form, Actor.System);
        await held.IsHeld;
        var behind = Enumerable.Range(0, 5).Select(_ => engine.Decide(id, One(), Actor.System)).ToArray();

        foreach (var caller in behind) (await Should.ThrowAsync<StoreException>(caller)).ShouldBeOfType<StoreException>("what was not begun is in no doubt");
        output.WriteLine($"Those behind it were told after {asked.Elapsed.TotalSeconds:F2} s.");
        hangs.IsCompleted.ShouldBeFalse("they waited for the one before them");
        await Should.ThrowAsync<CommitInDoubtException>(hangs);
        output.WriteLine($"It was after {asked.Elapsed.TotalSeconds:F2} s.");
        release.SetResult();

        (await here.Engine.Decide(id, form, Actor.System)).ShouldBe(new Outcome.Done(2), "what was in doubt is answered rightly when it is asked again");
        (await here.Engine.Read<Tally>(id))!.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_hundred_thousand_keys_that_nobody_made_leave_nothing_in_memory()
    {
        await Ask(20_000);
        var before = Kept();
        await Ask(100_000);
        var grown = Kept() - before;

        output.WriteLine($"{grown / 1024.0:F0} KiB more than {before / 1024.0:F0} after 100,000 keys.");
        grown.ShouldBeLessThan(4L << 20);
        (here.Active + there.Active).ShouldBe(0);

        // Also where staff name them, who are let through to the cluster.
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), async (_, stop) => await here.Engine.Decide(NewId(), new CountNothing { Id = Guid.CreateVersion7() }, Actor.Staff(Guid.CreateVersion7()), stop));
        for (var waited = Stopwatch.StartNew(); here.Active + there.Active > 0; await Task.Delay(5)) waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));

        static long Kept()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return GC.GetTotalMemory(forceFullCollection: true);
        }

        Task Ask(int keys) => Parallel.ForEachAsync(Enumerable.Range(0, keys), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (key, stop) =>
        {
            var silo = key % 2 == 0 ? here : there;
            if (key % 4 == 0) (await silo.Engine.Read<Tally>(NewId(), stop)).ShouldBeNull();
            else (await silo.Engine.Decide(NewId(), new CountNothing { Id = Guid.CreateVersion7() }, Actor.System, stop)).ShouldBeOfType<Outcome.Refused>();
        });
    }

    /// <summary>A real store, in which one commit can be held on its way to the database: its process is frozen.</summary>
    private sealed class Held(IStore inner) : IStore
    {
        private TaskCompletionSource? next;
        private readonly TaskCompletionSource isHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int conflicts;

        public int Conflicts => conflicts;
        public Task IsHeld => isHeld.Task;
        public bool IsShared => inner.IsShared;

        public TaskCompletionSource HoldNext() => next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<CommitResult> Commit(Commit commit, CancellationToken stop)
        {
            if (Interlocked.Exchange(ref next, null) is { } release)
            {
                isHeld.SetResult();
                await release.Task;
            }
            var result = await inner.Commit(commit, stop);
            if (result is CommitResult.Conflict) Interlocked.Increment(ref conflicts);
            return result;
        }

        public Task<StoredState?> Read(AggregateId id, CancellationToken stop) => inner.Read(id, stop);

        public Task<long> Etag(AggregateId id, CancellationToken stop) => inner.Etag(id, stop);

        public Task<long> Content(Guid tenant, CancellationToken stop) => inner.Content(tenant, stop);

        public Task Write(Action<Sql> write, CancellationToken stop) => inner.Write(write, stop);

        public Task<T> Query<T>(Func<Sql, T> read, CancellationToken stop) => inner.Query(read, stop);
    }
}
