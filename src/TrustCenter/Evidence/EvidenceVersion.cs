using System.Text.Json.Serialization;
using TrustCenter.Documents;
using TrustCenter.Engine;

namespace TrustCenter.Evidence;

public enum EvidenceKind { Soc2Report, IsoCertificate, PentestSummary, Policy, Architecture, Insurance, Dpa, Other }

/// <summary>Public: anybody downloads it, unmarked. The others: after an e-mail was proven, and for the last one an agreement accepted; marked.</summary>
public enum EvidenceClass { Public, OnRequest, UnderAgreement }

/// <summary>One upload. What was published stays: a correction is a new version.</summary>
public sealed record EvidenceVersion
{
    public const int LongestTitle = 120; // characters; a line on the page
    public const long LargestFile = 75L * 1024 * 1024; // bytes

    public int Number { get; init; } // 1 is the first
    public required string Title { get; init; }
    public required EvidenceKind Kind { get; init; }
    public required EvidenceClass Class { get; init; }
    public DateOnly? From { get; init; } // the period it speaks about
    public DateOnly? To { get; init; }
    public DateOnly? ValidUntil { get; init; } // the last day on which it counts
    public required StoredFile File { get; init; } // as uploaded, or decrypted after a confirmed right to
    public string? Source { get; init; } // SHA-256, hex, of the file that an import was given, to know it again
    public MarkTemplate? Template { get; init; } // what gated downloads are served from
    public int Pages { get; init; } // 0 where the file has none
    public IReadOnlyList<string> Warnings { get; init; } = []; // shown to the approver
    public IReadOnlyList<MetadataFact>? Metadata { get; init; } // what the file tells about its making; null: nobody looked
    public Guid Uploader { get; init; }
    public Guid? Approver { get; init; }
    public DateTimeOffset At { get; init; }
    public bool MayGoUnmarked { get; init; } // an approver said so, in the journal

    [JsonIgnore] public bool IsGated => Class != EvidenceClass.Public;

    public EvidenceDescription Description() => new() { Title = Title, Kind = Kind, Class = Class, From = From, To = To, ValidUntil = ValidUntil };

    public bool Describes(EvidenceDescription d) => (Title, Kind, Class, From, To, ValidUntil) == (d.Title, d.Kind, d.Class, d.From, d.To, d.ValidUntil);

    public bool IsExpired(DateOnly today) => ValidUntil < today;

    public IReadOnlyList<Problem> Problems()
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(Title) || Title.Length > LongestTitle) problems.Add(new("title", $"Write the document's title, at most {LongestTitle} characters."));
        if (From > To) problems.Add(new("to", "The period ends before it begins. Swap the two dates."));
        if (File.Length is <= 0 or > LargestFile) problems.Add(new("file", "The file is empty or over 75 MiB."));
        return problems;
    }
}

/// <summary>Bytes in the store by their SHA-256, hex.</summary>
/// <param name="Name">The name for the reader's disk; never used as a path here.</param>
public sealed record StoredFile(string Sha, long Length, string Name, string ContentType);

/// <summary>The file prepared for marks: a slot of fixed length at a known offset.</summary>
public sealed record MarkTemplate(string Sha, long Length, long SlotOffset, int SlotLength);

/// <summary>What anybody may know of a document: that it exists, its kind and its dates.</summary>
/// <param name="Withdrawn">Since then nobody reads it; null: it stands.</param>
/// <param name="Reason">Of the withdrawal.</param>
public sealed record PublicEvidence(Guid Id, int Version, string Title, EvidenceKind Kind, EvidenceClass Class, DateOnly? From, DateOnly? To, DateOnly? ValidUntil, DateTimeOffset At, int Pages, long Length, string Sha, DateTimeOffset? Withdrawn = null, string? Reason = null);
