using System.Data.Common;

namespace TrustCenter.Store;

public sealed partial class PostgresStore : IStoreUpkeep
{
    /// <summary>As a SQLite file: what a backup holds is the same whatever database it is of.</summary>
    public async Task CopyTo(string file, CancellationToken stop)
    {
        await using (var copy = new SqliteStore(file, keys))
            await Query(from =>
            {
                copy.Write(to => TableCopy.Copy(from, to, TableCopy.Tables(to)), stop).GetAwaiter().GetResult();
                return true;
            }, stop);
        File.Delete(file + ".lock");
    }

    /// <summary>Takes what was deleted out of the tables. Its traces in the write-ahead log and in copies of it leave as the database's own settings say.</summary>
    public Task<bool> Rewrite(long largest, CancellationToken stop) => Alone(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        var isSmall = Size(connection) <= largest;
        command.CommandText = isSmall ? "set statement_timeout = 0; set lock_timeout = 0" : "set statement_timeout = 0";
        command.ExecuteNonQuery();
        command.CommandText = isSmall ? "vacuum full" : "vacuum";
        command.ExecuteNonQuery();
        command.CommandText = "reset statement_timeout; reset lock_timeout";
        command.ExecuteNonQuery();
        return isSmall;
    }, stop);

    public Task<IReadOnlyList<string>> TenantTables(CancellationToken stop) => Query<IReadOnlyList<string>>(sql => sql.Query(
        "select table_name from information_schema.columns where table_schema = current_schema() and column_name = 'tenant' order by table_name", r => r.Text(0)), stop);

    public StoreFigures Figures()
    {
        using var connection = Open();
        return new StoreFigures($"PostgreSQL {connection.PostgreSqlVersion}", PostgresMigrations.Version(connection), Size(connection), 0, Queued);
    }

    private static long Size(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select pg_database_size(current_database())";
        return (long)command.ExecuteScalar()!;
    }
}
