using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Tenants;

namespace TrustCenter.Links;

/// <summary>
/// A later end, counted from today by the vendor's rules. A link that is over opens again: a visit that still runs goes on, everybody else proves the
/// address once more, as at the gate of any link.
/// </summary>
public sealed record ProlongLink : Command<ShareLink>
{
    public required DateTimeOffset Expires { get; init; }

    /// <summary>The vendor's, read for this request: a prolonged link goes past them as little as a new one (ABUSE T-026).</summary>
    public required LinkRules Rules { get; init; }

    public override Decision<ShareLink> Decide(ShareLink? link, Actor by, DateTimeOffset now)
    {
        if (link is null) return Decision<ShareLink>.Missing;
        if (link.Revoked is not null) return Decision<ShareLink>.Refuse("", "This link was revoked and stays so. Make a new one.");
        if (Rules.AgreementDemanded && !link.NeedsAgreement) return Decision<ShareLink>.Refuse("", "Every link needs the agreement here, and this one was made without it. Make a new one.");
        var next = link with { Expires = Expires };
        if (next.EndProblems(Rules, now).ToList() is { Count: > 0 } problems) return Decision<ShareLink>.Refuse(problems);
        if (Expires <= link.Expires) return Decision<ShareLink>.Refuse("expires", $"The link is open until {Text(link.Expires)} already. Choose a later day.");
        return new(new Outcome.Done()) { State = next, Happenings = [new Happening("link.prolonged", new Fact("from", Text(link.Expires)), new Fact("until", Text(Expires)))] };
    }

    private static string Text(DateTimeOffset at) => at.ToString("u", CultureInfo.InvariantCulture);
}
