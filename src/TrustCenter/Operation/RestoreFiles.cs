using System.Globalization;
using System.Security.Cryptography;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Operation;

/// <summary>
/// A restore works on a copy beside: it is unpacked, proven and finished there, and only then put in place. Killed before that, the data folder is as it
/// was; killed while it is put in place, a mark stays with which no host starts.
/// </summary>
public sealed class RestoreFiles(string folder, TimeProvider clock)
{
    private static readonly string[] Endings = ["", "-wal", "-shm"];

    private string Database => DatabaseIn(folder);
    private string Staged => Path.Combine(folder, "restoring"); // a data folder of its own
    private string ErasureFile => Path.Combine(folder, "erasures.jsonl");

    /// <param name="finish">Does to the data folder that it is given what must be done before anybody is served from it.</param>
    /// <exception cref="BackupException">It cannot be used; the data folder is as it was.</exception>
    public async Task Run(RestoreWish wish, TextWriter output, Func<string, BackupManifest, Task> finish)
    {
        Directory.CreateDirectory(folder);
        using var alone = Alone();
        if (File.Exists(Database) && !wish.Replace) throw new BackupException($"There is a database in {folder} already. Say --replace to put it aside, or name another data folder.");
        RemoveStaged();
        try
        {
            var manifest = Unpack(wish, output);
            if (File.Exists(ErasureFile)) File.Copy(ErasureFile, Path.Combine(Staged, Path.GetFileName(ErasureFile)));
            await finish(Staged, manifest);
            PutInPlace();
        }
        finally { RemoveStaged(); }
    }

    /// <exception cref="StoreException">What lies in this folder is half of one database and half of another.</exception>
    public static void RefuseHalf(string folder)
    {
        if (File.Exists(MarkIn(folder))) throw new StoreException($"A restore into {folder} broke off while it was put in place. Run the restore again, with --replace.");
    }

    private BackupManifest Unpack(RestoreWish wish, TextWriter output)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Staged);
        else Directory.CreateDirectory(Staged, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var unpacked = DatabaseIn(Staged);
        var (manifestBytes, mac, key, sha) = BackupArchive.Read(wish.Backup, unpacked, MostBytes());
        var manifest = BackupManifest.Read(manifestBytes);
        var root = Root(wish, manifest, key, output);
        var keys = new HostKeys(root);
        if (!BackupManifest.IsSealedBy(keys, manifestBytes, mac)) throw new BackupException("The backup’s manifest was changed after it was written. Nothing was restored; use another backup.");
        if (sha != manifest.Sha256) throw new BackupException("The database in the backup is not the one that was backed up: its hash differs. Nothing was restored; use another backup.");
        Prove(unpacked, keys, manifest);
        output.WriteLine($"The backup of {manifest.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, written by version {manifest.Product}, is whole: {manifest.Heads.Count} logs, {manifest.Heads.Sum(h => h.Size).ToString("#,##0", CultureInfo.InvariantCulture)} entries.");
        HostKeys.Keep(Path.GetDirectoryName(KeyIn(Staged))!, root);
        return manifest;
    }

    private static void Prove(string unpacked, HostKeys keys, BackupManifest manifest)
    {
        var report = CopyCheck.Run(unpacked, keys);
        if (report.Problem is { } problem) throw new BackupException($"The backup does not prove itself: {problem} Nothing was restored; use another backup.");
        if (!report.Heads.SequenceEqual(manifest.Heads)) throw new BackupException("The logs in the backup are not those that its manifest names. Nothing was restored; use another backup.");
    }

    // Whoever can write where backups lie can put in a database of his own with its key beside it. So the key inside counts only where nothing else is known.
    private byte[] Root(RestoreWish wish, BackupManifest manifest, byte[]? inside, TextWriter output)
    {
        if (wish.Key is { } given) return Named(File.ReadAllBytes(given), manifest.Key, $"The key in {given}");
        if (File.Exists(KeyIn(folder))) return Named(File.ReadAllBytes(KeyIn(folder)), manifest.Key, $"The host’s key in {folder}");
        if (inside is null) throw new BackupException($"The host’s key that belongs to this backup (named {manifest.Key}) is neither in it nor in {folder}. Name it: --key <host.key>.");
        var root = Named(inside, manifest.Key, "The key in the backup");
        output.WriteLine($"The key is the one in the backup, named {manifest.Key}: that nobody put in another backup is for you to know.");
        return root;
    }

    private static byte[] Named(byte[] root, string name, string where)
        => HostKeys.IsFile(root) && new HostKeys(root).Name == name ? root
            : throw new BackupException($"{where} is not the one that this backup was made under, which is named {name}. Nothing was restored. Use another backup; if it is the right one, name its key: --key <host.key>.");

    private void PutInPlace()
    {
        var aside = ".before-restore-" + clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        using (var mark = File.Create(MarkIn(folder))) mark.Flush(flushToDisk: true);
        foreach (var ending in Endings)
            if (File.Exists(Database + ending)) File.Move(Database + ending, Database + aside + ending);
        var (key, staged) = (KeyIn(folder), KeyIn(Staged));
        Directory.CreateDirectory(Path.GetDirectoryName(key)!);
        if (File.Exists(key) && !CryptographicOperations.FixedTimeEquals(File.ReadAllBytes(key), File.ReadAllBytes(staged))) File.Copy(key, key + aside);
        File.Move(staged, key, overwrite: true);
        foreach (var ending in Endings)
            if (File.Exists(DatabaseIn(Staged) + ending)) File.Move(DatabaseIn(Staged) + ending, Database + ending);
        File.Delete(MarkIn(folder));
    }

    private void RemoveStaged()
    {
        if (Directory.Exists(Staged)) Directory.Delete(Staged, recursive: true);
    }

    private static string DatabaseIn(string folder) => Path.Combine(folder, "trustcenter.db");
    private static string KeyIn(string folder) => Path.Combine(folder, "keys", "host.key");
    private static string MarkIn(string folder) => DatabaseIn(folder) + ".restoring";

    // The disk's own bound, so that a file that unpacks without end fills nothing.
    private long MostBytes() => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace * 9 / 10;

    private FileStream Alone()
    {
        try { return new FileStream(Database + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException inUse) { throw new BackupException($"The host that uses {folder} runs. Stop it first.", inUse); }
    }
}
