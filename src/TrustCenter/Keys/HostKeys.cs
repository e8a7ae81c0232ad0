using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TrustCenter.Engine;

namespace TrustCenter.Keys;

/// <summary>
/// Keys that lie in the data folder and never in the database: whoever holds a copy of the database alone can open no link,
/// read no address and forge no state (ABUSE T-008, T-132). Random roots; a key per purpose by HKDF (RFC 5869). The file has 32 bytes, one root for
/// all; after a rotation 64: the root that was drawn last, and the first one for what must stay the same as long as there is data.
/// </summary>
public sealed class HostKeys
{
    private const int RootLength = 32; // bytes
    private const int NonceLength = 12, TagLength = 16; // bytes; AES-GCM (NIST SP 800-38D)

    private readonly byte[] state, sealing, forms, backups;
    private readonly byte[] salt, links, lookup, codes; // stay: addresses that people hold, pseudonyms and hashes that nothing can be computed from again

    /// <param name="file">What <c>host.key</c> holds.</param>
    public HostKeys(byte[] file)
    {
        if (!IsFile(file)) throw new ArgumentException($"The host key has {file.Length} bytes; it needs {RootLength}, or {2 * RootLength} after a rotation.", nameof(file));
        var (last, first) = (file[..RootLength], file[^RootLength..]);
        static byte[] Derive(byte[] root, string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, root, RootLength, info: Encoding.ASCII.GetBytes("trust-center/" + purpose));
        (state, sealing, forms, backups) = (Derive(last, "state"), Derive(last, "sealing"), Derive(last, "forms"), Derive(last, "backups"));
        (salt, links, lookup, codes) = (Derive(first, "state"), Derive(first, "links"), Derive(first, "lookup"), Derive(first, "codes"));
    }

    public static bool IsFile(byte[] file) => file.Length is RootLength or 2 * RootLength;

    /// <summary>A key file with a new root beside the first one of <paramref name="file"/>.</summary>
    public static byte[] Rotated(byte[] file) => [.. RandomNumberGenerator.GetBytes(RootLength), .. file[^RootLength..]];

    /// <summary>Reads the root from <paramref name="folder"/>, or makes one there that only the owner may read.</summary>
    /// <param name="mayCreate">False when there is data already: a new key would make all of it unreadable.</param>
    /// <exception cref="InvalidOperationException">There is data, but its key is gone.</exception>
    public static HostKeys FromFolder(string folder, bool mayCreate)
    {
        var file = Path.Combine(folder, "host.key");
        if (File.Exists(file + KeyRotation.Next)) throw new InvalidOperationException($"A rotation of the key {file} broke off. Finish it: rotate-key.");
        if (File.Exists(file)) return new HostKeys(File.ReadAllBytes(file));
        if (!mayCreate) throw new InvalidOperationException($"There is a database, but its key {file} is missing. Restore it from the backup; without it no stored state can be trusted.");
        var root = RandomNumberGenerator.GetBytes(RootLength);
        Keep(folder, root);
        return new HostKeys(root);
    }

    /// <summary>Writes the root into <paramref name="folder"/>, where none is yet, so that only the owner may read it.</summary>
    public static void Keep(string folder, byte[] root) => KeepAs(Path.Combine(folder, "host.key"), root);

    internal static void KeepAs(string file, byte[] root)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(file + ".part", options))
        {
            stream.Write(root);
            stream.Flush(flushToDisk: true);
        }
        // Under its own name it is whole or not there, also after the power failed; and nothing is sealed with it before that name is on the disk.
        File.Move(file + ".part", file);
        using var named = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(named);
    }

    public byte[] StateMac(AggregateId id, long etag, int format, byte[] body, string done)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, state);
        Append(mac, id, etag);
        AppendField(mac, BitConverter.GetBytes(format));
        AppendField(mac, body);
        AppendField(mac, Encoding.UTF8.GetBytes(done));
        return mac.GetHashAndReset();
    }

    /// <summary>The salted hash that a journal entry carries: it tells nothing about the state to whoever lacks the key.</summary>
    public byte[] StateHash(AggregateId id, long etag, byte[] body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, salt);
        AppendField(mac, "journal"u8);
        Append(mac, id, etag);
        AppendField(mac, body);
        return mac.GetHashAndReset();
    }

    /// <summary>128 bits for a link's address; the same every time, so that a rep can copy his link again.</summary>
    public string LinkToken(Guid tenant, Guid link, int generation)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, links);
        AppendField(mac, tenant.ToByteArray(bigEndian: true));
        AppendField(mac, link.ToByteArray(bigEndian: true));
        AppendField(mac, BitConverter.GetBytes(generation));
        return System.Buffers.Text.Base64Url.EncodeToString(mac.GetHashAndReset().AsSpan(0, 16));
    }

    /// <summary>Names this key without telling anything about it: a backup and a shared database say with it which key opens them.</summary>
    public string Name => Convert.ToHexStringLower(HMACSHA256.HashData(backups, "name"u8).AsSpan(0, 8));

    /// <summary>Over a backup's manifest: who lacks the key can change no backup unseen.</summary>
    public byte[] BackupMac(ReadOnlySpan<byte> manifest) => HMACSHA256.HashData(backups, manifest);

    /// <summary>A pseudonym of an e-mail address within one tenant: equal addresses are equal, and it cannot be guessed without the key.</summary>
    public byte[] Lookup(Guid tenant, string value) => Keyed(lookup, tenant, value);

    /// <summary>What is stored of a typed code: six digits alone could be tried out in a copy of the database.</summary>
    public byte[] CodeHash(Guid visit, string code) => Keyed(codes, visit, code);

    /// <summary>Ties a form to the page it was drawn into, where no cookie may be set yet.</summary>
    public string FormStamp(Guid scope, string purpose) => Convert.ToHexStringLower(Keyed(forms, scope, purpose).AsSpan(0, 16));

    public byte[] Seal(ReadOnlySpan<byte> clear) => Seal(sealing, clear);

    public byte[] Open(ReadOnlySpan<byte> sealedBytes) => Open(sealing, sealedBytes);

    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> clear)
    {
        var output = new byte[NonceLength + clear.Length + TagLength];
        RandomNumberGenerator.Fill(output.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(output.AsSpan(0, NonceLength), clear, output.AsSpan(NonceLength, clear.Length), output.AsSpan(NonceLength + clear.Length));
        return output;
    }

    /// <exception cref="CryptographicException">Another key, or changed bytes.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < NonceLength + TagLength) throw new CryptographicException("Sealed bytes are too short.");
        var clear = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(sealedBytes[..NonceLength], sealedBytes.Slice(NonceLength, clear.Length), sealedBytes[^TagLength..], clear);
        return clear;
    }

    private static byte[] Keyed(byte[] key, Guid scope, string value)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        AppendField(mac, scope.ToByteArray(bigEndian: true));
        AppendField(mac, Encoding.UTF8.GetBytes(value));
        return mac.GetHashAndReset();
    }

    private static void Append(IncrementalHash mac, AggregateId id, long etag)
    {
        AppendField(mac, id.Tenant.ToByteArray(bigEndian: true));
        AppendField(mac, Encoding.ASCII.GetBytes(id.Kind));
        AppendField(mac, id.Key.ToByteArray(bigEndian: true));
        AppendField(mac, BitConverter.GetBytes(etag));
    }

    // Every field with its length: two neighbours never share a border (ABUSE T-092).
    private static void AppendField(IncrementalHash mac, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        mac.AppendData(length);
        mac.AppendData(field);
    }
}
