using Microsoft.Data.Sqlite;

namespace TrustCenter.Store;

/// <summary>Numbered SQL files, each applied once and in order; the database remembers the last in <c>user_version</c>.</summary>
public static class SqliteMigrations
{
    /// <exception cref="StoreException">The file was written by a newer release.</exception>
    public static void Apply(SqliteConnection connection)
    {
        var migrations = All();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        if (version > migrations[^1].Number) throw new StoreException($"The database has version {version}, this release knows {migrations[^1].Number}. Start the release that wrote it.");
        foreach (var (number, text) in migrations.Where(m => m.Number > version))
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            command.CommandText = text + $";pragma user_version = {number};";
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    private static List<(int Number, string Text)> All()
    {
        var assembly = typeof(SqliteMigrations).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return (NumberIn(name), reader.ReadToEnd());
        })];
    }

    // "….Migrations.0001.sql"
    private static int NumberIn(string name) => int.Parse(name.Split('.')[^2], System.Globalization.CultureInfo.InvariantCulture);
}
