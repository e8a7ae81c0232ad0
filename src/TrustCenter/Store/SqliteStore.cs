using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Telemetry;

namespace TrustCenter.Store;

/// <summary>
/// The embedded default: one file, WAL, <c>synchronous=FULL</c> (NORMAL loses acknowledged commits when power fails).
/// One writer takes whatever arrived during the last fsync as one transaction; a refused commit does not fail its neighbours.
/// </summary>
public sealed partial class SqliteStore : IStore, IAsyncDisposable
{
    private const int MostInBatch = 512; // commits under one fsync; bounds how long the first of them waits
    private const int MostWaiting = 4_096; // commits in the queue; more wait at the door

    private const int MostReaders = 16; // connections that wait for the next reader; more are opened when needed, and closed after

    private readonly ConcurrentBag<Reader> readers = [];
    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly string connectionString;
    private readonly FileStream processLock;
    private readonly Task writer;
    private readonly HostKeys keys;

    /// <summary>Transactions made durable; each cost one fsync of the log.</summary>
    public long Batches => Interlocked.Read(ref batches);
    private long batches;

    /// <exception cref="StoreException">Another process has the file.</exception>
    public SqliteStore(string file, HostKeys keys)
    {
        this.keys = keys;
        processLock = LockFor(file);
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, DefaultTimeout = 30 }.ToString();
        Migrate();
        writer = Task.Factory.StartNew(WriteBatches, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public Task<StoredState?> Read(AggregateId id, CancellationToken stop)
        => Query(sql => sql.First("select etag, format, body, done, mac from states where tenant = @tenant and kind = @kind and key = @key",
            r => new StoredState(r.Number(0), r.Number(1), r.Bytes(2), r.Text(3), r.Bytes(4)),
            ("@tenant", id.Tenant), ("@kind", id.Kind), ("@key", id.Key)), stop);

    public async Task<CommitResult> Commit(Commit commit, CancellationToken stop) => (CommitResult)(await Enqueue(new Waiting(commit, null, null), stop))!;

    public Task Write(Action<Sql> write, CancellationToken stop = default) => Enqueue(new Waiting(null, write, null), stop);

    /// <summary>SQLite answers from its page cache in microseconds: reading on the caller's thread is cheaper than a hop to another.</summary>
    public Task<T> Query<T>(Func<Sql, T> read, CancellationToken stop = default)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(ReadWith(read));
        }
        catch (SqliteException failed)
        {
            return Task.FromException<T>(new StoreException("The database could not be read: " + failed.Message, failed));
        }
    }

    // Connections wait for the next reader with their statements prepared: opening and preparing cost several times what reading does.
    private T ReadWith<T>(Func<Sql, T> read)
    {
        if (!readers.TryTake(out var reader)) reader = new Reader(Open(isPooled: false));
        var isWhole = false;
        try
        {
            var answer = reader.AtOneMoment(read);
            isWhole = true;
            return answer;
        }
        finally
        {
            if (isWhole && readers.Count < MostReaders) readers.Add(reader);
            else reader.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writer;
        while (readers.TryTake(out var reader)) reader.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
        await processLock.DisposeAsync();
    }

    private void Migrate()
    {
        try
        {
            using var connection = Open();
            SqliteMigrations.Apply(connection);
        }
        catch
        {
            SqliteConnection.ClearPool(new SqliteConnection(connectionString));
            processLock.Dispose(); // whoever can read this file may start now
            throw;
        }
    }

    private async Task<object?> Enqueue(Waiting waiting, CancellationToken stop)
    {
        try { await queue.Writer.WriteAsync(waiting, stop); }
        catch (ChannelClosedException) { throw new StoreException("The store is closing; nothing was written."); }
        return await waiting.Answer.Task;
    }

    private void WriteBatches()
    {
        using var connection = Open();
        var (turns, batch) = (new Turns(), new List<Waiting>(MostInBatch));
        while (turns.Count > 0 || queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Waiting? alone = null;
            while (alone is null && turns.Count < MostWaiting && queue.Reader.TryRead(out var waiting))
                if (waiting.Alone is null) turns.Add(waiting);
                else alone = waiting;
            batch.Clear();
            while (batch.Count < MostInBatch && turns.Next() is { } next) batch.Add(next);
            if (batch.Count > 0) WriteBatch(connection, batch);
            if (alone is not null) Run(connection, alone);
        }
    }

    // One of each tenant in turn, each tenant's in their order: a flood of one does not stand before another's single write (ABUSE T-076).
    private sealed class Turns
    {
        private readonly Dictionary<Guid, Queue<Waiting>> waiting = [];
        private readonly Queue<Guid> turn = [];

        public int Count { get; private set; }

        public void Add(Waiting one)
        {
            var tenant = one.Commit?.Tenant ?? Guid.Empty;
            if (!waiting.TryGetValue(tenant, out var queue))
            {
                waiting.Add(tenant, queue = []);
                turn.Enqueue(tenant);
            }
            queue.Enqueue(one);
            Count++;
        }

        public Waiting? Next()
        {
            if (!turn.TryDequeue(out var tenant)) return null;
            var one = waiting[tenant].Dequeue();
            Count--;
            if (waiting[tenant].Count > 0) turn.Enqueue(tenant);
            else waiting.Remove(tenant);
            return one;
        }
    }

    private static void Run(SqliteConnection connection, Waiting alone)
    {
        try { alone.Answer.TrySetResult(alone.Alone!(connection)); }
        catch (Exception failed) { alone.Answer.TrySetException(new StoreException("The database could not do this: " + failed.Message, failed)); }
    }

    private void WriteBatch(SqliteConnection connection, List<Waiting> batch)
    {
        var answers = new List<(Waiting Waiting, object? Answer, Exception? Failed)>(batch.Count);
        try
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            using var sql = new Sql(connection, transaction);
            var commits = new CommitWriter(sql, keys);
            foreach (var waiting in batch) answers.Add(WriteOne(transaction, sql, commits, waiting));
            Signals.Commit(transaction, batch.Count);
            Interlocked.Increment(ref batches);
        }
        catch (Exception failed)
        {
            // The whole transaction is gone: nobody may hear of success.
            var error = new StoreException("The database did not take the write; nothing was done. " + failed.Message, failed);
            foreach (var waiting in batch) waiting.Answer.TrySetException(error);
            return;
        }
        foreach (var (waiting, answer, failed) in answers)
            if (failed is null) waiting.Answer.TrySetResult(answer);
            else waiting.Answer.TrySetException(failed);
    }

    private static (Waiting, object?, Exception?) WriteOne(SqliteTransaction transaction, Sql sql, CommitWriter commits, Waiting waiting)
    {
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

    // SQLITE_ERROR, TOOBIG, CONSTRAINT, MISMATCH and RANGE are about one statement; every other code is about the file or the machine, and so about
    // the whole batch. What is no database error is a bug in whoever made this write, which his neighbours must not feel.
    private static bool IsOwnFault(Exception failed) => failed is not SqliteException { SqliteErrorCode: not (1 or 18 or 19 or 20 or 25) };

    private SqliteConnection Open(bool isPooled = true)
    {
        var connection = new SqliteConnection(isPooled ? connectionString : connectionString + ";Pooling=False");
        connection.Open();
        using var pragma = connection.CreateCommand();
        pragma.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma foreign_keys = on; pragma secure_delete = on;";
        pragma.ExecuteNonQuery();
        return connection;
    }

    // With one process memory is the truth, so a second one on the same file must not start (DESIGN, section 3).
    private static FileStream LockFor(string file)
    {
        try { return new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException) { throw new StoreException($"Another process uses {file}. Stop it first, or give this one its own data folder."); }
    }

    // A connection that only reads. What fails in the middle closes it, and with it its transaction.
    private sealed class Reader(SqliteConnection connection) : IDisposable
    {
        private readonly Sql sql = new(connection);

        public T AtOneMoment<T>(Func<Sql, T> read)
        {
            sql.Execute("begin deferred");
            var answer = read(sql);
            sql.Execute("rollback");
            return answer;
        }

        public void Dispose()
        {
            sql.Dispose();
            connection.Dispose();
        }
    }

    /// <param name="Alone">Runs on the writer's connection outside any transaction.</param>
    private sealed record Waiting(Commit? Commit, Action<Sql>? Write, Func<SqliteConnection, object>? Alone)
    {
        public TaskCompletionSource<object?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
