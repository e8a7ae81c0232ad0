namespace TrustCenter.Documents;

/// <summary>Composes, places and draws one document, from beginning to end, on one thread.</summary>
internal static class PdfDrawing
{
    private const string NotRead = "Private"; // ISO 32000-1, 14.8.4.2: of no interest to a reader; Cairo 1.16 knows no artifacts

    public static byte[] Draw(nint fontMap, PdfDocument document, DateTimeOffset now, PdfLimits limits, CancellationToken cancel)
    {
        using var type = new Typesetter(fontMap, document.Language, limits, cancel);
        var frame = new Frame(document.Format, type, Colour.Of(document.AccentColour).ReadableOnWhite());
        var pages = Paginator.Place(Composer.Compose(frame, document), frame.Height, limits.Pages);
        type.CheckFonts();
        using var sheet = new Sheet(frame.PageWidth, frame.PageHeight, Frame.Margin);
        sheet.Describe(document.Title, document.Author, now);
        var root = new Tag("Document");
        for (var page = 0; page < pages.Count; page++)
        {
            if (page > 0) sheet.NextPage();
            DrawPage(sheet, root, pages[page], type);
            sheet.Enter(root);
            sheet.Inside(NotRead, () => FootDrawing.Draw(frame, sheet, document.Foot, page + 1, pages.Count, frame.Height + 12));
        }

        return PdfCatalog.Complete(sheet.Finish(), document.Language, Composer.Figures(document.Blocks));
    }

    private static void DrawPage(Sheet sheet, Tag root, IReadOnlyList<Placed> pieces, Typesetter type)
    {
        foreach (var (piece, y) in pieces)
        {
            type.CheckTime();
            sheet.Enter([root, .. piece.Path]);
            if (piece.Bookmark is { } bookmark) sheet.Bookmark(bookmark.Level, bookmark.Text, y);
            piece.Draw(sheet, y);
        }
    }
}
