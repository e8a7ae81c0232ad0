using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using TrustCenter.Store;

namespace TrustCenter.Tests.Store;

/// <summary>A real server for the tests, started once, with a folder and a port of its own; it goes with the tests' process. PostgreSQL refuses to run as root: then it runs as its own user.</summary>
internal static class PostgresServer
{
    private static readonly Lazy<string> Running = new(Start);

    /// <summary>A new and empty database with the tables of this release; its connection string.</summary>
    public static string NewDatabase()
    {
        var name = $"t{Guid.NewGuid():N}";
        Execute(Template.Value, $"create database {name} template migrated");
        return $"{Running.Value};Database={name}";
    }

    /// <summary>A new database in which nothing is.</summary>
    public static string EmptyDatabase()
    {
        var name = $"t{Guid.NewGuid():N}";
        Execute($"{Running.Value};Database=postgres", $"create database {name}");
        return $"{Running.Value};Database={name}";
    }

    public static void Drop(string connectionString)
    {
        NpgsqlConnection.ClearAllPools();
        Execute($"{Running.Value};Database=postgres", $"drop database {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");
    }

    public static void Execute(string connectionString, string text)
    {
        using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    // Migrating takes longer than copying what was migrated.
    private static readonly Lazy<string> Template = new(() =>
    {
        var admin = $"{Running.Value};Database=postgres";
        Execute(admin, "create database migrated");
        using (var connection = new NpgsqlConnection($"{Running.Value};Database=migrated;Pooling=false"))
        {
            connection.Open();
            PostgresMigrations.Apply(connection);
        }
        return admin;
    });

    private static string Start()
    {
        var programs = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";
        var folder = Directory.CreateTempSubdirectory("trust-center-pg-").FullName;
        var port = FreePort();
        if (Environment.UserName == "root") Run("chown", "postgres", folder);
        Run(AsItsUser($"{programs}/initdb", "-D", $"{folder}/data", "-U", "trust", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
        var server = Process.Start(Quiet(AsItsUser($"{programs}/postgres", "-D", $"{folder}/data", "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300", "-c", "log_min_messages=panic")))!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(server, folder);
        var address = $"Host=127.0.0.1;Port={port};Username=trust";
        for (var tries = 0; ; tries++)
            try
            {
                Execute($"{address};Database=postgres", "select 1");
                return address;
            }
            catch (NpgsqlException) when (tries < 300 && !server.HasExited) { Thread.Sleep(100); }
    }

    private static void Stop(Process server, string folder)
    {
        server.Kill(entireProcessTree: true);
        server.WaitForExit(5_000);
        Directory.Delete(folder, recursive: true);
    }

    private static string[] AsItsUser(params string[] command) => Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", .. command] : command;

    private static void Run(params string[] command)
    {
        using var process = Process.Start(Quiet(command))!;
        var said = process.StandardOutput.ReadToEndAsync();
        var problem = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} failed. {problem} {said.Result}");
    }

    private static ProcessStartInfo Quiet(string[] command) => new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
