using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace TrustCenter.Journal;

/// <summary>
/// JWS compact (RFC 7515) with ES256, narrowed to one string for each key, type and payload-and-signature: the header is a fixed text, spare
/// base64url bits are 0 and s is the lower of its two values. A general JWS library accepts all the other forms, so it isn't used.
/// </summary>
internal static class Jws
{
    private const int SignatureSize = 64; // bytes: r, s

    // The order of P-256 (NIST SP 800-186, section 3.2.1.3).
    private static readonly BigInteger Order = new(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    public static string Sign(string type, ReadOnlySpan<byte> payload, ECDsa key, PublicJwk @public)
    {
        var signed = $"{Header(type, @public)}.{Base64Url.EncodeToString(payload)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        Lower(signature);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public static bool TryOpen(string jws, string type, PublicJwk key, [NotNullWhen(true)] out byte[]? payload)
    {
        payload = null;
        var parts = jws.Split('.');
        if (parts.Length != 3 || parts[0] != Header(type, key)) return false;
        if (!TryDecode(parts[1], out var body) || !TryDecode(parts[2], out var signature)) return false;
        if (signature.Length != SignatureSize || IsHigh(signature)) return false;
        if (!key.Verify(Encoding.ASCII.GetBytes(jws[..jws.LastIndexOf('.')]), signature)) return false;
        payload = body;
        return true;
    }

    private static string Header(string type, PublicJwk key) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"ES256","kid":"{{key.Thumbprint}}","typ":"{{type}}"}"""));

    private static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (!text.All(char.IsAscii) || !Base64Url.IsValid(text)) return false;
        var decoded = Base64Url.DecodeFromChars(text);
        if (Base64Url.EncodeToString(decoded) != text) return false;
        bytes = decoded;
        return true;
    }

    private static bool IsHigh(ReadOnlySpan<byte> signature) => S(signature) > Order / 2;

    private static void Lower(Span<byte> signature)
    {
        if (!IsHigh(signature)) return;
        var s = (Order - S(signature)).ToByteArray(isUnsigned: true, isBigEndian: true);
        var half = signature[(SignatureSize / 2)..];
        half.Clear();
        s.CopyTo(half[(half.Length - s.Length)..]);
    }

    private static BigInteger S(ReadOnlySpan<byte> signature) => new(signature[(SignatureSize / 2)..], isUnsigned: true, isBigEndian: true);
}
