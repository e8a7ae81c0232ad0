using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrustCenter.Engine;

namespace TrustCenter.Claims;

public enum ClaimStatus { InPlace, Partly, Planned }

public enum Visibility { Public, Room }

/// <summary>Approved: an approver agreed, and it waits for its hour.</summary>
public enum ProposalStage { Draft, Waiting, Returned, Approved }

/// <summary>Everything that one version of a claim says.</summary>
public sealed record ClaimWording
{
    public const int LongestStatement = 2_000; // characters; two printed paragraphs
    public const int LongestWhy = 300; // characters; one sentence
    public const int MostReferences = 30; // framework references or evidence of one claim

    public required string Statement { get; init; } // a Markdown subset
    public required string Topic { get; init; } // a topic's key
    public required ClaimStatus Status { get; init; }
    public required string Owner { get; init; } // a role, not a person
    public Visibility Visibility { get; init; }
    public IReadOnlyList<string> Products { get; init; } = []; // empty: all
    public IReadOnlyList<string> Plans { get; init; } = []; // empty: all
    public IReadOnlyList<string> Regions { get; init; } = []; // empty: all
    public DateOnly? Checked { get; init; }
    public DateOnly? ReviewBy { get; init; }
    public IReadOnlyList<string> Frameworks { get; init; } = []; // "SOC2:CC6.1"
    public IReadOnlyDictionary<string, string> Why { get; init; } = new Dictionary<string, string>(); // by audience key, one sentence
    public IReadOnlyList<Guid> Evidence { get; init; } = [];

    /// <summary>What stands against it, field by field.</summary>
    public IReadOnlyList<Problem> Problems()
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(Statement)) problems.Add(new("statement", "Write what you claim, in a sentence that a buyer can check."));
        if (Statement.Length > LongestStatement) problems.Add(new("statement", $"A statement has at most {LongestStatement:N0} characters; this one has {Statement.Length:N0}. Split it into two claims."));
        if (Topic.Length == 0) problems.Add(new("topic", "Choose the topic under which buyers look for it."));
        if (string.IsNullOrWhiteSpace(Owner) || Owner.Length > 80) problems.Add(new("owner", "Name the role that answers for it, such as Head of Security (at most 80 characters)."));
        foreach (var (audience, why) in Why.Where(w => w.Value.Length > LongestWhy)) problems.Add(new("why." + audience, $"One sentence, at most {LongestWhy} characters; this one has {why.Length}."));
        foreach (var reference in Frameworks.Where(f => !IsReference(f))) problems.Add(new("frameworks", $"“{reference}” is not a reference. Write framework, colon, control: SOC2:CC6.1."));
        if (Frameworks.Count > MostReferences || Evidence.Count > MostReferences) problems.Add(new("frameworks", $"At most {MostReferences} references."));
        return problems;
    }

    public bool SameAs(ClaimWording other) => Bytes().AsSpan().SequenceEqual(other.Bytes());

    public byte[] Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, ClaimJson.Default.ClaimWording);

    private static bool IsReference(string text)
    {
        var colon = text.IndexOf(':');
        return text.Length <= 60 && colon > 0 && colon < text.Length - 1 && text.All(c => char.IsAsciiLetterOrDigit(c) || ":.-_()/ ".Contains(c));
    }
}

/// <summary>One published wording. <see cref="At"/> is UTC. <see cref="Hash"/> is SHA-256, hex, over the previous hash, the salt and the wording's bytes.</summary>
public sealed record ClaimVersion
{
    public required int Number { get; init; } // 1 is the first
    public required ClaimWording Wording { get; init; }
    public required Guid Author { get; init; }
    public required Guid Approver { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Hash { get; init; }
    public bool IsWithdrawal { get; init; }
    public string? Reason { get; init; } // why it was withdrawn
    public Guid? Salt { get; init; } // of a version for rooms: its hash stands in public, and must not let anybody try out words

    /// <param name="draw">Known to the approver's form alone; the salt of a version for rooms.</param>
    public static ClaimVersion After(ClaimVersion? previous, ClaimProposal proposal, Guid approver, Guid draw, DateTimeOffset now) => new()
    {
        Number = (previous?.Number ?? 0) + 1,
        Wording = proposal.Wording,
        Author = proposal.Author,
        Approver = approver,
        At = now,
        IsWithdrawal = proposal.IsWithdrawal,
        Reason = proposal.IsWithdrawal ? proposal.Comment : null,
        Salt = SaltOf(proposal.Wording, draw),
        Hash = HashOf(previous?.Hash ?? "", SaltOf(proposal.Wording, draw), proposal.Wording),
    };

    public static string HashOf(string before, Guid? salt, ClaimWording wording)
        => Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(before), .. salt?.ToByteArray(bigEndian: true) ?? [], .. wording.Bytes()]));

    private static Guid? SaltOf(ClaimWording wording, Guid draw) => wording.Visibility == Visibility.Public ? null : draw;
}

/// <summary>A wording in work. <see cref="Edit"/> grows with every save, so that nobody approves what he did not see.</summary>
public sealed record ClaimProposal
{
    public required ClaimWording Wording { get; init; }
    public required Guid Author { get; init; }
    public required DateTimeOffset SavedAt { get; init; }
    public required int Edit { get; init; }
    public required int BasedOn { get; init; } // the published version it started from
    public required ProposalStage Stage { get; init; }
    public bool IsWithdrawal { get; init; }
    public string? Comment { get; init; } // the approver's, or the reason of a withdrawal
    public Guid? ReturnedBy { get; init; }
    public Guid? Approver { get; init; } // who agreed that it is published at its hour
    public Guid? ApproverKey { get; init; } // the key of a program that agreed for that person
    public DateTimeOffset? PublishAt { get; init; } // UTC
}
