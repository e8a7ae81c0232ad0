using System.Text.Json;

namespace TrustCenter.Documents;

/// <summary>Tells whether a document is signed.</summary>
internal static class Signatures
{
    /// <summary>A signature dictionary says which bytes it covers (ISO 32000-1, 12.8.1).</summary>
    public static bool In(PdfObjects objects) =>
        objects.All.Any(value => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("/ByteRange", out _))
        || objects.All.Any(value => objects.Get(value, "/V") is { } signature && objects.Get(signature, "/ByteRange") is not null);
}
