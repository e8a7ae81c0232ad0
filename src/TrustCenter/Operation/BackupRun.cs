using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;

namespace TrustCenter.Operation;

/// <summary>Makes a backup while the host runs, or without it: signs what grew, copies the database at one moment, proves the copy, packs it.</summary>
public sealed class BackupRun(IStoreUpkeep upkeep, IEngine engine, JournalLog journal, HostKeys keys, IOptions<TrustCenterOptions> options, TimeProvider clock)
{
    private readonly SemaphoreSlim turn = new(1);

    /// <exception cref="BackupException">It could not be written; nothing of it is left.</exception>
    public async Task<BackupMade> Run(string file, bool withKey, Actor by, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            using var span = Signals.Work("backup");
            var made = await Make(Path.GetFullPath(file), withKey, stop);
            await engine.Decide(Platform.Scope.Id<BackupLog>(BackupLog.Only), new RecordBackup { Id = Guid.CreateVersion7(), Made = made }, by, CancellationToken.None);
            return made;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException) { throw new BackupException($"The backup could not be written: {failed.Message}", failed); }
        finally { turn.Release(); }
    }

    private async Task<BackupMade> Make(string file, bool withKey, CancellationToken stop)
    {
        if (File.Exists(file)) throw new BackupException($"{file} is there already. Name another file.");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var copy = Path.Combine(options.Value.DataFolder, "trustcenter.db.backup"); // in clear, so where the database lies; what a crash leaves goes with the next backup
        File.Delete(copy);
        try
        {
            var now = clock.GetUtcNow();
            string? unsigned = null;
            try { await journal.SignGrown(now, stop); }
            catch (StoreException failed) { unsigned = failed.Message; } // one damaged log takes nobody's backup away
            await upkeep.CopyTo(copy, stop);
            var report = CopyCheck.Run(copy, keys);
            var manifest = new BackupManifest
            {
                Format = BackupManifest.CurrentFormat, Product = ProductVersion.Text, Migration = report.Migration, At = now, Sha256 = BackupArchive.HashOf(copy), Bytes = new FileInfo(copy).Length,
                Key = keys.Name, WithKey = withKey, Heads = report.Heads,
            };
            var bytes = BackupManifest.Write(manifest);
            var key = withKey ? await File.ReadAllBytesAsync(Path.Combine(options.Value.DataFolder, "keys", "host.key"), stop) : null;
            BackupArchive.Write(file, bytes, keys.BackupMac(bytes), copy, key);
            return new BackupMade(Path.GetFileName(file), now, new FileInfo(file).Length, manifest.Sha256, withKey, report.Problem ?? unsigned);
        }
        finally { File.Delete(copy); }
    }
}
