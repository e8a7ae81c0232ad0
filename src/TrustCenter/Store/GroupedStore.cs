using System.Data;
using System.Data.Common;
using System.Threading.Channels;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Telemetry;

namespace TrustCenter.Store;

/// <summary>
/// One writer takes whatever arrived during the last fsync as one transaction; a refused commit does not fail its neighbours.
/// What each database does in its own way stands in the class that derives from this.
/// </summary>
public abstract partial class GroupedStore(HostKeys keys) : IStore, IAsyncDisposable
{
    private const int MostInBatch = 512; // commits under one fsync; bounds how long the first of them waits
    private const int MostWaiting = 4_096; // commits in the queue; more wait at the door
    private const int MostTries = 5; // of a transaction that the database undid because of another's

    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private Task writer = Task.CompletedTask;

    public abstract bool IsShared { get; }

    /// <summary>Transactions made durable; each cost one fsync of the log.</summary>
    public long Batches => Interlocked.Read(ref batches);
    private long batches;

    /// <summary>Told after a durable transaction that raised what other processes look at; returns at once.</summary>
    public Action? Raised { get; init; }

    protected int Queued => queue.Reader.Count;

    public abstract Task<StoredState?> Read(AggregateId id, CancellationToken stop);

    public abstract Task<long> Content(Guid tenant, CancellationToken stop);

    public abstract Task<long> Etag(AggregateId id, CancellationToken stop);

    public abstract Task<T> Query<T>(Func<Sql, T> read, CancellationToken stop = default);

    public async Task<CommitResult> Commit(Commit commit, CancellationToken stop) => (CommitResult)(await Enqueue(new Waiting(commit, null, null), stop))!;

    public Task Write(Action<Sql> write, CancellationToken stop = default) => Enqueue(new Waiting(null, write, null), stop);

    public virtual async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writer;
        GC.SuppressFinalize(this);
    }

    /// <summary>The database is as this release needs it; from here on it is written.</summary>
    protected void StartWriting() => writer = Task.Factory.StartNew(WriteBatches, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    protected abstract DbConnection OpenWriter();

    /// <summary>A transaction that writes, with what it reads on <paramref name="connection"/>.</summary>
    protected abstract DbTransaction Begin(DbConnection connection);

    protected abstract Sql SqlOn(DbConnection connection, DbTransaction transaction);

    /// <summary>Takes the heads of these tenants, in ascending order, before anything else is locked (DESIGN, section 4).</summary>
    protected virtual void Lock(Sql sql, IReadOnlyList<Guid> tenants) { }

    /// <summary>The failure is about one statement, and not about the database, the connection or the machine.</summary>
    protected abstract bool IsOwnFault(Exception failed);

    /// <summary>The database undid the transaction because of another one: nothing of it was kept, and it may be tried again.</summary>
    protected virtual bool WasUndone(Exception failed) => false;

    /// <summary>Runs on the writer's connection outside any transaction.</summary>
    protected async Task<T> Alone<T>(Func<DbConnection, T> act, CancellationToken stop) => (T)(await Enqueue(new Waiting(null, null, connection => act(connection)!), stop))!;

    private async Task<object?> Enqueue(Waiting waiting, CancellationToken stop)
    {
        try { await queue.Writer.WriteAsync(waiting, stop); }
        catch (ChannelClosedException) { throw new StoreException("The store is closing; nothing was written."); }
        return await waiting.Answer.Task;
    }

    private void WriteBatches()
    {
        DbConnection? connection = null;
        var (turns, batch) = (new Turns(), new List<Waiting>(MostInBatch));
        while (turns.Count > 0 || queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Waiting? alone = null;
            while (alone is null && turns.Count < MostWaiting && queue.Reader.TryRead(out var waiting))
                if (waiting.Alone is null) turns.Add(waiting);
                else alone = waiting;
            batch.Clear();
            while (batch.Count < MostInBatch && turns.Next() is { } next) batch.Add(next);
            if (batch.Count > 0) WriteBatch(ref connection, batch);
            if (alone is not null) Run(ref connection, alone);
        }
        connection?.Dispose();
    }

    private void Run(ref DbConnection? connection, Waiting alone)
    {
        try { alone.Answer.TrySetResult(alone.Alone!(connection ??= OpenWriter())); }
        catch (Exception failed) { alone.Answer.TrySetException(new StoreException("The database could not do this: " + failed.Message, failed)); }
    }

    private void WriteBatch(ref DbConnection? connection, List<Waiting> batch)
    {
        for (var tries = 1; ; tries++)
            try
            {
                var answers = WriteTogether(connection ??= OpenWriter(), batch);
                foreach (var (waiting, answer, failed) in answers)
                    if (failed is null) waiting.Answer.TrySetResult(answer);
                    else waiting.Answer.TrySetException(failed);
                if (Raised is not null && batch.Exists(w => w.Commit is { IsForOthers: true })) Raised();
                return;
            }
            catch (Exception failed)
            {
                var isBroken = connection is { State: not ConnectionState.Open };
                if (isBroken)
                {
                    connection!.Dispose();
                    connection = null;
                }
                // A connection may have broken while it waited; before the commit was sent nothing can have been done.
                if (tries < MostTries && (WasUndone(failed) || (isBroken && tries == 1 && failed is DbException))) continue;
                // The whole transaction is gone: nobody may hear of success.
                var error = failed as StoreException ?? new StoreException("The database did not take the write; nothing was done. " + failed.Message, failed);
                foreach (var waiting in batch) waiting.Answer.TrySetException(error);
                return;
            }
    }

    private List<(Waiting Waiting, object? Answer, Exception? Failed)> WriteTogether(DbConnection connection, List<Waiting> batch)
    {
        var answers = new List<(Waiting, object?, Exception?)>(batch.Count);
        using var transaction = Begin(connection);
        using var sql = SqlOn(connection, transaction);
        Lock(sql, [.. batch.Where(w => w.Commit is not null).Select(w => w.Commit!.Tenant).Distinct()]);
        var commits = new CommitWriter(sql, keys);
        foreach (var waiting in batch) answers.Add(WriteOne(transaction, sql, commits, waiting));
        try { Signals.Commit(transaction, batch.Count); }
        // A connection that broke while the commit was under way leaves it open what became of it; the same command again is answered rightly either way.
        catch (Exception failed) when (connection.State != ConnectionState.Open) { throw new CommitInDoubtException("The connection to the database broke; whether this was done shows when it is back. " + failed.Message, failed); }
        Interlocked.Increment(ref batches);
        return answers;
    }

    private (Waiting, object?, Exception?) WriteOne(DbTransaction transaction, Sql sql, CommitWriter commits, Waiting waiting)
    {
        // After the heads, which the whole batch took first: the lock order of DESIGN, section 4.
        if (IsShared && waiting.Under is { } lease && !lease.IsHeld(sql)) return (waiting, null, lease.Lost());
        transaction.Save("one");
        try
        {
            object? answer = null;
            if (waiting.Commit is { } commit) answer = commits.Write(commit);
            else waiting.Write!(sql);
            if (answer is CommitResult.Conflict) transaction.Rollback("one");
            transaction.Release("one");
            return (waiting, answer, null);
        }
        catch (Exception failed) when (IsOwnFault(failed))
        {
            transaction.Rollback("one");
            transaction.Release("one");
            return (waiting, null, new StoreException("The database refused this write; nothing of it was kept. " + failed.Message, failed));
        }
    }

    /// <param name="Alone">Runs on the writer's connection outside any transaction.</param>
    private sealed record Waiting(Commit? Commit, Action<Sql>? Write, Func<DbConnection, object>? Alone)
    {
        public Lease? Under { get; } = Lease.Current;
        public TaskCompletionSource<object?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
