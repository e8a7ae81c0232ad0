using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Claims;

/// <summary>What the pages are compiled from: the versions that stand or stood in public, without drafts and without names of staff.</summary>
public sealed record PublicClaim
{
    public required Guid Id { get; init; }
    public required IReadOnlyList<PublicClaimVersion> Versions { get; init; }
    public bool IsWithdrawn { get; init; }
    public IReadOnlyList<PublicTranslation>? Translations { get; init; } // oldest first; only of versions that were public
    public PublicClaimVersion Latest => Versions[^1];
}

/// <param name="Until">When another version took its place, also one that is not public; null: none did.</param>
public sealed record PublicClaimVersion(int Number, ClaimWording Wording, DateTimeOffset At, string Hash, bool IsWithdrawal, string? Reason, DateTimeOffset? Until = null);

/// <summary>What version <paramref name="Of"/> says in another language.</summary>
public sealed record PublicTranslation(string Language, int Number, int Of, TranslatedWords Words, DateTimeOffset At, string Hash);

public sealed partial record Claim
{
    public IEnumerable<ViewRow> Rows(AggregateId id)
    {
        var shown = (Current?.Wording ?? Working)!;
        yield return new ViewRow("claim_rows", id.Key,
            ("statement", shown.Statement), ("topic", shown.Topic), ("status", shown.Status), ("visibility", shown.Visibility), ("owner", shown.Owner),
            ("review_by", shown.ReviewBy), ("version", Number), ("stage", StageName()), ("author", Proposal?.Author),
            ("changed", Proposal?.SavedAt ?? Latest!.At), ("published", PublicJson(id)),
            ("publish_at", Proposal is { Stage: ProposalStage.Approved, PublishAt: { } at } ? at : null));
        foreach (var language in Tongues())
            yield return TranslationRow(id, language);
    }

    // One row for each language that is in work, so that lists see what waits.
    private ViewRow TranslationRow(AggregateId id, string language)
    {
        var key = new Guid(SHA256.HashData([.. id.Key.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(language)]).AsSpan(0, 16), bigEndian: true);
        return ProposalIn(language) is not { } proposal ? new ViewRow("translation_rows", key) { Gone = true }
            : new ViewRow("translation_rows", key, ("claim", id.Key), ("language", language), ("statement", proposal.Words.Statement), ("stage", proposal.Stage), ("author", proposal.Author), ("changed", proposal.SavedAt));
    }

    private string StageName() => Proposal?.Stage switch
    {
        ProposalStage.Waiting => "Waiting",
        ProposalStage.Approved => "Approved",
        ProposalStage.Returned => "Returned",
        ProposalStage.Draft => "Draft",
        _ => Current is null ? "Withdrawn" : "Published",
    };

    // Every version that was public stays readable; versions for rooms are left out of the public list.
    private string? PublicJson(AggregateId id)
    {
        if (!Published.Any(IsForAll)) return null;
        var versions = Published.Where(IsForAll).Select(v => new PublicClaimVersion(v.Number, v.Wording, v.At, v.Hash, v.IsWithdrawal, v.Reason, Published.FirstOrDefault(n => n.Number == v.Number + 1)?.At)).ToList();
        var numbers = versions.Select(v => v.Number).ToHashSet();
        var translations = (Translations ?? []).Where(t => numbers.Contains(t.Of)).Select(t => new PublicTranslation(t.Language, t.Number, t.Of, t.Words, t.At, t.Hash)).ToList();
        var claim = new PublicClaim { Id = id.Key, Versions = versions, IsWithdrawn = Latest!.IsWithdrawal || !IsForAll(Latest), Translations = translations.Count == 0 ? null : translations };
        return JsonSerializer.Serialize(claim, ClaimJson.Default.PublicClaim);
    }

    private static bool IsForAll(ClaimVersion version) => version.Wording.Visibility == Visibility.Public;
}
