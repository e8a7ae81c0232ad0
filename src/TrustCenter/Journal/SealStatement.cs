using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TrustCenter.Journal;

/// <summary>What the last line signs: the SHA-256 of every byte before it, and the size and root of each log.</summary>
internal sealed record SealStatement(Guid Tenant, byte[] Sha256, IReadOnlyList<SealedLog> Logs)
{
    private const string Type = "trustcenter-seal";

    public string Sign(CheckpointSigner signer) => signer.Sign(Type, Payload());

    public static bool TryVerify(string jws, PublicJwk key, [NotNullWhen(true)] out SealStatement? seal)
    {
        seal = null;
        try
        {
            if (!Jws.TryOpen(jws, Type, key, out var payload)) return false;
            using var document = JsonDocument.Parse(payload);
            var json = document.RootElement;
            var logs = json.GetProperty("logs").EnumerateArray()
                .Select(log => new SealedLog(log.GetProperty("log").GetString()!, log.GetProperty("size").GetInt64(), Base64Url.DecodeFromChars(log.GetProperty("root").GetString())));
            var read = new SealStatement(json.GetProperty("tenant").GetGuid(), Base64Url.DecodeFromChars(json.GetProperty("sha256").GetString()), [.. logs]);
            if (!read.Payload().AsSpan().SequenceEqual(payload)) return false;
            seal = read;
            return true;
        }
        catch (Exception unreadable) when (ExportLine.IsUnreadable(unreadable))
        {
            return false;
        }
    }

    private byte[] Payload()
    {
        var json = new JsonLine().Open('{').Name("tenant").Text(Tenant.ToString()).Name("sha256").Hash(Sha256).Name("logs").Open('[');
        foreach (var log in Logs) json.Open('{').Name("log").Text(log.Log).Name("size").Number(log.Size).Name("root").Hash(log.Root).Close('}');
        return json.Close(']').Close('}').Written.ToArray();
    }
}

internal sealed record SealedLog(string Log, long Size, byte[] Root);
