using System.Diagnostics.CodeAnalysis;

namespace TrustCenter.Claims;

/// <summary>The addresses that a statement may link to, decided on the decoded address and never on its spelling in the source.</summary>
internal static class LinkTarget
{
    private const int LongestAddress = 2_000; // characters

    /// <summary>Accepts absolute https and http addresses without a user name, and mailto with an address alone.</summary>
    public static bool TryAllow(string? written, [NotNullWhen(true)] out string? address)
    {
        address = null;
        // Browsers drop tabs and line ends inside a scheme and read backslashes as slashes (WHATWG URL, section 4.4).
        if (written is not { Length: > 0 and <= LongestAddress } || written.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\')) return false;
        if (!Uri.TryCreate(written, UriKind.Absolute, out var uri) || !IsAllowed(uri, written)) return false;
        address = uri.AbsoluteUri;
        return true;
    }

    private static bool IsAllowed(Uri uri, string written) => uri.Scheme switch
    {
        "https" or "http" => StartsWith(written, uri.Scheme + "://") && uri.Host.Length > 0 && uri.UserInfo.Length == 0,
        "mailto" => StartsWith(written, "mailto:") && uri.UserInfo.Length > 0 && uri.Host.Length > 0
            && uri.Query.Length == 0 && uri.Fragment.Length == 0,
        _ => false,
    };

    private static bool StartsWith(string written, string prefix) => written.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
