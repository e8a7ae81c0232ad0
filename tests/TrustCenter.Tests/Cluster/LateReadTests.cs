using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Pages;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Cluster;

/// <summary>What was read before another process's change and arrives after it was seen must not be remembered: nothing would ask again.</summary>
public sealed class LateReadTests : IAsyncLifetime
{
    private const string Name = "trust.north.example";

    private readonly Scope scope = new(Guid.CreateVersion7());
    private readonly DataFolder folder = new();
    private readonly SqliteStore other; // as another process has it
    private readonly LateStore store;
    private readonly InProcessEngine elsewhere, engine;

    public LateReadTests()
    {
        other = folder.Open();
        store = new LateStore(other);
        elsewhere = new InProcessEngine(other, DataFolder.Keys, TimeProvider.System);
        engine = new InProcessEngine(store, DataFolder.Keys, TimeProvider.System);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await other.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_page()
    {
        await Show("old");
        var cache = new SnapshotCache(store);
        await Late(cache, () => cache.Find(scope.Tenant, "/", default).AsTask(), () => Show("new"));
        (await cache.Find(scope.Tenant, "/", default))!.ETag.ShouldBe("new");
    }

    [Fact]
    public async Task A_page_that_is_held_is_replaced_and_one_that_is_gone_leaves()
    {
        await Show("old");
        var cache = new SnapshotCache(store);
        await cache.Find(scope.Tenant, "/", default);
        await Show("new");
        await cache.Refresh(new HashSet<Guid> { scope.Tenant }, default);
        cache.Held(scope.Tenant, "/")!.ETag.ShouldBe("new");
        await Show("new", isGone: true);
        await cache.Refresh(new HashSet<Guid> { scope.Tenant }, default);
        cache.Held(scope.Tenant, "/").ShouldBeNull();
        cache.Size.ShouldBe(0);
    }

    [Fact]
    public async Task A_page_that_is_packed_tighter_while_its_successor_is_read_is_replaced_all_the_same()
    {
        await Show("old");
        var cache = new SnapshotCache(store);
        await cache.Find(scope.Tenant, "/", default);
        await Show("new");
        var refreshing = store.Hold(() => cache.Refresh(new HashSet<Guid> { scope.Tenant }, default));
        cache.Swap(scope.Tenant, "/", "old", [9]);
        store.LetGo();
        await refreshing;
        cache.Held(scope.Tenant, "/")!.ETag.ShouldBe("new");
    }

    [Fact]
    [Trait("Case", "T-021")]
    public async Task A_host_name()
    {
        var host = Guid.CreateVersion7();
        var names = scope.Id<HostNames>(HostNames.Only);
        await elsewhere.Decide(names, new AskHostName { Id = host, Name = Name, Token = "AAAAAAAAAAAAAAAAAAAAAA", Platform = "localhost" }, Actor.System);
        await elsewhere.Decide(names, new RecordHostCheck { Id = Guid.NewGuid(), Host = host, Seen = HostSeen.Found }, Actor.System);
        var options = Options.Create(new TrustCenterOptions());
        var directory = new TenantDirectory(store, new HostRegister(store, engine, options), options);
        await Late(directory, () => directory.Find(Name, default).AsTask(),
            () => elsewhere.Decide(names, new RecordHostCheck { Id = Guid.NewGuid(), Host = host, Seen = HostSeen.Nothing, ChangedHands = true }, Actor.System));
        directory.Known(Name).ShouldBeNull();
        (await directory.Find(Name, default)).ShouldBeNull();
    }

    [Fact]
    public async Task How_a_vendor_stands()
    {
        var standings = new TenantStandings(store, engine);
        await Late(standings, () => standings.Find(scope.Tenant, default).AsTask(),
            () => elsewhere.Decide(Platform.Scope.Id<Tenancy>(scope.Tenant), new SuspendTenant { Id = Guid.NewGuid(), Name = "North", Host = "north" }, Actor.System), Platform.Scope.Tenant);
        standings.IsKnownOpen(scope.Tenant).ShouldBeFalse();
    }

    [Fact]
    public async Task How_a_vendor_stands_while_another_one_changes_here()
    {
        var standings = new TenantStandings(store, engine);
        await standings.Find(scope.Tenant, default);
        standings.IsKnownOpen(scope.Tenant).ShouldBeTrue();
        await elsewhere.Decide(Platform.Scope.Id<Tenancy>(scope.Tenant), new SuspendTenant { Id = Guid.NewGuid(), Name = "North", Host = "north" }, Actor.System);
        var refreshing = store.Hold(() => standings.Refresh(new HashSet<Guid> { scope.Tenant }, default));
        standings.Forget(Guid.CreateVersion7());
        store.LetGo();
        await refreshing;
        standings.IsKnownOpen(scope.Tenant).ShouldBeFalse();
    }

    private async Task Late(ITenantMemory memory, Func<Task> read, Func<Task> change, Guid? of = null)
    {
        var reading = store.Hold(read);
        await change();
        await memory.Refresh(new HashSet<Guid> { of ?? scope.Tenant }, default);
        store.LetGo();
        await reading;
    }

    private Task Show(string etag, bool isGone = false) => other.Commit(new Commit
    {
        Tenant = scope.Tenant,
        Snapshots = [new StoredSnapshot("/", "application/json", [1], [2], etag, DateTimeOffset.UtcNow) { Gone = isGone }],
    }, default);

    /// <summary>A real store, of which one caller gets what it read later than others get theirs.</summary>
    private sealed class LateStore(IStore inner) : IStore
    {
        private static readonly AsyncLocal<bool> IsHeld = new();
        private readonly TaskCompletionSource go = new();
        private readonly SemaphoreSlim hasRead = new(0);

        public bool IsShared => true;

        public Task Hold(Func<Task> read)
        {
            var held = Task.Run(async () =>
            {
                IsHeld.Value = true;
                await read();
            });
            hasRead.Wait();
            return held;
        }

        public void LetGo() => go.SetResult();

        public Task<StoredState?> Read(AggregateId id, CancellationToken stop) => Later(inner.Read(id, stop));

        public Task<long> Etag(AggregateId id, CancellationToken stop) => Later(inner.Etag(id, stop));

        public Task<long> Content(Guid tenant, CancellationToken stop) => Later(inner.Content(tenant, stop));

        public Task<CommitResult> Commit(Commit commit, CancellationToken stop) => inner.Commit(commit, stop);

        public Task Write(Action<Sql> write, CancellationToken stop) => inner.Write(write, stop);

        public Task<T> Query<T>(Func<Sql, T> read, CancellationToken stop) => Later(inner.Query(read, stop));

        private async Task<T> Later<T>(Task<T> read)
        {
            var answer = await read;
            if (!IsHeld.Value) return answer;
            hasRead.Release();
            await go.Task;
            return answer;
        }
    }
}
