using System.Data.Common;
using Microsoft.Data.Sqlite;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Faults;

/// <summary>What the embedded store would be with <c>synchronous=NORMAL</c>: the control, which must be seen losing what was acknowledged.</summary>
public sealed class UnsyncedStore : GroupedStore
{
    private readonly string file;

    private UnsyncedStore(string file, HostKeys keys) : base(keys)
    {
        this.file = file;
        StartWriting();
    }

    public static async Task<UnsyncedStore> Open(string file, HostKeys keys)
    {
        await using (new SqliteStore(file, keys)) return new UnsyncedStore(file, keys); // the tables are the product's
    }

    public override bool IsShared => false;

    public override Task<StoredState?> Read(AggregateId id, CancellationToken stop) => Query(sql => StateQueries.Read(sql, id), stop);

    public override Task<long> Content(Guid tenant, CancellationToken stop) => Query(sql => StateQueries.Content(sql, tenant), stop);

    public override Task<long> Etag(AggregateId id, CancellationToken stop) => Query(sql => StateQueries.Etag(sql, id), stop);

    public override Task<T> Query<T>(Func<Sql, T> read, CancellationToken stop = default)
    {
        using var connection = OpenWriter();
        using var sql = new Sql(connection);
        return Task.FromResult(read(sql));
    }

    protected override DbConnection OpenWriter()
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var pragma = connection.CreateCommand();
        pragma.CommandText = "pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000; pragma foreign_keys = on; pragma secure_delete = on;";
        pragma.ExecuteNonQuery();
        return connection;
    }

    protected override DbTransaction Begin(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    protected override Sql SqlOn(DbConnection connection, DbTransaction transaction) => new(connection, transaction);

    protected override bool IsOwnFault(Exception failed) => failed is not SqliteException;
}
