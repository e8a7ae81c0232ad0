namespace TrustCenter.Documents;

/// <summary>What one document may cost. Over it, <see cref="PdfRefusedException"/> says which.</summary>
internal sealed record PdfLimits
{
    public int LongestText { get; init; } = 8_000; // characters of one paragraph or cell, two printed pages; Pango's time grows with the square
    public int Characters { get; init; } = 400_000; // of all texts; about 150 pages
    public int Texts { get; init; } = 20_000; // paragraphs, cells, lines of claims
    public int Pages { get; init; } = 300;
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(2); // of the processor: a busy machine does not refuse a short document
}
