namespace TrustCenter.Documents;

/// <summary>A claim: its status as shape and word beside the statement, what backs it below.</summary>
internal static class ClaimPieces
{
    private const double Radius = 3.6; // points; half the shape's size
    private const double WordIndent = 14; // points
    private const double Padding = 9; // points; under the hairline
    private const double WholeUpTo = 0.4; // of a page: such a claim is not broken

    public static IEnumerable<Piece> Of(Frame frame, ClaimBlock claim)
    {
        var colour = Palette.Of(claim.Status);
        var word = frame.Type.Lay(claim.StatusWord ?? Palette.WordOf(claim.Status), Ink.Label with { Bold = true, Colour = colour }, Frame.Side - WordIndent - Frame.Gap);
        var pieces = Parts(frame, claim).ToList();
        var opening = pieces[0];
        var height = Math.Max(opening.Height, word.Height);
        pieces[0] = opening with
        {
            Height = height + Padding,
            Before = 11,
            Draw = (sheet, y) =>
            {
                sheet.Hairline(0, y, frame.Width, Palette.Hairline);
                Shape(sheet, claim.Status, Radius, y + Padding + 7.6, colour);
                sheet.Inside("Span", () => sheet.Text(word, WordIndent - word.Left, y + Padding + 1.6));
                opening.Draw(sheet, y + Padding);
            },
        };
        pieces[^1] = pieces[^1] with { After = 11 };
        var whole = pieces.Sum(piece => piece.Height) < WholeUpTo * frame.Height;
        return whole ? pieces.Select((piece, index) => piece with { WithNext = index < pieces.Count - 1 }) : pieces;
    }

    private static IEnumerable<Piece> Parts(Frame frame, ClaimBlock claim)
    {
        IEnumerable<Piece> parts = Part(frame, claim.Statement, Ink.Statement, 0);
        if (claim.WhyItMatters is { Length: > 0 } why) parts = parts.Concat(Part(frame, why, Ink.Body, 3));
        if (claim.Scope is { Length: > 0 } scope) parts = parts.Concat(Part(frame, $"Scope: {scope}", Ink.Small, 4));
        if (claim.Evidence.Count > 0) parts = parts.Concat(Part(frame, $"Evidence: {string.Join("; ", claim.Evidence)}", Ink.Small, 1));
        if (claim.Version is { Length: > 0 } version) parts = parts.Concat(Part(frame, version, Ink.Small, 1));
        return parts;
    }

    private static IEnumerable<Piece> Part(Frame frame, string text, Ink ink, double before) =>
        TextPieces.Lines(frame.Type.Lay(text, ink, frame.ColumnWidth), Frame.Side, new Tag("P"), before, 0);

    /// <summary>● ◐ ○ ▲ ◇, drawn, so that no font needs to have them.</summary>
    private static void Shape(Sheet sheet, ClaimMark mark, double x, double y, Colour colour)
    {
        switch (mark)
        {
            case ClaimMark.InPlace:
                sheet.Arc(x, y, Radius, colour, filled: true);
                break;
            case ClaimMark.Partly:
                sheet.Arc(x, y, Radius - 0.5, colour, filled: false);
                sheet.Arc(x, y, Radius - 0.5, colour, filled: true, Math.PI / 2, 1.5 * Math.PI);
                break;
            case ClaimMark.Planned:
                sheet.Arc(x, y, Radius - 0.5, colour, filled: false);
                break;
            case ClaimMark.EvidenceExpired or ClaimMark.EvidenceWithdrawn:
                sheet.Polygon(colour, filled: true, (x, y - Radius), (x + Radius, y + Radius - 0.6), (x - Radius, y + Radius - 0.6));
                break;
            default:
                sheet.Polygon(colour, filled: false, (x, y - Radius), (x + Radius, y), (x, y + Radius), (x - Radius, y));
                break;
        }
    }
}
