using System.Globalization;

namespace TrustCenter.Documents;

/// <summary>The first page: who says what to whom, in one look.</summary>
internal static class CoverPieces
{
    private const double TitleAt = 0.24; // of the page's height
    private const double FactsAt = 0.62;
    private const int MostFacts = 4;
    private const int MostTitleLines = 4;

    public static IEnumerable<Piece> Of(Frame frame, string title, Cover cover)
    {
        var page = new CoverPage(frame, title, cover);
        yield return new Piece(frame.Height, page.Draw) { NewPage = true };
        yield return new Piece(0, (_, _) => { }) { NewPage = true };
    }

    private sealed class CoverPage
    {
        private readonly Frame frame;
        private readonly LaidText vendor;
        private readonly LaidText kind;
        private readonly LaidText title;
        private readonly LaidText? sentence;
        private readonly List<(LaidText Figure, LaidText Label)> facts;
        private readonly List<(LaidText Label, LaidText Value)> lines;

        public CoverPage(Frame frame, string text, Cover cover)
        {
            this.frame = frame;
            vendor = frame.Type.Lay(cover.Vendor, Ink.H2, frame.Width, mostLines: 2);
            kind = frame.Type.Lay(cover.Kind, Ink.H3 with { Size = 12, Colour = frame.Accent }, frame.Width, mostLines: 2);
            title = Balanced(frame, text);
            sentence = cover.Sentence is { Length: > 0 } one ? frame.Type.Lay(one, Ink.Lead, frame.Width * 0.82, mostLines: 6) : null;
            var width = (frame.Width - (Frame.Gap * (MostFacts - 1))) / MostFacts;
            facts = [.. cover.Facts.Take(MostFacts).Select(fact => (frame.Type.Lay(fact.Figure, Ink.Figure, width, mostLines: 1), frame.Type.Lay(fact.Label, Ink.Label, width, mostLines: 3)))];
            lines = [.. Facts(cover).Select(fact => (frame.Type.Lay(fact.Label, Ink.Label, LineWidth(frame)), frame.Type.Lay(fact.Value, Ink.Body, LineWidth(frame), mostLines: 3)))];
        }

        public void Draw(Sheet sheet, double top)
        {
            sheet.Fill(0, top, 36, 4, frame.Accent);
            sheet.Inside("P", () => sheet.Text(vendor, 0, top + 16));
            var y = top + (frame.Height * TitleAt);
            sheet.Inside("P", () => sheet.Text(kind, 0, y));
            y += kind.Height + 8;
            sheet.Inside("H1", () => sheet.Text(title, 0, y));
            y += title.Height + 18;
            if (sentence is not null) sheet.Inside("P", () => sheet.Text(sentence, 0, y));
            y += (sentence?.Height ?? 0) + 36;
            DrawFacts(sheet, Math.Max(y, top + (frame.Height * FactsAt)));
            DrawLines(sheet, top + frame.Height - lines.Max(line => line.Value.Height) - 38);
        }

        private void DrawFacts(Sheet sheet, double y)
        {
            var pitch = (frame.Width + Frame.Gap) / MostFacts;
            for (var index = 0; index < facts.Count; index++)
            {
                var (fact, x) = (facts[index], index * pitch);
                sheet.Hairline(x, y, pitch - Frame.Gap, frame.Accent, 1.2);
                sheet.Inside("P", () =>
                {
                    sheet.Text(fact.Figure, x, y + 10);
                    sheet.Text(fact.Label, x, y + 12 + fact.Figure.Height);
                });
            }
        }

        private void DrawLines(Sheet sheet, double y)
        {
            sheet.Hairline(0, y, frame.Width, Palette.Hairline);
            for (var index = 0; index < lines.Count; index++)
            {
                var (line, x) = (lines[index], index * (LineWidth(frame) + Frame.Gap));
                sheet.Inside("P", () =>
                {
                    sheet.Text(line.Label, x, y + 10);
                    sheet.Text(line.Value, x, y + 10 + line.Label.Height + 2);
                });
            }
        }

        /// <summary>The narrowest setting with as few lines: no single word is left on the last one.</summary>
        private static LaidText Balanced(Frame frame, string text)
        {
            var widest = frame.Type.Lay(text, Ink.Title, frame.Width, mostLines: MostTitleLines);
            for (var part = 0.55; part < 1; part += 0.09)
                if (frame.Type.Lay(text, Ink.Title, frame.Width * part, mostLines: MostTitleLines + 1) is var narrow && narrow.Lines.Count == widest.Lines.Count) return narrow;
            return widest;
        }

        private static double LineWidth(Frame frame) => (frame.Width - (2 * Frame.Gap)) / 3;

        private static IEnumerable<(string Label, string Value)> Facts(Cover cover)
        {
            if (cover.PreparedFor is { Length: > 0 } account) yield return ("Prepared for", account);
            if (cover.By is { Length: > 0 } by) yield return ("Prepared by", by);
            yield return ("Date", cover.Date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture));
        }
    }
}
