using TrustCenter.Claims;
using TrustCenter.Evidence;
using TrustCenter.Subprocessors;

namespace TrustCenter.Pages;

/// <summary>What of a vendor's public content can be found.</summary>
internal static class SearchEntries
{
    public static IReadOnlyList<SearchEntry> Of(PageContent content) =>
        [.. content.Listed.Select(c => OfClaim(content, c)), .. content.Documents.Select(d => OfDocument(d, content.Today)), .. content.Subprocessors.Select(OfSubprocessor)];

    private static SearchEntry OfClaim(PageContent content, PageClaim claim)
    {
        var wording = claim.Latest.Wording;
        var title = StatementParts.Of(wording.Statement).Title;
        var whole = string.Join(' ', StatementMarkdown.ToText(wording.Statement).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var body = whole.StartsWith(title, StringComparison.Ordinal) ? whole[title.Length..].TrimStart(':', ' ') : whole;
        var why = content.Vendor.Audiences.Select(a => wording.Why.GetValueOrDefault(a.Key, "")).Where(w => w.Length > 0);
        string[] facts = [content.Vendor.TopicOf(wording.Topic)?.Name ?? wording.Topic, .. Scope(wording), .. ClaimLine.Spelled(wording.Frameworks)];
        return new SearchEntry(SearchKind.Claim, claim.Id, title, body, string.Join(' ', why), string.Join(" · ", facts), claim.State);
    }

    // "All products" says nothing that anybody looks for.
    private static string[] Scope(ClaimWording wording) => wording.Products.Count + wording.Plans.Count + wording.Regions.Count == 0 ? [] : [ClaimLine.ScopeOf(wording)];

    private static SearchEntry OfDocument(PublicEvidence document, DateOnly today)
    {
        var validity = document.ValidUntil is not { } until ? "" : $" · {(until < today ? "expired on" : "valid until")} {Words.Date(until)}";
        return new SearchEntry(SearchKind.Document, document.Id, document.Title, "", "", $"{EvidenceWords.Of(document.Kind)} · {EvidenceWords.Of(document.Class).ToLowerInvariant()}{validity}", null);
    }

    private static SearchEntry OfSubprocessor(Subprocessor entry)
        => new(SearchKind.Subprocessor, entry.Id, entry.Name, entry.Purpose, "", string.Join(" · ", [entry.Location, .. entry.Products]), null);
}
