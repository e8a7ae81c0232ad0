using Microsoft.Data.Sqlite;

namespace TrustCenter.Store;

/// <summary>Numbered SQL files, each applied once and in order; the database remembers the last in <c>user_version</c>.</summary>
public static class SqliteMigrations
{
    /// <exception cref="StoreException">The file was written by a newer release.</exception>
    public static void Apply(SqliteConnection connection)
    {
        var migrations = MigrationFiles.All();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        if (version > migrations[^1].Number) throw new StoreException($"The database has version {version}, this release knows {migrations[^1].Number}. Start the release that wrote it.");
        if (version == migrations[^1].Number) return;
        if (version > 0) KeepCopy(connection, migrations[^1].Number);
        // All or none: a file is of one release, so the copy kept before is always the whole one of the release before.
        using var transaction = connection.BeginTransaction();
        command.Transaction = transaction;
        foreach (var (number, text) in migrations.Where(m => m.Number > version))
        {
            command.CommandText = text + $";pragma user_version = {number};";
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    /// <summary>The file as the release before left it, for the way back: <c>trustcenter.db.before-0007</c>. The operator removes it when he needs it no more.</summary>
    private static void KeepCopy(SqliteConnection connection, int number)
    {
        var copy = $"{connection.DataSource}.before-{number.ToString("0000", System.Globalization.CultureInfo.InvariantCulture)}";
        File.Delete(copy + ".part");
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = "vacuum into @file";
        command.Parameters.AddWithValue("@file", copy + ".part");
        try { command.ExecuteNonQuery(); }
        catch (SqliteException failed) { throw new StoreException($"The database was not brought to this release: no copy of it could be kept beside it. Free at least {new FileInfo(connection.DataSource).Length:N0} bytes in its folder. {failed.Message}", failed); }
        File.Move(copy + ".part", copy, overwrite: true);
    }
}
