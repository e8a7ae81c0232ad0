using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrustCenter.Keys;

/// <summary>One thing that was forgotten: a personal record, or without an id the whole tenant.</summary>
/// <param name="Utc">ISO 8601.</param>
public sealed record Erased(
    [property: JsonPropertyName("tenant")] Guid Tenant,
    [property: JsonPropertyName("id")] Guid? Id,
    [property: JsonPropertyName("utc")] string Utc);

/// <summary>
/// What was forgotten, one JSON line each, in <c>erasures.jsonl</c> beside the database and outside of every backup: a restored backup is older than what was
/// forgotten since, and the list is replayed over it (DESIGN, section 5). It holds ids and nothing personal.
/// </summary>
public sealed class ErasureList(string file)
{
    private readonly Lock turn = new();

    public string File => file;

    /// <summary>Durable when it returns. Call it after the commit that forgets: a line too many forgets nothing twice.</summary>
    public void Append(DateTimeOffset now, params IEnumerable<(Guid Tenant, Guid? Id)> erased)
    {
        var lines = new StringBuilder();
        foreach (var (tenant, id) in erased) lines.Append(JsonSerializer.Serialize(new Erased(tenant, id, now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), ErasureJson.Default.Erased)).Append('\n');
        lock (turn)
        {
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
            stream.Write(Encoding.UTF8.GetBytes(lines.ToString()));
            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>Every line; the last may be half written and is passed over.</summary>
    public static IEnumerable<Erased> Read(string file)
    {
        if (!System.IO.File.Exists(file)) yield break;
        foreach (var line in System.IO.File.ReadLines(file))
            if (TryRead(line) is { } erased) yield return erased;
    }

    private static Erased? TryRead(string line)
    {
        try { return line.Length == 0 ? null : JsonSerializer.Deserialize(line, ErasureJson.Default.Erased); }
        catch (JsonException) { return null; }
    }
}

[JsonSerializable(typeof(Erased))]
internal sealed partial class ErasureJson : JsonSerializerContext;
