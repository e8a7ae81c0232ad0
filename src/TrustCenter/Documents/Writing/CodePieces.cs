using QRCoder;

namespace TrustCenter.Documents;

/// <summary>Addresses: to scan, to click, and in words for who reads on paper.</summary>
internal static class CodePieces
{
    private const double LeastSide = 20 * Frame.Millimetre; // of the code without its quiet zone
    private const double MostSide = Frame.Side - 6; // with its quiet zone; fits the narrow column
    private const int QuietZone = 4; // modules (ISO/IEC 18004)
    private const double ButtonHeight = 30; // points
    private const double ButtonPadding = 16;

    public static IEnumerable<Piece> Of(Frame frame, QrCode code)
    {
        var address = WebAddress.Of(code.Address);
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        var count = data.ModuleMatrix.Count;
        var side = Math.Min(Math.Max(LeastSide * count / (count - (2 * QuietZone)), count * 0.42 * Frame.Millimetre), MostSide);
        var modules = Modules(data).ToList();
        var caption = frame.Type.Lay(code.Caption, Ink.Body, frame.ColumnWidth);
        var link = frame.Type.Lay(address, Ink.Small with { Colour = frame.Accent }, frame.ColumnWidth, mostLines: 4);
        var (module, quiet) = (side / count, side * QuietZone / count);
        var text = caption.Height + 3 + link.Height;
        var height = Math.Max(side - (2 * quiet), text);
        var figure = new Tag("Figure");
        yield return new Piece(height, (sheet, y) =>
        {
            sheet.Link(address, () => sheet.Fill(modules.Select(area => (
                (area.X * module) - quiet, y - quiet + (area.Y * module), area.Width * module, module)), Palette.Ink));
            sheet.Inside("P", () =>
            {
                sheet.Text(caption, Frame.Side, y + ((height - text) / 2));
                sheet.Link(address, () => sheet.Text(link, Frame.Side, y + ((height - text) / 2) + caption.Height + 3));
            });
        }) { Before = 20, After = 20, Path = [figure] };
    }

    public static IEnumerable<Piece> Of(Frame frame, CallToAction call)
    {
        var address = WebAddress.Of(call.Address);
        var label = frame.Type.Lay(call.Label, Ink.Statement with { Colour = Palette.White }, frame.ColumnWidth - (2 * ButtonPadding), mostLines: 1);
        var link = frame.Type.Lay(address.StartsWith("mailto:", StringComparison.Ordinal) ? address["mailto:".Length..] : address, Ink.Small, frame.ColumnWidth, mostLines: 2);
        yield return new Piece(ButtonHeight + 5 + link.Height, (sheet, y) =>
        {
            sheet.Link(address, () =>
            {
                sheet.RoundedFill(Frame.Side, y, label.Width + (2 * ButtonPadding), ButtonHeight, 4.5, frame.Accent);
                sheet.Text(label, Frame.Side + ButtonPadding, y + ((ButtonHeight - label.Height) / 2));
            });
            sheet.Text(link, Frame.Side, y + ButtonHeight + 5);
        }) { Before = 16, After = 16, Path = [new Tag("P")] };
    }

    /// <summary>Dark modules in runs along each row, in modules.</summary>
    private static IEnumerable<(double X, double Y, double Width)> Modules(QRCodeData data)
    {
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            var row = data.ModuleMatrix[y];
            for (var x = 0; x < row.Count; x++)
            {
                if (!row[x]) continue;
                var from = x;
                while (x < row.Count && row[x]) x++;
                yield return (from, y, x - from);
            }
        }
    }
}
