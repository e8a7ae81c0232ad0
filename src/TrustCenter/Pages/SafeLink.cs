using TrustCenter.Prospects;

namespace TrustCenter.Pages;

/// <summary>Addresses that vendors typed, before they become links: a script is not an address (ABUSE T-060).</summary>
public static class SafeLink
{
    /// <summary>The address when it is https, http or mailto; otherwise null, and the page shows text.</summary>
    public static string? Of(string address)
        => Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "mailto" ? uri.AbsoluteUri : null;

    public static string? Mail(string address) => EmailAddress.TryParse(address, out var parsed) ? "mailto:" + parsed : null;
}
