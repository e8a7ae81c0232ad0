using System.IO.Compression;
using System.Security.Cryptography;

namespace TrustCenter.Operation;

/// <summary>A backup as a file: a ZIP with the manifest, its MAC, the database and, only when asked for, the host's key.</summary>
public static class BackupArchive
{
    private const string ManifestName = "manifest.json", MacName = "manifest.mac", DatabaseName = "trustcenter.db", KeyName = "host.key";
    private const long LargestSmallPart = 64L * 1024 * 1024; // bytes; a manifest has about 200 a log

    /// <summary>Appears under its name only when it is whole and on the disk; only its owner may read it.</summary>
    public static void Write(string file, byte[] manifest, byte[] mac, string database, byte[]? key)
    {
        var part = file + ".part";
        File.Delete(part);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(part, create))
        {
            using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            {
                Put(zip, ManifestName, manifest);
                Put(zip, MacName, mac);
                if (key is not null) Put(zip, KeyName, key);
                using var from = File.OpenRead(database);
                using var to = zip.CreateEntry(DatabaseName, CompressionLevel.Fastest).Open();
                from.CopyTo(to);
            }
            stream.Flush(flushToDisk: true);
        }
        File.Move(part, file, overwrite: false);
    }

    /// <summary>The small parts, and the database unpacked to <paramref name="database"/> with its hash, hex.</summary>
    /// <exception cref="BackupException">It is not a backup.</exception>
    public static (byte[] Manifest, byte[] Mac, byte[]? Key, string Sha256) Read(string file, string database, long most)
    {
        try
        {
            using var zip = ZipFile.OpenRead(file);
            var (manifest, mac) = (Get(zip, ManifestName), Get(zip, MacName));
            if (manifest is null || mac is null || zip.GetEntry(DatabaseName) is not { } entry) throw new BackupException($"{file} is not a backup of a trust center.");
            using (var from = entry.Open())
            using (var to = new FileStream(database, FileMode.CreateNew, FileAccess.Write))
            {
                Copy(from, to, Math.Min(most, entry.Length));
                to.Flush(flushToDisk: true);
            }
            return (manifest, mac, Get(zip, KeyName), HashOf(database));
        }
        catch (InvalidDataException broken) { throw new BackupException($"{file} is not a backup, or it is damaged. Use another one.", broken); }
    }

    public static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    // A packed file may unpack to more than it says.
    private static void Copy(Stream from, Stream to, long most)
    {
        var buffer = new byte[1024 * 1024];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            if ((most -= read) < 0) throw new BackupException("This backup holds more than it says. Use another one.");
            to.Write(buffer, 0, read);
        }
    }

    private static void Put(ZipArchive zip, string name, byte[] bytes)
    {
        using var to = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        to.Write(bytes);
    }

    private static byte[]? Get(ZipArchive zip, string name)
    {
        if (zip.GetEntry(name) is not { Length: <= LargestSmallPart } entry) return null;
        using var from = entry.Open();
        using var bytes = new MemoryStream();
        Copy(from, bytes, entry.Length);
        return bytes.ToArray();
    }
}
