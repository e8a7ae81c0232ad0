namespace TrustCenter.Documents;

/// <summary>A document to be written as PDF: what it says, not how it is drawn.</summary>
public sealed record PdfDocument
{
    public required string Title { get; init; }
    public required string Author { get; init; }
    public string Language { get; init; } = "en"; // BCP 47
    public PaperFormat Format { get; init; } = PaperFormat.A4;
    public string AccentColour { get; init; } = "#1f4e79"; // #rrggbb; darkened until it has 4.5:1 on white
    public PdfFoot? Foot { get; init; }
    public required IReadOnlyList<Block> Blocks { get; init; }
}

/// <summary>At the foot of each page, beside "Page n of m".</summary>
/// <param name="SnapshotId">The text that names the snapshot, such as "Snapshot 8f3a12".</param>
/// <param name="VerifyAddress">A web address where anybody can check it.</param>
public sealed record PdfFoot(string SnapshotId, string? VerifyAddress);

public enum PaperFormat
{
    A4,
    Letter,
}
