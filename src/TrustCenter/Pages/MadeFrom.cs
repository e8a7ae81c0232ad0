using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrustCenter.Store;

namespace TrustCenter.Pages;

/// <summary>From what each stored page was made, kept beside the pages and changed with them in one transaction.</summary>
/// <param name="Model">Of what the page depends on.</param>
/// <param name="Sha">SHA-256 of its bytes, hex.</param>
public sealed record MadePage(string Model, string Sha);

public static class MadeFrom
{
    private static readonly string Build = typeof(MadeFrom).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    /// <summary>Another build, another day or another prefix: everything is looked at again.</summary>
    public static string Mark(DateOnly today, string prefix) => $"{Build} {today:yyyy-MM-dd} {prefix}";

    public static Dictionary<string, MadePage> Read(StoredSnapshot? stored)
    {
        if (stored is null) return [];
        var made = JsonSerializer.Deserialize(stored.Body, MadeJson.Default.DictionaryStringMadePage)!;
        // Another build may make another page from the same model.
        return stored.ETag.StartsWith(Build, StringComparison.Ordinal) ? made : made.ToDictionary(m => m.Key, m => m.Value with { Model = "" });
    }

    public static StoredSnapshot Write(Dictionary<string, MadePage> made, string mark, DateTimeOffset now)
        => new(PageNames.Made, "application/json", JsonSerializer.SerializeToUtf8Bytes(made, MadeJson.Default.DictionaryStringMadePage), [], mark, now);

    /// <summary>The manifest's bytes: what the log entry's hash is over.</summary>
    public static byte[] Manifest(Dictionary<string, MadePage> made)
        => Encoding.UTF8.GetBytes(string.Concat(made.Where(m => PageNames.IsAddress(m.Key)).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Value.Sha}  {m.Key}\n")));
}

[JsonSerializable(typeof(Dictionary<string, MadePage>))]
internal sealed partial class MadeJson : JsonSerializerContext;
