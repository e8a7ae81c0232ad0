using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrustCenter.Keys;

/// <summary>One thing that was forgotten: a personal record, or without an id the whole tenant.</summary>
/// <param name="Utc">ISO 8601.</param>
/// <param name="IsSealed">Not destroyed yet: kept unseen as the proof of an accepted agreement. The last line of a record counts.</param>
public sealed record Erased(
    [property: JsonPropertyName("tenant")] Guid Tenant,
    [property: JsonPropertyName("id")] Guid? Id,
    [property: JsonPropertyName("utc")] string Utc,
    [property: JsonPropertyName("sealed")] bool IsSealed = false);

/// <summary>
/// What was forgotten, one JSON line each, in <c>erasures.jsonl</c> beside the database and outside of every backup: a restored backup is older than what was
/// forgotten since, and the list is replayed over it (DESIGN, section 5). It holds ids and nothing personal. Written before the database, so that a
/// crash between forgets too much rather than too little.
/// </summary>
public sealed class ErasureList(string file)
{
    private readonly Lock turn = new();

    /// <summary>Durable when it returns; a line too many forgets nothing twice.</summary>
    public void Append(DateTimeOffset now, params IEnumerable<(Guid Tenant, Guid? Id, bool IsSealed)> erased)
    {
        var utc = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        var lines = string.Concat(erased.Select(e => JsonSerializer.Serialize(new Erased(e.Tenant, e.Id, utc, e.IsSealed), ErasureJson.Default.Erased) + "\n"));
        if (lines.Length == 0) return;
        lock (turn)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var stream = new FileStream(file, options);
            if (EndsInside(stream)) lines = "\n" + lines; // a crash cut the last line: what follows must not be read with it
            stream.Seek(0, SeekOrigin.End);
            stream.Write(Encoding.UTF8.GetBytes(lines));
            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>Every whole line, the oldest first.</summary>
    public IEnumerable<Erased> Read()
    {
        if (!File.Exists(file)) yield break;
        foreach (var line in File.ReadLines(file))
            if (TryRead(line) is { } erased) yield return erased;
    }

    private static bool EndsInside(FileStream stream)
    {
        if (stream.Length == 0) return false;
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() != '\n';
    }

    private static Erased? TryRead(string line)
    {
        try { return line.Length == 0 ? null : JsonSerializer.Deserialize(line, ErasureJson.Default.Erased); }
        catch (JsonException) { return null; }
    }
}

[JsonSerializable(typeof(Erased))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class ErasureJson : JsonSerializerContext;
