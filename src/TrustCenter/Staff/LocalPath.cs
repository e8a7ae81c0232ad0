using System.Text;
using System.Text.Unicode;

namespace TrustCenter.Staff;

/// <summary>Where to go after signing in: a path on this host or nothing (T-020). Decided by what is allowed, not by what is known as hostile.</summary>
public static class LocalPath
{
    public const int LongestPath = 2_000; // characters, query included

    // What the product's own addresses are made of. No percent sign: a proxy may decode it into a slash, a dot or a backslash.
    private const string PathSigns = "/-._~:@+,=";

    // RFC 3986, section 3.4, without the apostrophe.
    private const string QuerySigns = "/?-._~:@!$&()*+,;=%";

    private const int DeepestEncoding = 5; // times that a query may be encoded in itself: an address in an address in an address

    /// <summary>Answers <paramref name="returnUrl"/> when it is a plain local path with or without a query, else <paramref name="fallback"/>. Never throws.</summary>
    public static string OrDefault(string? returnUrl, string fallback) => IsLocal(returnUrl) ? returnUrl! : fallback;

    private static bool IsLocal(string? url)
    {
        if (url is not { Length: > 0 and <= LongestPath } || url[0] != '/') return false;
        var question = url.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? IsPath(url) : IsPath(url[..question]) && IsQuery(url[(question + 1)..]);
    }

    private static bool IsPath(string path)
    {
        if (!path.All(c => char.IsAsciiLetterOrDigit(c) || PathSigns.Contains(c, StringComparison.Ordinal))) return false;
        var segments = path.Split('/');
        // Only the last may be empty: //host is an address elsewhere. A segment of dots alone climbs.
        return segments[1..].Index().All(segment => segment.Item.Length > 0 ? segment.Item.Any(c => c != '.') : segment.Index == segments.Length - 2);
    }

    private static bool IsQuery(string query)
    {
        if (!query.All(c => char.IsAsciiLetterOrDigit(c) || QuerySigns.Contains(c, StringComparison.Ordinal))) return false;
        var bytes = Encoding.ASCII.GetBytes(query);
        for (var i = 0; i < DeepestEncoding; i++)
        {
            if (Decode(bytes, strict: i == 0) is not { } decoded || !IsHarmless(decoded)) return false;
            if (decoded.AsSpan().SequenceEqual(bytes)) return true;
            bytes = decoded;
        }

        return false;
    }

    // Overlong and broken UTF-8 is how a slash hides from a check: %c0%af.
    private static bool IsHarmless(byte[] bytes) => Utf8.IsValid(bytes)
        && Encoding.UTF8.GetString(bytes).All(c => c == ' ' || !(char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\'));

    // After the first time a percent sign may be the text's own: "100 %".
    private static byte[]? Decode(byte[] text, bool strict)
    {
        var decoded = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isEncoded = text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]);
            if (text[i] == '%' && !isEncoded && strict) return null;
            decoded.Add(isEncoded ? Convert.ToByte(Encoding.ASCII.GetString(text, i + 1, 2), 16) : text[i]);
            if (isEncoded) i += 2;
        }

        return [.. decoded];
    }
}
