using System.Globalization;
using System.Security.Cryptography;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Operation;

/// <summary>The first half of a restore, on files alone: unpack beside, prove, and only then put in place.</summary>
public sealed class RestoreFiles(string folder, TimeProvider clock)
{
    private static readonly string[] Endings = ["", "-wal", "-shm"];

    private string Database => Path.Combine(folder, "trustcenter.db");
    private string KeyFile => Path.Combine(folder, "keys", "host.key");

    /// <returns>What the backup says of itself, proven.</returns>
    /// <exception cref="BackupException">It cannot be used; the data folder is as it was.</exception>
    public BackupManifest Place(RestoreWish wish, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        using var alone = Alone();
        if (File.Exists(Database) && !wish.Replace) throw new BackupException($"There is a database in {folder} already. Say --replace to put it aside, or name another data folder.");
        var unpacked = Database + ".restored";
        File.Delete(unpacked);
        try
        {
            var (manifestBytes, mac, key, sha) = BackupArchive.Read(wish.Backup, unpacked, MostBytes());
            var manifest = BackupManifest.Read(manifestBytes);
            var root = Root(wish, manifest, key);
            var keys = new HostKeys(root);
            if (!BackupManifest.IsSealedBy(keys, manifestBytes, mac)) throw new BackupException("The backup’s manifest was changed after it was written. Nothing was restored; use another backup.");
            if (sha != manifest.Sha256) throw new BackupException("The database in the backup is not the one that was backed up: its hash differs. Nothing was restored; use another backup.");
            Prove(unpacked, keys, manifest);
            output.WriteLine($"The backup of {manifest.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, written by version {manifest.Product}, is whole: {manifest.Heads.Count} logs, {manifest.Heads.Sum(h => h.Size).ToString("#,##0", CultureInfo.InvariantCulture)} entries.");
            PutInPlace(unpacked, root);
            return manifest;
        }
        finally { File.Delete(unpacked); }
    }

    private static void Prove(string unpacked, HostKeys keys, BackupManifest manifest)
    {
        var report = CopyCheck.Run(unpacked, keys);
        if (report.Problem is { } problem) throw new BackupException($"The backup does not prove itself: {problem} Nothing was restored; use another backup.");
        if (!report.Heads.SequenceEqual(manifest.Heads)) throw new BackupException("The logs in the backup are not those that its manifest names. Nothing was restored; use another backup.");
    }

    private byte[] Root(RestoreWish wish, BackupManifest manifest, byte[]? inside)
    {
        var found = new[] { wish.Key is { } given ? File.ReadAllBytes(given) : null, inside, File.Exists(KeyFile) ? File.ReadAllBytes(KeyFile) : null };
        return found.FirstOrDefault(k => k is { Length: 32 } && new HostKeys(k).Name == manifest.Key)
            ?? throw new BackupException($"The host’s key that belongs to this backup (named {manifest.Key}) is neither in it nor in {folder}. Name it: --key <host.key>.");
    }

    private void PutInPlace(string unpacked, byte[] root)
    {
        var aside = ".before-restore-" + clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        foreach (var ending in Endings)
            if (File.Exists(Database + ending)) File.Move(Database + ending, Database + aside + ending);
        if (File.Exists(KeyFile) && !CryptographicOperations.FixedTimeEquals(File.ReadAllBytes(KeyFile), root)) File.Move(KeyFile, KeyFile + aside);
        if (!File.Exists(KeyFile)) HostKeys.Keep(Path.GetDirectoryName(KeyFile)!, root);
        File.Move(unpacked, Database);
    }

    // The disk's own bound, so that a file that unpacks without end fills nothing.
    private long MostBytes() => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace * 9 / 10;

    private FileStream Alone()
    {
        try { return new FileStream(Database + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException inUse) { throw new BackupException($"The host that uses {folder} runs. Stop it first.", inUse); }
    }
}
