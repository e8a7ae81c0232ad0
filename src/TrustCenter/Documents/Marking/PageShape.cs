using System.Globalization;
using System.Text.Json;

namespace TrustCenter.Documents;

/// <summary>
/// What decides where a mark goes on a page: the visible box in its own units, the clockwise turn in degrees, and the
/// points per unit. Pages of one shape share one placing form.
/// </summary>
internal sealed record PageShape(double Left, double Bottom, double Right, double Top, int Turn, double Unit)
{
    private const double NaturalWidth = 220; // points; a narrower page gets a smaller mark
    private const double NaturalHeight = 60; // points; a flatter page gets a smaller mark
    private const double FromEdge = 10; // points
    private const double LineAbove = 9.5; // points from the lower edge of the mark to the baseline of its first line
    private static readonly (double, double, double, double) Letter = (0, 0, 612, 792); // qpdf's own default

    public static PageShape Of(PdfObjects objects, string page)
    {
        var media = Box(objects, page, "/MediaBox") ?? Letter;
        var crop = Box(objects, page, "/CropBox") ?? media;
        var (left, bottom, right, top) = (Math.Max(media.Left, crop.Left), Math.Max(media.Bottom, crop.Bottom),
            Math.Min(media.Right, crop.Right), Math.Min(media.Top, crop.Top));
        if (left >= right || bottom >= top) (left, bottom, right, top) = media;
        var turn = objects.Inherited(page, "/Rotate") is { } rotate ? Number(objects.Resolve(rotate.Value)) ?? 0 : 0;
        var unit = Number(objects.Resolve(objects.Get(objects[page], "/UserUnit"))) ?? 1;
        return new PageShape(left, bottom, right, top, (((int)turn % 360) + 360) % 360 / 90 * 90, unit > 0 ? unit : 1);
    }

    /// <summary>The visible box as an array.</summary>
    public string BoxArray => Join(",", Left, Bottom, Right, Top);

    /// <summary>Puts the mark's origin near the lower left corner as a reader sees the page, upright, in points.</summary>
    public string Matrix()
    {
        var (width, height) = Turn % 180 == 0 ? (Right - Left, Top - Bottom) : (Top - Bottom, Right - Left);
        var scale = Math.Min(1, Math.Min(width * Unit / NaturalWidth, height * Unit / NaturalHeight)) / Unit;
        var (x, y) = (FromEdge * scale, (FromEdge + LineAbove) * scale);
        return Turn switch
        {
            90 => Join(" ", 0, scale, -scale, 0, Right - y, Bottom + x),
            180 => Join(" ", -scale, 0, 0, -scale, Right - x, Top - y),
            270 => Join(" ", 0, -scale, scale, 0, Left + y, Top - x),
            _ => Join(" ", scale, 0, 0, scale, Left + x, Bottom + y),
        };
    }

    private static (double Left, double Bottom, double Right, double Top)? Box(PdfObjects objects, string page, string key)
    {
        if (objects.Inherited(page, key) is not { } found || objects.Resolve(found.Value) is not { ValueKind: JsonValueKind.Array } array) return null;
        var sides = array.EnumerateArray().Select(side => Number(objects.Resolve(side))).OfType<double>().ToArray();
        if (sides.Length != 4 || sides[0] == sides[2] || sides[1] == sides[3]) return null;
        return (Math.Min(sides[0], sides[2]), Math.Min(sides[1], sides[3]), Math.Max(sides[0], sides[2]), Math.Max(sides[1], sides[3]));
    }

    private static double? Number(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && double.IsFinite(number.GetDouble()) ? number.GetDouble() : null;

    private static string Join(string separator, params double[] numbers) =>
        string.Join(separator, numbers.Select(number => Math.Round(number, 4).ToString("0.####", CultureInfo.InvariantCulture)));
}
