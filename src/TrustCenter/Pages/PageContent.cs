using TrustCenter.Claims;
using TrustCenter.Evidence;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Pages;

/// <summary>
/// What a vendor says in public on one day: everything that the pages are made of, and nothing that was not published for everybody.
/// </summary>
public sealed record PageContent
{
    public required Vendor Vendor { get; init; }
    public required DateOnly Today { get; init; } // UTC; evidence expires and reviews fall due by it
    public required IReadOnlyList<PageClaim> Claims { get; init; } // all with a public version, in the order of first publication
    public required IReadOnlyList<PublicEvidence> Documents { get; init; } // that stand
    public IReadOnlyList<PublicEvidence> Withdrawn { get; init; } = []; // documents that stood once
    public required IReadOnlyList<Subprocessor> Subprocessors { get; init; }
    public required IReadOnlyList<Publication> Publications { get; init; } // newest first

    /// <summary>The claims that stand today.</summary>
    public IEnumerable<PageClaim> Listed => Claims.Where(c => c.IsListed);

    /// <summary>The languages in which there are pages: the original's, and those in which at least one claim was translated.</summary>
    public IEnumerable<string> Languages => (Vendor.Languages ?? []).Skip(1).Where(l => Claims.Any(c => c.WasIn(l))).Prepend(Vendor.Original);
}

/// <summary>How a claim stands today. The last two have no place in lists: they keep their own address with its history.</summary>
public enum PublicState { InPlace, Partly, Planned, EvidenceExpired, EvidenceWithdrawn, UnderReview, Withdrawn, NotPublic }

/// <summary>One claim as strangers may know it: its public versions only, oldest first, at least one.</summary>
public sealed record PageClaim(Guid Id, PublicState State, IReadOnlyList<PublicClaimVersion> Versions, IReadOnlyList<PublicEvidence> Evidence)
{
    public PublicClaimVersion Latest => Versions[^1];

    public bool IsListed => State < PublicState.Withdrawn;

    public IReadOnlyList<PublicTranslation> Translations { get; init; } = [];

    /// <summary>What its latest version says in this language; null where nobody translated just that one.</summary>
    public PublicTranslation? In(string language) => Latest.IsWithdrawal ? null : Translations.LastOrDefault(t => t.Language == language && t.Of == Latest.Number);

    public bool WasIn(string language) => Translations.Any(t => t.Language == language);

    /// <summary>When a version stopped to stand in public; null: it stands.</summary>
    public DateTimeOffset? UntilOf(PublicClaimVersion version) => version.Until ?? Versions.FirstOrDefault(v => v.Number > version.Number)?.At;

    public PublicClaimVersion? Version(int number) => Versions.FirstOrDefault(v => v.Number == number);

    /// <summary>Null when nothing of it was ever public.</summary>
    public static PageClaim? Of(PublicClaim stored, IReadOnlyDictionary<Guid, PublicEvidence> documents, DateOnly today)
    {
        var versions = stored.Versions.Where(v => v.Wording.Visibility == Visibility.Public).ToList();
        if (versions.Count == 0) return null;
        var last = versions[^1];
        var evidence = Linked(last, documents);
        var state = last.IsWithdrawal ? PublicState.Withdrawn
            : stored.IsWithdrawn ? PublicState.NotPublic // it went on in rooms: what it says there is nobody's business here
            : StateOf(last.Wording, evidence, today);
        return new PageClaim(stored.Id, state, versions, evidence) { Translations = stored.Translations ?? [] };
    }

    /// <summary>How a wording stands on a day: what was proven by something that is over does not stay green (DESIGN, invariant 11).</summary>
    /// <param name="evidence">What it links to and was published.</param>
    public static PublicState StateOf(ClaimWording wording, IReadOnlyCollection<PublicEvidence> evidence, DateOnly today)
    {
        if (evidence.Any(e => e.Withdrawn is not null)) return PublicState.EvidenceWithdrawn;
        if (evidence.Any(e => e.ValidUntil < today)) return PublicState.EvidenceExpired;
        if (wording.ReviewBy < today) return PublicState.UnderReview;
        return wording.Status switch
        {
            ClaimStatus.InPlace => PublicState.InPlace,
            ClaimStatus.Partly => PublicState.Partly,
            _ => PublicState.Planned,
        };
    }

    private static List<PublicEvidence> Linked(PublicClaimVersion version, IReadOnlyDictionary<Guid, PublicEvidence> documents)
        => [.. version.Wording.Evidence.Select(documents.GetValueOrDefault).OfType<PublicEvidence>()];
}

public enum PublicationKind { ClaimPublished, ClaimChanged, ClaimWithdrawn, Document, DocumentWithdrawn, Subprocessors }

/// <summary>One line of the updates.</summary>
/// <param name="Subject">The claim or document; empty for the list of subprocessors.</param>
/// <param name="Before">The public version that a changed claim had before.</param>
/// <param name="Note">Why it was withdrawn.</param>
public sealed record Publication(DateOnly Day, PublicationKind Kind, Guid Subject, string Title, int Version, int? Before = null, string? Note = null);
