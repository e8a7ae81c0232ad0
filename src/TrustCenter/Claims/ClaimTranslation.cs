using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrustCenter.Engine;

namespace TrustCenter.Claims;

/// <summary>What a claim says in another language. Scope, dates and evidence are those of the version it translates.</summary>
public sealed record TranslatedWords
{
    public required string Statement { get; init; } // a Markdown subset
    public string Owner { get; init; } = ""; // empty: as in the original
    public IReadOnlyDictionary<string, string> Why { get; init; } = new Dictionary<string, string>(); // by audience key

    public IReadOnlyList<Problem> Problems()
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(Statement)) problems.Add(new("statement", "Write what the claim says in this language."));
        if (Statement.Length > ClaimWording.LongestStatement) problems.Add(new("statement", $"A statement has at most {ClaimWording.LongestStatement:N0} characters; this one has {Statement.Length:N0}."));
        if (Owner.Length > 80) problems.Add(new("owner", "The role has at most 80 characters."));
        foreach (var (audience, why) in Why.Where(w => w.Value.Length > ClaimWording.LongestWhy)) problems.Add(new("why." + audience, $"One sentence, at most {ClaimWording.LongestWhy} characters; this one has {why.Length}."));
        return problems;
    }

    public byte[] Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, ClaimJson.Default.TranslatedWords);

    public bool SameAs(TranslatedWords other) => Bytes().AsSpan().SequenceEqual(other.Bytes());
}

/// <summary>One published translation; it stays what it is, and holds for version <see cref="Of"/> alone.</summary>
public sealed record ClaimTranslation
{
    public required string Language { get; init; } // BCP 47
    public required int Number { get; init; } // 1 is the first of its language
    public required int Of { get; init; } // the version of the claim that it translates
    public required TranslatedWords Words { get; init; }
    public required Guid Author { get; init; }
    public required Guid Approver { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Hash { get; init; } // SHA-256, hex, over the version's hash, the language, a zero byte and the words

    public static string HashOf(string version, string language, TranslatedWords words)
        => Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(version), .. Encoding.UTF8.GetBytes(language), 0, .. words.Bytes()]));
}

/// <summary>A translation in work. <see cref="Edit"/> grows with every save.</summary>
public sealed record TranslationProposal
{
    public required string Language { get; init; }
    public required int Of { get; init; }
    public required TranslatedWords Words { get; init; }
    public required Guid Author { get; init; }
    public required DateTimeOffset SavedAt { get; init; }
    public required int Edit { get; init; }
    public required ProposalStage Stage { get; init; }
    public string? Comment { get; init; } // why it was returned
    public Guid? ReturnedBy { get; init; }
}

public sealed record SaveClaimTranslation : Command<Claim>
{
    public required string Language { get; init; }
    public required int Of { get; init; } // the version that the form showed
    public required TranslatedWords Words { get; init; }
    public required int BasedOnEdit { get; init; } // of this language's proposal as the form showed it; 0: there was none
    public bool Ask { get; init; } // for approval, with the same click

    public override Decision<Claim> Decide(Claim? claim, Actor by, DateTimeOffset now) => claim?.SaveTranslation(this, by, now) ?? Decision<Claim>.Missing;
}

public sealed record ApproveClaimTranslation : Command<Claim>
{
    public required string Language { get; init; }
    public required int Edit { get; init; }

    public override Decision<Claim> Decide(Claim? claim, Actor by, DateTimeOffset now) => claim?.ApproveTranslation(this, by, now) ?? Decision<Claim>.Missing;
}

public sealed record ReturnClaimTranslation : Command<Claim>
{
    public required string Language { get; init; }
    public required int Edit { get; init; }
    public required string Comment { get; init; }

    public override Decision<Claim> Decide(Claim? claim, Actor by, DateTimeOffset now) => claim?.ReturnTranslation(this, by, now) ?? Decision<Claim>.Missing;
}
