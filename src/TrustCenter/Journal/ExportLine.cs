using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace TrustCenter.Journal;

/// <summary>
/// A line of an export. <see cref="ToBytes"/> is the only form that <see cref="Parse"/> accepts: what was read is written again and compared,
/// so no bit of a line is without meaning.
/// </summary>
internal abstract record ExportLine
{
    /// <summary>Bytes: the longest entry with every character escaped, and its revealed values.</summary>
    public const int Longest = 4 * 1024 * 1024;

    /// <summary>The line with its end.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        var line = new JsonLine().Open('{');
        Write(line);
        return line.Close('}').End();
    }

    /// <summary>The line, given without its end; null when it isn't in the one exact form.</summary>
    public static ExportLine? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var line = Read(document.RootElement);
            return line is not null && line.ToBytes().Span[..^1].SequenceEqual(bytes.Span) ? line : null;
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return null;
        }
    }

    /// <summary>What reading hostile JSON may throw. <see cref="ArgumentException"/>: half a surrogate pair, written again.</summary>
    public static bool IsUnreadable(Exception exception) =>
        exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException;

    protected static byte[] Hash(JsonElement json, string name)
    {
        var hash = Base64Url.DecodeFromChars(Text(json, name));
        return hash.Length == MerkleTree.HashSize ? hash : throw new FormatException("A hash has 32 bytes.");
    }

    protected static string Text(JsonElement json, string name) => Text(json.GetProperty(name));

    protected static string Text(JsonElement json) => json.GetString() ?? throw new FormatException("A text is missing.");

    protected abstract void Write(JsonLine line);

    private static ExportLine? Read(JsonElement json)
    {
        if (json.TryGetProperty("log", out _)) return EntryLine.Read(json);
        if (json.TryGetProperty("checkpoint", out var checkpoint)) return new CheckpointLine(Text(checkpoint));
        if (json.TryGetProperty("seal", out var seal)) return new SealLine(Text(seal));
        return json.TryGetProperty("format", out _) ? HeaderLine.Read(json) : null;
    }
}

/// <summary>The last checkpoint line after an entry stands for all entries up to there.</summary>
internal sealed record CheckpointLine(string Jws) : ExportLine
{
    protected override void Write(JsonLine line) => line.Name("checkpoint").Text(Jws);
}

internal sealed record SealLine(string Jws) : ExportLine
{
    protected override void Write(JsonLine line) => line.Name("seal").Text(Jws);
}

/// <summary>The first line: whose logs these are, and the key that everything in the file is signed with.</summary>
internal sealed record HeaderLine(string Vendor, Guid Tenant, IReadOnlyList<string> Logs, bool Withheld, PublicJwk Key, long Utc) : ExportLine
{
    public const int LongestVendor = 200; // characters

    private const string Format = "trustcenter-journal-export";
    private const long Version = 1;

    public static HeaderLine? Read(JsonElement json)
    {
        if (Text(json, "format") != Format || json.GetProperty("version").GetInt64() != Version) return null;
        if (!PublicJwk.TryParse(json.GetProperty("key").GetRawText(), out var key)) return null;
        var header = new HeaderLine(
            Text(json, "vendor"), json.GetProperty("tenant").GetGuid(), [.. json.GetProperty("logs").EnumerateArray().Select(Text)],
            Text(json, "personal") == "withheld", key, json.GetProperty("exported").GetInt64());
        return header.IsSound() ? header : null;
    }

    public bool IsSound() =>
        Vendor.Length <= LongestVendor && Logs.Count > 0 && Logs.Distinct().Count() == Logs.Count
        && Logs.All(log => log is JournalEntry.Journal or JournalEntry.Publications);

    protected override void Write(JsonLine line)
    {
        line.Name("format").Text(Format).Name("version").Number(Version)
            .Name("vendor").Text(Vendor).Name("tenant").Text(Tenant.ToString()).Name("logs").Open('[');
        foreach (var log in Logs) line.Text(log);
        line.Close(']').Name("personal").Text(Withheld ? "withheld" : "revealed").Name("key").Raw(Key.Json).Name("exported").Number(Utc);
    }
}
