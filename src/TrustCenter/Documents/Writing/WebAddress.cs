namespace TrustCenter.Documents;

/// <summary>Addresses that a document may link to.</summary>
internal static class WebAddress
{
    private const int Longest = 1_000; // characters; a QR code of it can still be scanned at 30 mm

    public static string Of(string address) =>
        address.Length <= Longest && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeMailto)
            ? uri.AbsoluteUri
            : throw new PdfRefusedException($"A link starts with https://, http:// or mailto: and has at most {Longest} characters.");
}
