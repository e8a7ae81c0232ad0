using Microsoft.Data.Sqlite;

namespace TrustCenter.Store;

public sealed partial class SqliteStore : IStoreUpkeep
{
    private const int EmptyingTries = 40; // a reader in the log holds it for milliseconds
    private const int EmptyingPause = 50; // milliseconds

    public Task CopyTo(string file, CancellationToken stop) => Task.Run(() =>
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0; // as long as it takes; it is one read transaction
        command.CommandText = "vacuum into @file";
        command.Parameters.AddWithValue("@file", file);
        try { command.ExecuteNonQuery(); }
        catch (SqliteException failed) { throw new StoreException("The database could not be copied: " + failed.Message, failed); }
    }, stop);

    public Task<bool> Rewrite(long largest, CancellationToken stop) => Alone(connection => RewriteInTurn((SqliteConnection)connection, largest), stop);

    public Task<IReadOnlyList<string>> TenantTables(CancellationToken stop) => Query<IReadOnlyList<string>>(sql => sql.Query(
        "select m.name from sqlite_master m where m.type = 'table' and exists (select 1 from pragma_table_info(m.name) c where c.name = 'tenant') order by m.name", r => r.Text(0)), stop);

    public StoreFigures Figures()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma user_version";
        var migration = Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        return new StoreFigures($"SQLite {connection.ServerVersion}", migration, Length(connection.DataSource), Length(connection.DataSource + "-wal"), Queued);
    }

    private static long Length(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    private static bool RewriteInTurn(SqliteConnection connection, long largest)
    {
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        var isSmall = Length(connection.DataSource) <= largest;
        command.CommandText = "vacuum";
        if (isSmall) command.ExecuteNonQuery();
        command.CommandText = "pragma wal_checkpoint(truncate)";
        for (var tries = 0; tries < EmptyingTries && Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) != 0; tries++) Thread.Sleep(EmptyingPause);
        return isSmall;
    }
}
