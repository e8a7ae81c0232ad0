using System.Globalization;
using System.Text;
using QRCoder;

namespace TrustCenter.Staff.SignIn;

/// <summary>A QR code as SVG: nothing but numbers in it, so that no text of anybody can become markup.</summary>
internal static class QrDrawing
{
    public static string Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var size = data.ModuleMatrix.Count;
        var path = new StringBuilder();
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                if (data.ModuleMatrix[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        var side = size.ToString(CultureInfo.InvariantCulture);
        // Dark on white also on a dark page: apps read no inverted code.
        return $"<svg viewBox=\"0 0 {side} {side}\" width=\"232\" height=\"232\" role=\"img\" aria-label=\"QR code for your authenticator app\" shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>";
    }
}
