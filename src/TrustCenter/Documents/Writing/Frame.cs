namespace TrustCenter.Documents;

/// <summary>
/// Where text goes on a page, in points: a narrow column on the left for headings, statuses and labels, a wide one for
/// reading (at most 70 characters a line at 10 pt), and the foot below.
/// </summary>
internal sealed record Frame(PaperFormat Format, Typesetter Type, Colour Accent)
{
    public const double Margin = 20 * Millimetre;
    public const double Millimetre = 72 / 25.4; // points
    public const double FootHeight = 28;
    public const double Side = 116; // the narrow column and the gap beside it
    public const double Gap = 14; // between the columns

    public double PageWidth => Format == PaperFormat.A4 ? 210 * Millimetre : 612;

    public double PageHeight => Format == PaperFormat.A4 ? 297 * Millimetre : 792;

    public double Width => PageWidth - (2 * Margin);

    public double Height => PageHeight - (2 * Margin) - FootHeight;

    public double ColumnWidth => Width - Side;
}

/// <summary>Something that is drawn in one go, from its upper edge down. Pages break between pieces.</summary>
internal sealed record Piece(double Height, Action<Sheet, double> Draw)
{
    public double Before { get; init; } // points; the larger of this and the After above it is left blank
    public double After { get; init; }
    public bool WithNext { get; init; } // no page break behind it
    public bool NewPage { get; init; } // a page break before it
    public Tag[] Path { get; init; } = [];
    public Piece? Head { get; init; } // repeated above it when it starts a page
    public (int Level, string Text)? Bookmark { get; init; }
}
