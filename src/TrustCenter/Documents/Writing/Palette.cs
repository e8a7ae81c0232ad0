using System.Globalization;

namespace TrustCenter.Documents;

/// <summary>A colour in sRGB; parts from 0 to 1.</summary>
internal readonly record struct Colour(double Red, double Green, double Blue)
{
    public static Colour Of(string hex) => hex.Length == 7 && hex[0] == '#' && int.TryParse(hex.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb)
        ? new Colour((rgb >> 16) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0)
        : throw new ArgumentException($"A colour is written #rrggbb, not \"{hex}\".", nameof(hex));

    /// <summary>WCAG 2.2, contrast ratio against white.</summary>
    public double ContrastOnWhite() => 1.05 / ((0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue)) + 0.05);

    /// <summary>The same hue, darkened in steps until text in it can be read on white.</summary>
    public Colour ReadableOnWhite()
    {
        var colour = this;
        while (colour.ContrastOnWhite() < Palette.LeastContrast) colour = new Colour(colour.Red * 0.96, colour.Green * 0.96, colour.Blue * 0.96);
        return colour;
    }

    private static double Linear(double part) => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
}

/// <summary>Neutral greys, one accent, and a colour for each status (never colour alone: shape and word stand with it).</summary>
internal static class Palette
{
    public const double LeastContrast = 4.5; // WCAG 2.2, 1.4.3

    public static readonly Colour Ink = Colour.Of("#1b1f24");
    public static readonly Colour Grey = Colour.Of("#59636e");
    public static readonly Colour Hairline = Colour.Of("#d1d7de");
    public static readonly Colour White = Colour.Of("#ffffff");

    public static Colour Of(ClaimMark mark) => mark switch
    {
        ClaimMark.InPlace => Colour.Of("#1a7f37"),
        ClaimMark.Partly => Colour.Of("#8a5a00"),
        ClaimMark.Planned => Grey,
        ClaimMark.EvidenceExpired or ClaimMark.EvidenceWithdrawn => Colour.Of("#b42318"),
        _ => Colour.Of("#0a5ba8"),
    };

    public static string WordOf(ClaimMark mark) => mark switch
    {
        ClaimMark.InPlace => "In place",
        ClaimMark.Partly => "Partly",
        ClaimMark.Planned => "Planned",
        ClaimMark.EvidenceExpired => "Evidence expired",
        ClaimMark.EvidenceWithdrawn => "Evidence withdrawn",
        _ => "Under review",
    };
}

/// <summary>How text looks: size and line height in points.</summary>
internal sealed record Ink(double Size, double Leading, Colour Colour, bool Bold = false)
{
    public static readonly Ink Title = new(34, 40, Palette.Ink, Bold: true);
    public static readonly Ink Figure = new(26, 30, Palette.Ink, Bold: true);
    public static readonly Ink H1 = new(20, 26, Palette.Ink, Bold: true);
    public static readonly Ink H2 = new(14, 19, Palette.Ink, Bold: true);
    public static readonly Ink H3 = new(10.5, 15, Palette.Ink, Bold: true);
    public static readonly Ink Lead = new(14, 21, Palette.Grey);
    public static readonly Ink Statement = new(10.5, 15, Palette.Ink, Bold: true);
    public static readonly Ink Body = new(10, 15, Palette.Ink);
    public static readonly Ink Small = new(8.5, 12, Palette.Grey);
    public static readonly Ink Label = new(8.5, 12, Palette.Grey);
    public static readonly Ink Cell = new(9, 12.5, Palette.Ink);
    public static readonly Ink CellHead = new(8.5, 12, Palette.Grey, Bold: true);
    public static readonly Ink Foot = new(7.5, 10, Palette.Grey);
}
