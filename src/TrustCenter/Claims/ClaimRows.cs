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
    public PublicClaimVersion Latest => Versions[^1];
}

public sealed record PublicClaimVersion(int Number, ClaimWording Wording, DateTimeOffset At, string Hash, bool IsWithdrawal, string? Reason);

public sealed partial record Claim
{
    public IEnumerable<ViewRow> Rows(AggregateId id)
    {
        var shown = (Current?.Wording ?? Working)!;
        yield return new ViewRow("claim_rows", id.Key,
            ("statement", shown.Statement), ("topic", shown.Topic), ("status", shown.Status), ("visibility", shown.Visibility), ("owner", shown.Owner),
            ("review_by", shown.ReviewBy), ("version", Number), ("stage", StageName()), ("author", Proposal?.Author),
            ("changed", Proposal?.SavedAt ?? Latest!.At), ("published", PublicJson(id)));
    }

    private string StageName() => Proposal?.Stage switch
    {
        ProposalStage.Waiting => "Waiting",
        ProposalStage.Returned => "Returned",
        ProposalStage.Draft => "Draft",
        _ => Current is null ? "Withdrawn" : "Published",
    };

    // Every version that was public stays readable; versions for rooms are left out of the public list.
    private string? PublicJson(AggregateId id)
    {
        if (!Published.Any(IsForAll)) return null;
        var versions = Published.Where(IsForAll).Select(v => new PublicClaimVersion(v.Number, v.Wording, v.At, v.Hash, v.IsWithdrawal, v.Reason)).ToList();
        return JsonSerializer.Serialize(new PublicClaim { Id = id.Key, Versions = versions, IsWithdrawn = Latest!.IsWithdrawal || !IsForAll(Latest) }, ClaimJson.Default.PublicClaim);
    }

    private static bool IsForAll(ClaimVersion version) => version.Wording.Visibility == Visibility.Public;
}
