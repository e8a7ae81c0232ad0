using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TrustCenter.Journal;

/// <summary>A public P-256 key as a JWK. Its thumbprint names it everywhere. One thread at a time.</summary>
public sealed class PublicJwk
{
    private const int CoordinateSize = 32; // bytes
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly ECDsa _key;

    private PublicJwk(byte[] x, byte[] y)
    {
        _key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });
        Json = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(x)}}","y":"{{Base64Url.EncodeToString(y)}}"}""";
        Thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Json)));
    }

    /// <summary>Exactly the members and order that RFC 7638, section 3.2, hashes.</summary>
    public string Json { get; }

    /// <summary>RFC 7638, SHA-256, base64url.</summary>
    public string Thumbprint { get; }

    public static PublicJwk Of(ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        if (key.KeySize != 256 || parameters.Curve.Oid is not { } curve || (curve.Value != P256 && curve.FriendlyName != ECCurve.NamedCurves.nistP256.Oid.FriendlyName))
            throw new ArgumentException("Checkpoints are signed with a P-256 key.", nameof(key));
        return new PublicJwk(parameters.Q.X!, parameters.Q.Y!);
    }

    /// <summary>Reads a JWK written as <see cref="Json"/>, and nothing else: another order or member would be another text of the same key.</summary>
    public static bool TryParse(string json, [NotNullWhen(true)] out PublicJwk? key)
    {
        key = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var (x, y) = (Coordinate(document.RootElement, "x"), Coordinate(document.RootElement, "y"));
            if (x.Length != CoordinateSize || y.Length != CoordinateSize) return false;
            var read = new PublicJwk(x, y);
            if (read.Json != json) return false;
            key = read;
            return true;
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or CryptographicException)
        {
            return false;
        }
    }

    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private static byte[] Coordinate(JsonElement jwk, string name) => Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());
}
