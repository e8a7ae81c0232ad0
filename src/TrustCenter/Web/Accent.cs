using System.Globalization;

namespace TrustCenter.Web;

/// <summary>The vendor's colour, darkened for light grounds and lightened for dark ones until text in it has 4.5:1 (WCAG 2.2, 1.4.3).</summary>
public static class Accent
{
    public const double Enough = 4.6; // a little over 4.5, against rounding
    private static readonly (double R, double G, double B) LightGround = (250, 250, 248), DarkGround = (24, 26, 27);

    /// <param name="accent">#rrggbb; anything else is the house's green.</param>
    public static string Rules(string accent)
    {
        var colour = Parse(accent) ?? Parse("#0b6e4f")!.Value;
        var light = Until(colour, LightGround, (0, 0, 0));
        var dark = Until(colour, DarkGround, (255, 255, 255));
        return $":root{{--accent:{Hex(light)};--on-accent:#fff}}@media(prefers-color-scheme:dark){{:root{{--accent:{Hex(dark)};--on-accent:#111}}}}";
    }

    /// <summary>The colour for text on white paper.</summary>
    public static string OnWhite(string accent) => Hex(Until(Parse(accent) ?? Parse("#0b6e4f")!.Value, (255, 255, 255), (0, 0, 0)));

    /// <summary>What the pages make of a colour on light and on dark ground; null for what is not a colour.</summary>
    public static (AccentReport Light, AccentReport Dark)? Report(string accent) => Parse(accent) is { } colour
        ? (On(colour, LightGround, (0, 0, 0), "#ffffff"), On(colour, DarkGround, (255, 255, 255), "#111111")) : null;

    private static AccentReport On((double R, double G, double B) colour, (double R, double G, double B) ground, (double R, double G, double B) towards, string on)
    {
        var used = Until(colour, ground, towards);
        return new AccentReport(Hex(ground), Contrast(colour, ground), Hex(used), Contrast(used, ground), on);
    }

    /// <summary>Contrast ratio, 1 to 21 (WCAG 2.2, relative luminance).</summary>
    public static double Contrast((double R, double G, double B) a, (double R, double G, double B) b)
    {
        var (high, low) = (Math.Max(Luminance(a), Luminance(b)), Math.Min(Luminance(a), Luminance(b)));
        return (high + 0.05) / (low + 0.05);
    }

    public static (double R, double G, double B)? Parse(string text)
        => text.Length == 7 && text[0] == '#' && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb) ? (rgb >> 16, (rgb >> 8) & 255, rgb & 255) : null;

    private static (double R, double G, double B) Until((double R, double G, double B) colour, (double R, double G, double B) ground, (double R, double G, double B) towards)
    {
        for (var step = 0; step < 50 && Contrast(colour, ground) < Enough; step++)
            colour = (Mix(colour.R, towards.R), Mix(colour.G, towards.G), Mix(colour.B, towards.B));
        return colour;
    }

    private static double Mix(double from, double to) => Math.Round(from + (to - from) * 0.06 + Math.Sign(to - from) * 0.5);

    private static double Luminance((double R, double G, double B) c) => 0.2126 * Linear(c.R) + 0.7152 * Linear(c.G) + 0.0722 * Linear(c.B);

    private static double Linear(double channel) => channel / 255 <= 0.04045 ? channel / 255 / 12.92 : Math.Pow((channel / 255 + 0.055) / 1.055, 2.4);

    private static string Hex((double R, double G, double B) c) => $"#{Byte(c.R):x2}{Byte(c.G):x2}{Byte(c.B):x2}";

    private static int Byte(double channel) => (int)Math.Clamp(channel, 0, 255);
}
