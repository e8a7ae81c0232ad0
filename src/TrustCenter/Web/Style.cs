using System.Security.Cryptography;
using System.Text;

namespace TrustCenter.Web;

/// <summary>The style sheets, inlined into pages; the content security policy names each by its hash (CSP Level 3, section 2.3.1).</summary>
public sealed record Style(string Text, string Source)
{
    private static readonly string Base = Read("page.css"), Parts = Read("parts.css");

    /// <summary>Gate and room, and pages that say little.</summary>
    public static readonly Style Page = From(Base + Parts + Read("gate.css") + Accent.Rules(""));

    /// <summary>The vendor's home page: only what it needs, because it is weighed.</summary>
    public static readonly Style Home = From(Base + Read("public.css"));

    /// <summary>The other public pages.</summary>
    public static readonly Style Inner = From(Home.Text + Parts + Read("inner.css"));

    /// <summary>The console: the page's style and what only the console needs.</summary>
    public static readonly Style Console = From(Page.Text + Read("console.css"));

    /// <summary>The vendor's accent over one of the sheets; the last rule counts, over the house's own that pages without a vendor have.</summary>
    public static Style WithAccent(Style style, string accent) => From(style.Text + Accent.Rules(accent));

    private static Style From(string text) => new(text, $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'");

    // White space between rules costs bytes on every page and tells a browser nothing.
    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Style).Assembly.GetManifestResourceStream("TrustCenter.Web." + name)!);
        return string.Concat(reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith("/*", StringComparison.Ordinal)));
    }
}
