namespace TrustCenter.Import;

public enum ImportKind { Soc2Report, IsoCertificate, PentestSummary, Policy, Architecture, Insurance, Dpa, Other }

public enum ImportClass { Public, OnRequest, UnderAgreement }

/// <summary>One document of the evidence with its versions, the oldest first.</summary>
public sealed record ImportDocument
{
    public required string Key { get; init; }
    public required string Title { get; init; }
    public required ImportKind Kind { get; init; }
    public required ImportClass Class { get; init; }
    public required IReadOnlyList<ImportVersion> Versions { get; init; } // at least one
}

/// <summary>One version: the period it speaks about, until when it is valid, and its bytes.</summary>
public sealed record ImportVersion
{
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public DateOnly? ValidUntil { get; init; } // the last day it is valid
    public required ImportFile File { get; init; }
    public string? Note { get; init; }

    /// <summary>Written in Markdown: the product makes the PDF itself.</summary>
    public bool IsMarkdown => File.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase);
}
