using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using TrustCenter.Engine;
using TrustCenter.Keys;

namespace TrustCenter.Store;

/// <summary>The embedded default: one file, WAL, <c>synchronous=FULL</c> (NORMAL loses acknowledged commits when power fails).</summary>
public sealed partial class SqliteStore : GroupedStore
{
    private const int MostReaders = 16; // connections that wait for the next reader; more are opened when needed, and closed after

    private readonly ConcurrentBag<Reader> readers = [];
    private readonly string connectionString;
    private readonly FileStream processLock;

    /// <exception cref="StoreException">Another process has the file.</exception>
    public SqliteStore(string file, HostKeys keys) : base(keys)
    {
        processLock = LockFor(file);
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, DefaultTimeout = 30 }.ToString();
        Migrate();
        StartWriting();
    }

    public override bool IsShared => false;

    public override Task<StoredState?> Read(AggregateId id, CancellationToken stop) => Query(sql => StateQueries.Read(sql, id), stop);

    public override Task<long> Content(Guid tenant, CancellationToken stop) => Query(sql => StateQueries.Content(sql, tenant), stop);

    public override Task<long> Etag(AggregateId id, CancellationToken stop) => Query(sql => StateQueries.Etag(sql, id), stop);

    /// <summary>SQLite answers from its page cache in microseconds: reading on the caller's thread is cheaper than a hop to another.</summary>
    public override Task<T> Query<T>(Func<Sql, T> read, CancellationToken stop = default)
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

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        while (readers.TryTake(out var reader)) reader.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
        await processLock.DisposeAsync();
    }

    protected override DbConnection OpenWriter() => Open();

    protected override DbTransaction Begin(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    protected override Sql SqlOn(DbConnection connection, DbTransaction transaction) => new(connection, transaction);

    // SQLITE_ERROR, TOOBIG, CONSTRAINT, MISMATCH and RANGE are about one statement; every other code is about the file or the machine, and so about
    // the whole batch. What is no database error is a bug in whoever made this write, which his neighbours must not feel.
    protected override bool IsOwnFault(Exception failed) => failed is not SqliteException { SqliteErrorCode: not (1 or 18 or 19 or 20 or 25) };

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
}
