using TrustCenter.Tenants;

namespace TrustCenter.Claims;

/// <summary>One claim as it stood then.</summary>
/// <param name="Until">When it stopped to stand; null: it stands now.</param>
/// <param name="Version">What stood; the hash says that it is that.</param>
public sealed record StoodClaim(Guid Id, ClaimVersion Version, DateTimeOffset? Until)
{
    public static StoodClaim? Of(Guid id, Claim claim, DateTimeOffset at)
    {
        if (claim.Published.LastOrDefault(v => v.At <= at) is not { IsWithdrawal: false } stood) return null;
        return new StoodClaim(id, stood, claim.Published.FirstOrDefault(v => v.Number == stood.Number + 1)?.At);
    }
}

/// <summary>A topic with what stood in it.</summary>
public sealed record StoodTopic(string Name, IReadOnlyList<StoodClaim> Claims);

/// <summary>What stood at a moment, put together again from the versions that were published. Pure.</summary>
public sealed record ClaimsAsOf(DateTimeOffset At, IReadOnlyList<StoodTopic> Topics)
{
    public int Count => Topics.Sum(t => t.Claims.Count);

    public static ClaimsAsOf Of(IEnumerable<(Guid Id, Claim Claim)> claims, Vendor vendor, DateTimeOffset at)
    {
        var stood = claims.Select(c => StoodClaim.Of(c.Id, c.Claim, at)).OfType<StoodClaim>().ToList();
        var topics = vendor.Topics.Select(t => t.Key).Union(stood.Select(s => s.Version.Wording.Topic).Order(StringComparer.Ordinal));
        return new ClaimsAsOf(at, [.. topics
            .Select(key => new StoodTopic(vendor.TopicOf(key)?.Name ?? key, [.. stood.Where(s => s.Version.Wording.Topic == key).OrderBy(s => s.Version.Wording.Statement, StringComparer.Ordinal).ThenBy(s => s.Id)]))
            .Where(t => t.Claims.Count > 0)]);
    }
}
