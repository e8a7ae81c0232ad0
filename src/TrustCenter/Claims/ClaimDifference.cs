using TrustCenter.Pages;
using TrustCenter.Tenants;

namespace TrustCenter.Claims;

/// <summary>One field that two wordings say differently, in words.</summary>
public sealed record FieldDifference(string Label, string Before, string After);

/// <summary>Field by field: what an approver must see beside the statement.</summary>
public static class ClaimDifference
{
    private const string All = "all";

    /// <summary>The fields that differ, without the statement; all that say something where nothing came before.</summary>
    public static IReadOnlyList<FieldDifference> Between(ClaimWording? before, ClaimWording after, Vendor vendor, IReadOnlyList<EvidenceTitle> evidence)
    {
        var old = before is null ? [] : Lines(before, vendor, evidence).ToDictionary(l => l.Label, l => l.Value);
        var now = Lines(after, vendor, evidence).ToDictionary(l => l.Label, l => l.Value);
        return [.. now.Keys.Union(old.Keys)
            .Select(label => new FieldDifference(label, old.GetValueOrDefault(label, ""), now.GetValueOrDefault(label, "")))
            .Where(d => d.Before != d.After)];
    }

    /// <summary>What a wording says beside its statement.</summary>
    public static IEnumerable<(string Label, string Value)> Lines(ClaimWording wording, Vendor vendor, IReadOnlyList<EvidenceTitle> evidence)
    {
        yield return ("Topic", vendor.TopicOf(wording.Topic)?.Name ?? wording.Topic);
        yield return ("Status", EditorWords.Of(wording.Status));
        yield return ("Visibility", EditorWords.Of(wording.Visibility));
        yield return ("Owner", wording.Owner);
        yield return ("Products", Scope(wording.Products));
        yield return ("Plans", Scope(wording.Plans));
        yield return ("Regions", Scope(wording.Regions));
        yield return ("Checked", wording.Checked is { } day ? Words.Date(day) : "");
        yield return ("Review by", wording.ReviewBy is { } by ? Words.Date(by) : "");
        yield return ("Frameworks", string.Join(", ", wording.Frameworks));
        foreach (var (audience, why) in wording.Why.OrderBy(w => w.Key, StringComparer.Ordinal))
            yield return ($"Why, for {vendor.Audiences.FirstOrDefault(a => a.Key == audience)?.Name ?? audience}", why);
        yield return ("Evidence", string.Join(", ", wording.Evidence.Select(id => evidence.FirstOrDefault(e => e.Id == id)?.Title ?? "a document that is gone").Order(StringComparer.OrdinalIgnoreCase))); // a form sends them in an order of its own
    }

    private static string Scope(IReadOnlyList<string> names) => names.Count == 0 ? All : string.Join(", ", names);
}
