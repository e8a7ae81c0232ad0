namespace TrustCenter.Documents;

/// <summary>A part of a document.</summary>
public abstract record Block;

/// <summary>A page of its own, in front. The title is the document's.</summary>
public sealed record Cover : Block
{
    public required string Vendor { get; init; }
    public required string Kind { get; init; } // such as "Security summary"
    public string? PreparedFor { get; init; }
    public string? By { get; init; }
    public required DateOnly Date { get; init; }
    public string? Sentence { get; init; }
    public IReadOnlyList<CoverFact> Facts { get; init; } = []; // at most four stand in a row
}

/// <summary>A figure and what it counts, such as "54" and "claims in place".</summary>
public sealed record CoverFact(string Figure, string Label);

/// <summary>Level 1 to 3; levels 1 and 2 become bookmarks.</summary>
public sealed record Heading(int Level, string Text) : Block;

public sealed record Paragraph(string Text) : Block;

public sealed record Bullets(IReadOnlyList<string> Items, bool Numbered = false) : Block;

/// <summary>One claim as a reader of the page would see it.</summary>
public sealed record ClaimBlock : Block
{
    public required ClaimMark Status { get; init; }
    public string? StatusWord { get; init; } // null: the English word
    public required string Statement { get; init; }
    public string? Scope { get; init; }
    public string? Version { get; init; } // such as "Version 3, checked 12 June 2026"
    public string? WhyItMatters { get; init; }
    public IReadOnlyList<string> Evidence { get; init; } = [];
}

/// <summary>The shape that stands for a status: ● ◐ ○ ▲ ◇.</summary>
public enum ClaimMark
{
    InPlace,
    Partly,
    Planned,
    EvidenceExpired,
    EvidenceWithdrawn,
    UnderReview,
}

/// <summary>Its head is repeated on each page. A row has as many cells as there are columns; missing ones are empty.</summary>
public sealed record Table(IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block;

/// <param name="Head">What stands above.</param>
/// <param name="Share">The width relative to the other columns.</param>
/// <param name="Numbers">Numbers are aligned right.</param>
public sealed record TableColumn(string Head, double Share = 1, bool Numbers = false);

/// <summary>Bars with their values beside them; negative values count as 0.</summary>
public sealed record BarChart(string Title, IReadOnlyList<Bar> Bars, string Unit = "", bool Vertical = false) : Block;

public sealed record Bar(string Label, double Value);

/// <summary>A web address to be scanned or clicked.</summary>
public sealed record QrCode(string Address, string Caption) : Block;

/// <summary>A button that is a link to a web or mail address.</summary>
public sealed record CallToAction(string Label, string Address) : Block;

/// <summary>Blocks that stay on one page if one page can hold them.</summary>
public sealed record KeepTogether(IReadOnlyList<Block> Blocks) : Block;

public sealed record PageBreak : Block;
