using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrustCenter.Keys;

namespace TrustCenter.Operation;

/// <summary>What a backup says of itself, under a MAC of the host's key.</summary>
public sealed record BackupManifest
{
    public const int CurrentFormat = 1;

    public required int Format { get; init; }
    public required string Product { get; init; } // version of the product that wrote it
    public required int Migration { get; init; } // of the database
    public required DateTimeOffset At { get; init; }
    public required string Sha256 { get; init; } // of the database, hex
    public required long Bytes { get; init; }
    public required string Key { get; init; } // the name of the host's key that opens it
    public required bool WithKey { get; init; } // the key lies beside it, in clear: the file is a full copy
    public required IReadOnlyList<LogHead> Heads { get; init; }

    public static byte[] Write(BackupManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.BackupManifest);

    /// <exception cref="BackupException">It is no manifest of this product.</exception>
    public static BackupManifest Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, BackupJson.Default.BackupManifest) is { Format: CurrentFormat } manifest ? manifest : throw new BackupException("This backup was written by a newer release. Restore it with that one.");
        }
        catch (JsonException) { throw new BackupException("This file is not a backup of a trust center."); }
    }

    public static bool IsSealedBy(HostKeys keys, byte[] manifest, byte[] mac) => CryptographicOperations.FixedTimeEquals(keys.BackupMac(manifest), mac);
}

/// <summary>How far one log of one tenant reached, and its root (RFC 9162), hex.</summary>
public sealed record LogHead(Guid Tenant, string Log, long Size, string Root);

/// <summary>A backup cannot be made or used; the message says what to do, and nothing was changed.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);

[JsonSerializable(typeof(BackupManifest))]
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class BackupJson : JsonSerializerContext;
