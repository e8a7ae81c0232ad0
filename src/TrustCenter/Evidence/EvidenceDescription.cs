using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Evidence;

/// <summary>What somebody says about a file before it was looked at.</summary>
public sealed record EvidenceDescription
{
    public required string Title { get; init; }
    public required EvidenceKind Kind { get; init; }
    public required EvidenceClass Class { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public DateOnly? ValidUntil { get; init; }

    /// <summary>What stands against the words alone.</summary>
    public IReadOnlyList<Problem> Problems() => Version(new StoredFile("", 1, "", "")).Problems();

    public EvidenceVersion Version(StoredFile file) => new() { Title = Title, Kind = Kind, Class = Class, From = From, To = To, ValidUntil = ValidUntil, File = file };
}

/// <summary>What became of an upload.</summary>
public abstract record IntakeResult
{
    private IntakeResult() { }

    /// <summary>Staged, not yet anybody's: the decision that names <paramref name="Files"/> makes it content; otherwise it is swept after a day.</summary>
    public sealed record Taken(EvidenceVersion Version, IReadOnlyList<StagedFile> Files) : IntakeResult;

    public sealed record Refused(IReadOnlyList<Problem> Problems) : IntakeResult
    {
        public Refused(string field, string rule) : this([new Problem(field, rule)]) { }
    }
}
