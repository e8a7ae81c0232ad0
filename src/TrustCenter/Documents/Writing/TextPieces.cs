using System.Globalization;

namespace TrustCenter.Documents;

/// <summary>Headings, paragraphs and lists: pieces of one line each.</summary>
internal static class TextPieces
{
    private const double BulletIndent = 16; // points
    private const double BarHeight = 2.5; // points; the accent above a first-level heading
    private const double BarSpace = 10; // points; bar and gap

    public static IEnumerable<Piece> Of(Frame frame, Heading heading)
    {
        var level = Math.Clamp(heading.Level, 1, 3);
        var x = level == 3 ? Frame.Side : 0;
        var text = frame.Type.Lay(heading.Text, level switch { 1 => Ink.H1, 2 => Ink.H2, _ => Ink.H3 }, frame.Width - x);
        var pieces = Lines(text, x, new Tag($"H{level}"), before: level switch { 1 => 34, 2 => 24, _ => 14 }, after: level switch { 1 => 10, 2 => 8, _ => 2 })
            .Select(piece => piece with { WithNext = true }).ToList();
        if (level <= 2) pieces[0] = pieces[0] with { Bookmark = (level, heading.Text) };
        if (level == 1) pieces[0] = WithBar(frame, pieces[0]);
        return pieces;
    }

    public static IEnumerable<Piece> Of(Frame frame, Paragraph paragraph) =>
        Lines(frame.Type.Lay(paragraph.Text, Ink.Body, frame.ColumnWidth), Frame.Side, new Tag("P"), before: 7, after: 7);

    public static IEnumerable<Piece> Of(Frame frame, Bullets bullets)
    {
        var list = new Tag("L");
        var number = 0;
        foreach (var item in bullets.Items)
        {
            number++;
            var text = frame.Type.Lay(item, Ink.Body, frame.ColumnWidth - BulletIndent);
            var label = bullets.Numbered ? frame.Type.Lay(number.ToString(CultureInfo.InvariantCulture) + ".", Ink.Body, BulletIndent) : null;
            var lines = Lines(text, Frame.Side + (text.RightToLeft ? 0 : BulletIndent), before: number == 1 ? 7 : 3, after: 3, path: [list, new Tag("LI"), new Tag("LBody")]).ToArray();
            lines[0] = WithLabel(lines[0], frame, label, text);
            if (number == bullets.Items.Count) lines[^1] = lines[^1] with { After = 7 };
            foreach (var line in lines) yield return line;
        }
    }

    public static IEnumerable<Piece> Lines(LaidText text, double x, Tag tag, double before, double after) => Lines(text, x, before, after, [tag]);

    /// <summary>No widow, no orphan: the first two lines stay together, and the last two.</summary>
    public static IEnumerable<Piece> Lines(LaidText text, double x, double before, double after, Tag[] path)
    {
        var count = text.Lines.Count;
        for (var line = 0; line < count; line++)
        {
            var number = line;
            yield return new Piece(text.Lines[line].Height, (sheet, y) => sheet.Line(text, number, x, y))
            {
                Before = line == 0 ? before : 0,
                After = line == count - 1 ? after : 0,
                WithNext = (line == 0 && count > 1) || line == count - 2,
                Path = path,
            };
        }
    }

    private static Piece WithBar(Frame frame, Piece piece) => piece with
    {
        Height = piece.Height + BarSpace,
        Draw = (sheet, y) =>
        {
            sheet.Fill(0, y, 28, BarHeight, frame.Accent);
            piece.Draw(sheet, y + BarSpace);
        },
    };

    private static Piece WithLabel(Piece piece, Frame frame, LaidText? label, LaidText text) => piece with
    {
        Draw = (sheet, y) =>
        {
            if (label is null) sheet.Arc(text.RightToLeft ? frame.Width - 4 : Frame.Side + 4, y + text.Lines[0].Baseline - 3.4, 1.6, frame.Accent, filled: true);
            else sheet.Line(label, 0, text.RightToLeft ? frame.Width - label.Width : Frame.Side, y);
            piece.Draw(sheet, y);
        },
    };
}
