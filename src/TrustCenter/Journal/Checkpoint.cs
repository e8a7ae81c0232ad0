using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TrustCenter.Journal;

/// <summary>What a vendor signs: at this time, this log had this many entries, and this root. Whoever keeps one is a witness.</summary>
public sealed record Checkpoint
{
    internal const string Type = "trustcenter-checkpoint";

    public required Guid Tenant { get; init; }
    public required string Log { get; init; }
    public required long Size { get; init; } // entries
    public required byte[] Root { get; init; } // 32 bytes, RFC 9162
    public required long Utc { get; init; } // microseconds since 1970-01-01

    /// <summary>
    /// Reads a JWS that this key signed. There is one exact string for a signature: another algorithm, header, spelling or type is refused.
    /// </summary>
    public static bool TryVerify(string jws, PublicJwk key, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        return Jws.TryOpen(jws, Type, key, out var payload) && TryParse(payload, out checkpoint);
    }

    internal static string Sign(Checkpoint checkpoint, CheckpointSigner signer) => signer.Sign(Type, checkpoint.Payload());

    private static bool TryParse(byte[] payload, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        try
        {
            using var document = JsonDocument.Parse(payload);
            var json = document.RootElement;
            var read = new Checkpoint
            {
                Tenant = json.GetProperty("tenant").GetGuid(),
                Log = json.GetProperty("log").GetString()!,
                Size = json.GetProperty("size").GetInt64(),
                Root = Base64Url.DecodeFromChars(json.GetProperty("root").GetString()),
                Utc = json.GetProperty("utc").GetInt64(),
            };
            if (read.Size < 0 || read.Root.Length != MerkleTree.HashSize || !read.Payload().AsSpan().SequenceEqual(payload)) return false;
            checkpoint = read;
            return true;
        }
        catch (Exception unreadable) when (ExportLine.IsUnreadable(unreadable))
        {
            return false;
        }
    }

    private byte[] Payload() => new JsonLine().Open('{')
        .Name("tenant").Text(Tenant.ToString())
        .Name("log").Text(Log)
        .Name("size").Number(Size)
        .Name("root").Hash(Root)
        .Name("utc").Number(Utc)
        .Close('}').Written.ToArray();
}
