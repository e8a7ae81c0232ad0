using System.Globalization;

namespace TrustCenter.Documents;

/// <summary>The foot of a page: which snapshot, which page, where to check.</summary>
internal static class FootDrawing
{
    public static void Draw(Frame frame, Sheet sheet, PdfFoot? foot, int page, int pages, double y)
    {
        sheet.Hairline(0, y, frame.Width, Palette.Hairline);
        var number = string.Create(CultureInfo.InvariantCulture, $"Page {page} of {pages}");
        sheet.Text(frame.Type.Lay(number, Ink.Foot, 90, Align.Right, mostLines: 1), frame.Width - 90, y + 6);
        if (foot is null) return;
        sheet.Text(frame.Type.Lay(foot.SnapshotId, Ink.Foot, frame.Width - 100, mostLines: 1), 0, y + 6);
        if (foot.VerifyAddress is not { Length: > 0 } given) return;
        var address = WebAddress.Of(given);
        var text = frame.Type.Lay(address, Ink.Foot with { Colour = frame.Accent }, frame.Width - 100, mostLines: 1);
        sheet.Link(address, () => sheet.Text(text, 0, y + 16));
    }
}
