using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace TrustCenter.Store;

/// <summary>The numbered files in PostgreSQL's words, each applied once, in order and by one process: the others wait for the lock and find it done.</summary>
public static partial class PostgresMigrations
{
    private const long Turn = 0x7472757374; // of the advisory lock: "trust"

    /// <exception cref="StoreException">The database was written by a newer release.</exception>
    public static void Apply(NpgsqlConnection connection)
    {
        var migrations = MigrationFiles.All();
        using var transaction = connection.BeginTransaction();
        Run(connection, "set local statement_timeout = 0; set local lock_timeout = 0; set local idle_in_transaction_session_timeout = 60000");
        Run(connection, $"select pg_advisory_xact_lock({Turn})");
        Run(connection, "create table if not exists schema_version (version bigint not null)");
        var version = Version(connection);
        if (version > migrations[^1].Number) throw new StoreException($"The database has version {version}, this release knows {migrations[^1].Number}. Start the release that wrote it.");
        foreach (var (number, text) in migrations.Where(m => m.Number > version))
        {
            Run(connection, InItsWords(text));
            Run(connection, $"delete from schema_version; insert into schema_version (version) values ({number.ToString(CultureInfo.InvariantCulture)})");
        }
        transaction.Commit();
    }

    /// <summary>The number of the last migration; 0 before the first.</summary>
    public static int Version(NpgsqlConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select coalesce(max(version), 0) from schema_version";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    // Text is ordered by its bytes, as in SQLite, whatever the database's own language.
    private static string InItsWords(string text) => ColumnType().Replace(text, word => word.Value switch { "blob" => "bytea", "integer" => "bigint", _ => "text collate \"C\"" });

    private static void Run(NpgsqlConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    [GeneratedRegex(@"\b(blob|integer|text)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ColumnType();
}
