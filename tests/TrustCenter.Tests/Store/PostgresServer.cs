using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using TrustCenter.Store;

namespace TrustCenter.Tests.Store;

/// <summary>A real server on a folder and a port of its own. PostgreSQL refuses to run as root: then it runs as its own user.</summary>
internal sealed class PostgresServer : IDisposable
{
    private static readonly string Programs = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";
    private static readonly bool IsRoot = Environment.UserName == "root";

    // One for all tests that do not harm it, started once; it ends with their process.
    private static readonly Lazy<PostgresServer> Common = new(() =>
    {
        var server = new PostgresServer();
        server.Execute("create database migrated");
        using var connection = new NpgsqlConnection(server.Address("migrated") + ";Pooling=false");
        connection.Open();
        PostgresMigrations.Apply(connection);
        return server;
    });

    private readonly string folder = Directory.CreateTempSubdirectory("trust-center-pg-").FullName;
    private readonly int port = FreePort();
    private Process? running;

    /// <summary>What started the server; its processes are below it.</summary>
    public int Process => running!.Id;

    public PostgresServer()
    {
        if (IsRoot) Run("chown", "postgres", folder);
        Run(AsItsUser($"{Programs}/initdb", "-D", $"{folder}/data", "-U", "trust", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
        Start();
    }

    /// <summary>A new database with the tables of this release and nothing in them; its connection string. Copying what was migrated is quicker than migrating.</summary>
    public static string NewDatabase() => Common.Value.Create("template migrated");

    /// <summary>A new database in which nothing is.</summary>
    public static string EmptyDatabase() => Common.Value.Create("");

    public static void Drop(string connectionString)
    {
        NpgsqlConnection.ClearAllPools();
        Common.Value.Execute($"drop database {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");
    }

    public static void Execute(string connectionString, string text)
    {
        using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    public string Create(string how = "")
    {
        var name = $"t{Guid.NewGuid():N}";
        Execute($"create database {name} {how}");
        return Address(name);
    }

    public void Start()
    {
        // Its input is ours: when it ends, because this process did, the server ends and takes its folder with it.
        const string Guard = "folder=$1; shift; \"$@\" & server=$!; cat > /dev/null; kill -9 $server; wait $server; rm -rf \"$folder\"";
        running = System.Diagnostics.Process.Start(Quiet(AsItsUser("sh", "-c", Guard, "guard", folder, $"{Programs}/postgres", "-D", $"{folder}/data", "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300", "-c", "log_min_messages=panic")))!;
        for (var tries = 0; ; tries++)
            try
            {
                Execute("select 1");
                return;
            }
            catch (NpgsqlException) when (tries < 300 && !running.HasExited) { Thread.Sleep(100); }
    }

    /// <summary>SIGKILL to the server and to everything that it started: nothing is flushed, no client is told.</summary>
    public void Kill()
    {
        running!.Kill(entireProcessTree: true);
        running.WaitForExit();
        running.Dispose();
        running = null;
        // What the killed postmaster can no longer do: its children see its end and leave.
        for (var tries = 0; tries < 100 && File.Exists($"{folder}/data/postmaster.pid") && IsAlive(File.ReadLines($"{folder}/data/postmaster.pid").First()); tries++) Thread.Sleep(20);
    }

    public void Dispose()
    {
        if (running is { HasExited: false }) Kill();
        Directory.Delete(folder, recursive: true);
    }

    private static bool IsAlive(string process) => Directory.Exists($"/proc/{process}");

    private string Address(string database) => $"Host=127.0.0.1;Port={port};Username=trust;Database={database}";

    private void Execute(string text) => Execute(Address("postgres"), text);

    private static string[] AsItsUser(params string[] command) => IsRoot ? ["runuser", "-u", "postgres", "--", .. command] : command;

    private static void Run(params string[] command)
    {
        using var process = System.Diagnostics.Process.Start(Quiet(command))!;
        var said = process.StandardOutput.ReadToEndAsync();
        var problem = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} failed. {problem} {said.Result}");
    }

    private static ProcessStartInfo Quiet(string[] command) => new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = "/" };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
