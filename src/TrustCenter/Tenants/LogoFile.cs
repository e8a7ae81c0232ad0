using System.Xml;
using System.Xml.Linq;

namespace TrustCenter.Tenants;

/// <summary>A logo as SVG: drawing elements only, nothing that runs, nothing from elsewhere (ABUSE T-045).</summary>
public static class LogoFile
{
    public const int Longest = 64 * 1024; // characters
    public const string Refusal = "This is not an SVG drawing that can be shown. Remove scripts, styles, pictures and links from it, and keep it under 64 kB.";

    private static readonly HashSet<string> Elements = ["svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc", "defs", "linearGradient", "radialGradient", "stop", "clipPath"];

    /// <summary>The same drawing, when it holds nothing else; else null.</summary>
    public static string? Read(string svg)
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
