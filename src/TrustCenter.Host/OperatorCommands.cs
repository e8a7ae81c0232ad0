using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Operation;
using TrustCenter.Pages;
using TrustCenter.Store;

namespace TrustCenter.Host;

/// <summary>What the platform's operator does on the host's console.</summary>
public static class OperatorCommands
{
    public const string Usage = $"""
        {OperatorCode.Usage}
                               print a one-time code for the operator's pages; works while the host runs
          backup <file> [--with-key]
                               one file with everything; the host must not run (while it runs, use the operator's page), over PostgreSQL it may
          {RestoreWish.Usage}
          rotate-key           a new host key, everything sealed anew under it; no host may run
          move to-postgres | to-sqlite
                               bring everything to the other database and prove both the same; no host may run
        """;

    /// <summary>Reads the key file alone.</summary>
    public static Task<int> Code(string[] args)
    {
        var (own, builder) = Split(args);
        return OperatorCode.Run(own, Settings(builder), Console.Out, Console.Error);
    }

    public static Task<int> Backup(string[] args, TextWriter output, TextWriter error) => Run(error, async () =>
    {
        var (own, builder) = Split(args);
        if (own.Except(["--with-key"]).ToArray() is not [var file] || file.StartsWith('-')) return await Misused("backup <file> [--with-key]", error);
        await using var host = Built(builder);
        if (Options(host).Postgres is null && !File.Exists(Path.Combine(Options(host).DataFolder, "trustcenter.db"))) throw new BackupException($"There is no database in {Options(host).DataFolder}. Name the data folder: TrustCenter__DataFolder.");
        var made = await host.Services.GetRequiredService<BackupRun>().Run(file, own.Contains("--with-key"), Actor.System, CancellationToken.None);
        await output.WriteLineAsync($"Wrote {file}: {Words.Bytes(made.Bytes)}, database SHA-256 {made.Sha256}.");
        await output.WriteLineAsync(made.WithKey ? "It holds the host's key: whoever has it has everything. Keep it like the key." : "The host's key is not in it. Keep a copy of keys/host.key apart from the backups: without it none can be read.");
        if (made.Problem is null) return 0;
        await error.WriteLineAsync("The data does not prove itself: " + made.Problem);
        return 1;
    });

    public static Task<int> Restore(string[] args, TextWriter output, TextWriter error) => Run(error, async () =>
    {
        var (own, builder) = Split(args);
        if (RestoreWish.Parse(own) is not { } wish) return await Misused(RestoreWish.Usage, error);
        var kept = KeptCheckpoints.Read(wish.Checkpoints);
        await new RestoreFiles(Settings(builder).DataFolder, TimeProvider.System).Run(wish, output, async (staged, manifest) =>
        {
            await using var host = Built(builder, options => (options.DataFolder, options.Postgres) = (staged, null));
            await host.Services.GetRequiredService<RestoreRun>().Finish(manifest, kept, output, CancellationToken.None);
        });
        await output.WriteLineAsync(Settings(builder).Postgres is null ? "Restored. Start the host." : "Restored into the data folder. Bring it into the PostgreSQL database, which must be empty, with move to-postgres; then start the hosts.");
        return 0;
    });

    /// <summary>Between the file in the data folder and the database of TrustCenter:Postgres.</summary>
    public static Task<int> Move(string[] args, TextWriter output, TextWriter error) => Run(error, async () =>
    {
        var (own, builder) = Split(args);
        if (own is not ["to-postgres" or "to-sqlite"]) return await Misused("move to-postgres | to-sqlite", error);
        var settings = Settings(builder);
        if (settings.Postgres is not { } shared) throw new InvalidOperationException("No PostgreSQL database is set. Name it: TrustCenter__Postgres=\"Host=...;Database=...;Username=...;Password=...\".");
        var file = Path.Combine(settings.DataFolder, "trustcenter.db");
        var isToPostgres = own[0] == "to-postgres";
        if (isToPostgres && !File.Exists(file)) throw new InvalidOperationException($"There is no database in {settings.DataFolder}. Name the data folder: TrustCenter__DataFolder.");
        if (!isToPostgres && File.Exists(file)) throw new InvalidOperationException($"{file} is there already. Name an empty data folder that holds the host's key alone.");
        var keys = HostKeys.FromFolder(Path.Combine(settings.DataFolder, "keys"), mayCreate: false);
        var isMoved = false;
        await using (var embedded = new SqliteStore(file, keys))
        await using (var postgres = new PostgresStore(shared, keys))
            isMoved = await new MoveRun(keys).Run(isToPostgres ? embedded : postgres, isToPostgres ? postgres : embedded, output, CancellationToken.None);
        if (!isMoved) return 1;
        if (isToPostgres) File.Move(file, file + ".moved");
        await output.WriteLineAsync(isToPostgres
            ? $"Moved. Start each host with the same TrustCenter__Postgres and with a copy of keys/host.key. The file stays as {Path.GetFileName(file)}.moved; remove it when you need it no more."
            : "Moved. Start the host without TrustCenter__Postgres. The PostgreSQL database stays as it was; remove it when you need it no more.");
        return 0;
    });

    /// <summary>A new host key; while no host runs.</summary>
    public static Task<int> RotateKey(string[] args, TextWriter output, TextWriter error) => Run(error, async () =>
    {
        var (own, builder) = Split(args);
        if (own is not []) return await Misused("rotate-key", error);
        var settings = Settings(builder);
        var (file, key) = (Path.Combine(settings.DataFolder, "trustcenter.db"), Path.Combine(settings.DataFolder, "keys", "host.key"));
        if (!File.Exists(key)) throw new InvalidOperationException($"There is no key in {Path.GetDirectoryName(key)}. Name the data folder: TrustCenter__DataFolder.");
        var rotation = new KeyRotation(key);
        var aside = settings.Postgres is { } shared
            ? await rotation.Run(keys => new PostgresStore(shared, keys), CancellationToken.None)
            : await rotation.Run(keys => new SqliteStore(file, keys), CancellationToken.None);
        await output.WriteLineAsync($"Rotated: everything is sealed under the new {Path.GetFileName(key)}{(settings.Postgres is null ? "" : ", which every process needs")}. Who is signed in signs in again; links keep their addresses. The old key is {Path.GetFileName(aside)}: backups made until now need it. Keep it where they are as safe as they are, and destroy it with the last of them.");
        return 0;
    });

    private static async Task<int> Run(TextWriter error, Func<Task<int>> command)
    {
        try { return await command(); }
        catch (Exception refused) when (refused is BackupException or StoreException or OptionsValidationException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    private static async Task<int> Misused(string usage, TextWriter error)
    {
        await error.WriteLineAsync(usage);
        return 2;
    }

    // After "--": settings, as for serving.
    private static (string[] Own, WebApplicationBuilder Builder) Split(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [.. args.SkipWhile(a => a != "--").Skip(1)], ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return ([.. args.TakeWhile(a => a != "--")], builder);
    }

    private static TrustCenterOptions Settings(WebApplicationBuilder builder) => builder.Configuration.GetSection(TrustCenterOptions.Section).Get<TrustCenterOptions>() ?? new TrustCenterOptions();

    private static WebApplication Built(WebApplicationBuilder builder, Action<TrustCenterOptions>? configure = null)
    {
        builder.AddTrustCenter(configure);
        return builder.Build();
    }

    private static TrustCenterOptions Options(WebApplication host) => host.Services.GetRequiredService<IOptions<TrustCenterOptions>>().Value;
}
