using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Faults;

/// <summary>The calls of one act, one of which fails.</summary>
/// <param name="At">The call that fails, from 1; 0: none.</param>
/// <param name="IsAfter">It fails after it was done: the answer is lost.</param>
public sealed class Failure(int at, bool isAfter)
{
    private int calls;

    public int Calls => calls;
    public bool Happened { get; private set; }

    /// <summary>Calls that write, by their place.</summary>
    public HashSet<int> Writes { get; } = [];

    public async Task<T> Of<T>(bool writes, Func<Task<T>> call)
    {
        var n = Interlocked.Increment(ref calls);
        if (writes) lock (Writes) Writes.Add(n);
        if (n == at && !isAfter) throw Fail(new StoreException("The database did not take it."));
        var answer = await call();
        return n == at ? throw Fail(new CommitInDoubtException("The answer was lost.")) : answer;
    }

    private StoreException Fail(StoreException how)
    {
        Happened = true;
        return how;
    }
}

/// <summary>The real store, of which one call fails when the act that is under way wants it so; other people's calls go through.</summary>
public sealed class FailingStore(IStore inner) : IStore, IStoreUpkeep, IAsyncDisposable
{
    private static readonly AsyncLocal<Failure?> UnderWay = new();

    /// <summary>What this flow of execution does from here on; null: as always.</summary>
    public static Failure? Current { get => UnderWay.Value; set => UnderWay.Value = value; }

    private IStoreUpkeep Upkeep => (IStoreUpkeep)inner;

    public bool IsShared => inner.IsShared;

    public Task<StoredState?> Read(AggregateId id, CancellationToken stop) => Do(false, () => inner.Read(id, stop));

    public Task<long> Etag(AggregateId id, CancellationToken stop) => Do(false, () => inner.Etag(id, stop));

    public Task<long> Content(Guid tenant, CancellationToken stop) => Do(false, () => inner.Content(tenant, stop));

    public Task<CommitResult> Commit(Commit commit, CancellationToken stop) => Do(true, () => inner.Commit(commit, stop));

    public Task Write(Action<Sql> write, CancellationToken stop) => Do(true, async () =>
    {
        await inner.Write(write, stop);
        return true;
    });

    public Task<T> Query<T>(Func<Sql, T> read, CancellationToken stop) => Do(false, () => inner.Query(read, stop));

    public Task CopyTo(string file, CancellationToken stop) => Do(true, async () =>
    {
        await Upkeep.CopyTo(file, stop);
        return true;
    });

    public Task<bool> Rewrite(long largest, CancellationToken stop) => Do(true, () => Upkeep.Rewrite(largest, stop));

    public Task<IReadOnlyList<string>> TenantTables(CancellationToken stop) => Do(false, () => Upkeep.TenantTables(stop));

    public StoreFigures Figures() => Upkeep.Figures();

    public ValueTask DisposeAsync() => ((IAsyncDisposable)inner).DisposeAsync();

    private static Task<T> Do<T>(bool writes, Func<Task<T>> call) => Current is { } failure ? failure.Of(writes, call) : call();
}
