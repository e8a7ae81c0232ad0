using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Npgsql;
using TrustCenter.Engine;
using TrustCenter.Keys;

namespace TrustCenter.Store;

/// <summary>The store of several processes. A tenant's commits are serial by the lock on its head row, so that its journal has no gap for any reader.</summary>
public sealed partial class PostgresStore : GroupedStore
{
    private const int MostReaders = 32; // connections that read; who comes beyond them waits

    // A process that is frozen within a transaction must not hold the others for long: the database ends it. Nothing is acknowledged before it is on the disk.
    private const string Session = "-c idle_in_transaction_session_timeout=3000 -c lock_timeout=8000 -c statement_timeout=30000 -c synchronous_commit=on";

    private readonly ConcurrentBag<Reader> readers = [];
    private readonly SemaphoreSlim free = new(MostReaders);
    private readonly NpgsqlDataSource source;
    private readonly HostKeys keys;

    /// <summary>Whether it is a connection string; nothing is asked.</summary>
    public static bool CanRead(string connectionString)
    {
        try { return new NpgsqlConnectionStringBuilder(connectionString).Host is { Length: > 0 }; }
        catch (ArgumentException) { return false; }
    }

    /// <exception cref="StoreException">The database cannot be reached, or was written by a newer release.</exception>
    public PostgresStore(string connectionString, HostKeys keys) : base(keys)
    {
        this.keys = keys;
        source = NpgsqlDataSource.Create(Settings(connectionString));
        try
        {
            using var connection = Open();
            PostgresMigrations.Apply(connection);
            RefuseOtherKey(connection, keys);
        }
        catch (Exception failed) when (failed is DbException or InvalidOperationException)
        {
            source.Dispose();
            throw new StoreException($"The PostgreSQL database cannot be used (TrustCenter:Postgres). {failed.Message}", failed);
        }
        catch
        {
            source.Dispose();
            throw;
        }
        StartWriting();
    }

    public override bool IsShared => true;

    public override Task<StoredState?> Read(AggregateId id, CancellationToken stop) => WithReader(reader => StateQueries.Read(reader.Sql, id), stop);

    public override Task<long> Content(Guid tenant, CancellationToken stop) => WithReader(reader => StateQueries.Content(reader.Sql, tenant), stop);

    public override Task<long> Etag(AggregateId id, CancellationToken stop) => WithReader(reader => StateQueries.Etag(reader.Sql, id), stop);

    public override Task<T> Query<T>(Func<Sql, T> read, CancellationToken stop = default) => WithReader(reader => reader.AtOneMoment(read), stop);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        while (readers.TryTake(out var reader)) reader.Dispose();
        await source.DisposeAsync();
        free.Dispose();
    }

    protected override DbConnection OpenWriter() => Open();

    protected override DbTransaction Begin(DbConnection connection) => connection.BeginTransaction(IsolationLevel.ReadCommitted);

    protected override Sql SqlOn(DbConnection connection, DbTransaction transaction) => new(connection, transaction, Dialect.Postgres);

    protected override void Lock(Sql sql, IReadOnlyList<Guid> tenants)
    {
        if (tenants.Count > 1) sql.Query("select tenant from heads where tenant = any(@tenants) order by tenant for update", r => r.Id(0), ("@tenants", tenants.Select(t => t.ToByteArray(bigEndian: true)).ToArray()));
    }

    // Class 22, 23 and 42 are about the values, a constraint or the words of one statement. What is no database error is a bug in whoever made this write.
    protected override bool IsOwnFault(Exception failed) => failed is PostgresException refused ? refused.SqlState[..2] is "22" or "23" or "42" : failed is not (DbException or IOException or TimeoutException);

    // A deadlock that was broken, or a wait for a lock that took too long.
    protected override bool WasUndone(Exception failed) => failed is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable };

    // States that this process cannot check, and that no other can check when it wrote them.
    private static void RefuseOtherKey(NpgsqlConnection connection, HostKeys keys)
    {
        using var sql = new Sql(connection, null, Dialect.Postgres);
        sql.Execute("insert into store_key (id, name) values (1, @name) on conflict (id) do nothing", ("@name", keys.Name));
        if (sql.First("select name from store_key where id = 1", r => r.Text(0)) != keys.Name)
            throw new StoreException("This database was written with another host key. Copy keys/host.key from the data folder of a process that uses it into this one's, and start again.");
    }

    private static string Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, MaxPoolSize = MostReaders + 8, Enlist = false, ApplicationName = "trust center" };
        settings.Options = string.Join(' ', settings.Options, Session).Trim();
        if (settings.Timeout == 15) settings.Timeout = 3; // seconds; the library's default lets a request wait for a database that is not there
        return settings.ToString();
    }

    private NpgsqlConnection Open()
    {
        try { return source.OpenConnection(); }
        catch (Exception failed) when (failed is DbException or TimeoutException or IOException) { throw new StoreException("The database cannot be reached: " + failed.Message, failed); }
    }

    private async Task<T> WithReader<T>(Func<Reader, T> read, CancellationToken stop)
    {
        await free.WaitAsync(stop);
        // Reading is written for a database that answers at once, as the embedded one does; here it waits on a thread of the pool.
        try { return await Task.Run(() => ReadWith(read), CancellationToken.None); }
        catch (Exception failed) when (failed is DbException or TimeoutException or IOException) { throw new StoreException("The database could not be read: " + failed.Message, failed); }
        finally { free.Release(); }
    }

    private T ReadWith<T>(Func<Reader, T> read)
    {
        // One that broke while it waited is no answer: a database that is back is asked again on a new connection.
        while (readers.TryTake(out var waited))
            try { return ReadWith(waited, read); }
            // No filter: it would be asked before the reader was closed.
            catch (DbException) { if (!waited.IsBroken) throw; }
        return ReadWith(new Reader(Open()), read);
    }

    private T ReadWith<T>(Reader reader, Func<Reader, T> read)
    {
        var isWhole = false;
        try
        {
            var answer = read(reader);
            isWhole = true;
            return answer;
        }
        finally
        {
            if (isWhole) readers.Add(reader);
            else reader.Close();
        }
    }

    private sealed class Reader(NpgsqlConnection connection) : IDisposable
    {
        public Sql Sql { get; } = new(connection, null, Dialect.Postgres);

        public bool IsBroken { get; private set; }

        public T AtOneMoment<T>(Func<Sql, T> read)
        {
            using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
            Sql.Execute("set transaction read only");
            var answer = read(Sql);
            transaction.Rollback();
            return answer;
        }

        /// <summary>Something failed in the middle: what the connection is in is not gone on with.</summary>
        public void Close()
        {
            IsBroken = connection.State != ConnectionState.Open;
            Dispose();
        }

        public void Dispose()
        {
            Sql.Dispose();
            connection.Dispose();
        }
    }
}
