using System.Text;
using System.Xml;
using System.Xml.Linq;
using TrustCenter.Web;

namespace TrustCenter.Tenants;

/// <summary>A logo. An SVG is kept as its text, of drawing elements only, nothing that runs, nothing from elsewhere (ABUSE T-045); a PNG as a data address.</summary>
public static class LogoFile
{
    public const int Longest = 64 * 1024; // characters of an SVG
    public const int LongestFile = 4 * Longest; // bytes; so many characters, or a PNG
    public const string Svg = "image/svg+xml", Png = "image/png";

    private const string Refusal = "This is neither a PNG picture nor an SVG drawing that can be shown. Remove scripts, styles, pictures and links from a drawing, and keep it under 64 kB.";
    private const string PngAddress = $"data:{Png};base64,";

    private static readonly HashSet<string> Elements = ["svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc", "defs", "linearGradient", "radialGradient", "stop", "clipPath"];

    public static bool IsPng(string? logo) => logo?.StartsWith(PngAddress, StringComparison.Ordinal) == true;

    /// <summary>What a file holds, as a logo is kept; not yet checked.</summary>
    public static string Text(byte[] file)
    {
        if (PngFile.Begins(file)) return PngAddress + Convert.ToBase64String(file);
        using var reader = new StreamReader(new MemoryStream(file));
        return reader.ReadToEnd();
    }

    /// <summary>The same logo, when it holds nothing else; else null and what to do.</summary>
    public static string? Read(string logo, out string refusal)
    {
        if (!IsPng(logo))
        {
            refusal = Refusal;
            return Drawing(logo);
        }
        var file = new byte[logo.Length];
        if (!Convert.TryFromBase64Chars(logo.AsSpan(PngAddress.Length), file, out var length)) length = 0;
        return PngFile.Read(file[..length], out refusal) is { } kept ? PngAddress + Convert.ToBase64String(kept) : null;
    }

    public static string? Read(string logo) => Read(logo, out _);

    public static byte[] Bytes(string logo) => IsPng(logo) ? Convert.FromBase64String(logo[PngAddress.Length..]) : Encoding.UTF8.GetBytes(logo);

    /// <summary>For a page on another host than the vendor's. A picture, and no markup: an SVG in an img runs nothing and loads nothing.</summary>
    public static string DataAddress(string logo) => IsPng(logo) ? logo : $"data:{Svg};base64,{Convert.ToBase64String(Bytes(logo))}";

    /// <summary>Where the vendor's own host has it; null: it has none.</summary>
    public static string? Address(Vendor vendor, Paths paths) => string.IsNullOrWhiteSpace(vendor.Logo) ? null : IsPng(vendor.Logo) ? paths.LogoPng : paths.Logo;

    private static string? Drawing(string svg)
    {
        if (svg.Length > Longest) return null;
        try
        {
            using var reader = XmlReader.Create(new StringReader(svg), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = Longest });
            var root = XDocument.Load(reader).Root!;
            return root.Name.LocalName == "svg" && root.DescendantsAndSelf().All(IsDrawing) ? root.ToString(SaveOptions.DisableFormatting) : null;
        }
        catch (XmlException) { return null; }
    }

    private static bool IsDrawing(XElement element) => Elements.Contains(element.Name.LocalName) && element.Attributes().All(a =>
        a.IsNamespaceDeclaration || (!a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) && a.Name.LocalName is not ("href" or "style")
            && (!a.Value.Contains("url(", StringComparison.OrdinalIgnoreCase) || a.Value.StartsWith("url(#", StringComparison.Ordinal))));
}
