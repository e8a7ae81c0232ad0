namespace TrustCenter.Import;

public enum ImportStatus { InPlace, Partly, Planned }

public enum ImportVisibility { Public, Room }

/// <summary>One claim. Topic, evidence and the audiences of <see cref="Why"/> are keys that exist.</summary>
public sealed record ImportClaim
{
    public required string Key { get; init; }
    public required string Statement { get; init; } // at most ImportLimits.Statement characters
    public required string Topic { get; init; } // topic key
    public required ImportStatus Status { get; init; }
    public IReadOnlyList<string> Products { get; init; } = []; // empty: all
    public IReadOnlyList<string> Plans { get; init; } = [];
    public IReadOnlyList<string> Regions { get; init; } = [];
    public string? Owner { get; init; } // a role, such as "Head of Security"
    public DateOnly? Checked { get; init; }
    public DateOnly? ReviewBy { get; init; }
    public IReadOnlyList<string> Frameworks { get; init; } = []; // "SOC2:CC6.1"
    public ImportVisibility Visibility { get; init; } = ImportVisibility.Public;
    public IReadOnlyDictionary<string, string> Why { get; init; } = NoReasons; // audience key -> one sentence
    public IReadOnlyList<string> Evidence { get; init; } = []; // document keys

    private static readonly Dictionary<string, string> NoReasons = [];
}
