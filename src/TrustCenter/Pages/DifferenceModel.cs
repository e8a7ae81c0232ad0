using TrustCenter.Claims;
using TrustCenter.Evidence;
using TrustCenter.Tenants;

namespace TrustCenter.Pages;

/// <summary>Two public versions of a claim beside each other.</summary>
public sealed record DifferenceModel(Frame Frame, Guid Claim, PublicClaimVersion From, PublicClaimVersion To, IReadOnlyList<ChangedField> Fields)
{
    public bool IsSameText => StatementMarkdown.ToText(From.Wording.Statement) == StatementMarkdown.ToText(To.Wording.Statement);

    public static DifferenceModel Of(Frame frame, Vendor vendor, Guid claim, PublicClaimVersion from, PublicClaimVersion to, IReadOnlyList<PublicEvidence> documents)
    {
        var (before, after) = (Facts(vendor, from.Wording, documents), Facts(vendor, to.Wording, documents));
        var names = before.Concat(after).Select(f => f.Name).Distinct();
        string Value(List<(string Name, string Value)> facts, string name) => facts.FirstOrDefault(f => f.Name == name).Value ?? "";
        var changed = names.Select(name => new ChangedField(name, Value(before, name), Value(after, name))).Where(f => f.Before != f.After);
        return new DifferenceModel(frame, claim, from, to, [.. changed]);
    }

    private static List<(string Name, string Value)> Facts(Vendor vendor, ClaimWording wording, IReadOnlyList<PublicEvidence> documents) =>
    [
        ("Status", StateWords.Word(wording.Status switch { ClaimStatus.InPlace => PublicState.InPlace, ClaimStatus.Partly => PublicState.Partly, _ => PublicState.Planned })),
        ("Topic", vendor.TopicOf(wording.Topic)?.Name ?? wording.Topic),
        ("Applies to", ClaimLine.ScopeOf(wording)),
        ("Owner", wording.Owner),
        ("Checked", wording.Checked is { } day ? Words.Date(day) : ""),
        ("Next check due by", wording.ReviewBy is { } due ? Words.Date(due) : ""),
        ("Frameworks", string.Join(" · ", ClaimLine.Spelled(wording.Frameworks))),
        ("Evidence", string.Join(" · ", documents.Where(d => wording.Evidence.Contains(d.Id)).Select(d => d.Title))),
        .. vendor.Audiences.Select(a => ("Why, " + a.Name, wording.Why.GetValueOrDefault(a.Key, ""))),
    ];
}

/// <summary>A fact that the two versions say differently.</summary>
public sealed record ChangedField(string Name, string Before, string After);
