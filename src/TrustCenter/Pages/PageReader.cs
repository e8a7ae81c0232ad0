using System.Globalization;
using System.Text.Json;
using TrustCenter.Claims;
using TrustCenter.Evidence;
using TrustCenter.Journal;
using TrustCenter.Store;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Pages;

/// <summary>Reads what the pages say from the view rows, at one moment of the database.</summary>
public static class PageReader
{
    private const int MostPublications = 500; // log entries that the updates page looks back

    public static PageContent Read(Sql sql, Guid tenant, Vendor vendor, DateOnly today)
    {
        var documents = Documents(sql, tenant);
        var claims = Claims(sql, tenant, documents, today);
        return new PageContent
        {
            Vendor = vendor,
            Today = today,
            Claims = claims,
            Documents = [.. documents.Where(d => d.Withdrawn is null)],
            Withdrawn = [.. documents.Where(d => d.Withdrawn is not null)],
            Subprocessors = Subprocessors(sql, tenant),
            Publications = Publications(sql, tenant, claims, documents),
        };
    }

    /// <summary>One claim; null when nothing of it was ever public.</summary>
    public static PageClaim? Claim(Sql sql, Guid tenant, Guid claim, DateOnly today)
    {
        var stored = sql.First("select published from claim_rows where tenant = @tenant and id = @id", r => r.TextOrNull(0), ("@tenant", tenant), ("@id", claim));
        return stored is null ? null : PageClaim.Of(ClaimOf(stored), Documents(sql, tenant).ToDictionary(d => d.Id), today);
    }

    /// <summary>Everything that was ever published, what was withdrawn included: a claim that rests on it says so.</summary>
    public static List<PublicEvidence> Documents(Sql sql, Guid tenant)
        => [.. sql.Query("select published from evidence_rows where tenant = @tenant and published is not null", r => JsonSerializer.Deserialize(r.Text(0), EvidenceJson.Default.PublicEvidence)!, ("@tenant", tenant))
            .OrderBy(d => d.Kind).ThenBy(d => d.Title, StringComparer.OrdinalIgnoreCase).ThenBy(d => d.Id)];

    private static List<PageClaim> Claims(Sql sql, Guid tenant, List<PublicEvidence> documents, DateOnly today)
    {
        var byId = documents.ToDictionary(d => d.Id);
        return [.. sql.Query("select published from claim_rows where tenant = @tenant and published is not null", r => PageClaim.Of(ClaimOf(r.Text(0)), byId, today), ("@tenant", tenant))
            .OfType<PageClaim>().OrderBy(c => c.Versions[0].At).ThenBy(c => c.Id)];
    }

    private static PublicClaim ClaimOf(string json) => JsonSerializer.Deserialize(json, ClaimJson.Default.PublicClaim)!;

    private static List<Subprocessor> Subprocessors(Sql sql, Guid tenant)
        => sql.Query("select id, name, purpose, location, website, products, since, announced, until from subprocessor_rows where tenant = @tenant order by position, name",
            r => new Subprocessor(r.Id(0), r.Text(1), r.Text(2), r.Text(3), r.Text(4), r.Text(5).Split("; ", StringSplitOptions.RemoveEmptyEntries), r.DateOrNull(6)) { Announced = r.DateOrNull(7), Until = r.DateOrNull(8) }, ("@tenant", tenant));

    private static List<Publication> Publications(Sql sql, Guid tenant, List<PageClaim> claims, List<PublicEvidence> documents)
    {
        var (claimOf, documentOf) = (claims.ToDictionary(c => c.Id), documents.ToDictionary(d => d.Id));
        return [.. sql.Query("select body from entries where tenant = @tenant and log = @log and what <> @what order by n desc limit @most", r => EntryEncoding.Decode(r.Bytes(0)),
            ("@tenant", tenant), ("@log", JournalEntry.Publications), ("@what", PageCompiler.Published), ("@most", MostPublications))
            .Select(entry => PublicationOf(entry, claimOf, documentOf)).OfType<Publication>()];
    }

    private static Publication? PublicationOf(JournalEntry entry, Dictionary<Guid, PageClaim> claims, Dictionary<Guid, PublicEvidence> documents)
    {
        var day = DateOnly.FromDateTime(Micros.ToTime(entry.Utc).UtcDateTime);
        if (!Guid.TryParse(entry.Subject.AsSpan(entry.Subject.IndexOf(':') + 1), out var subject)) return null;
        var version = int.TryParse(entry.Facts.FirstOrDefault(f => f.Name == "version")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return entry.What switch
        {
            "claim.published" or "claim.withdrawn" when claims.TryGetValue(subject, out var claim) => OfClaim(day, claim, version),
            "evidence.published" when documents.TryGetValue(subject, out var document) => new Publication(day, PublicationKind.Document, subject, document.Title, version),
            "evidence.withdrawn" when documents.TryGetValue(subject, out var gone) => new Publication(day, PublicationKind.DocumentWithdrawn, subject, gone.Title, version, Note: entry.Facts.FirstOrDefault(f => f.Name == "reason")?.Value),
            "subprocessors.published" => new Publication(day, PublicationKind.Subprocessors, Guid.Empty, "", version),
            _ => null,
        };
    }

    // A version for rooms has an entry of its own once the claim was public; it is no public word and no update.
    private static Publication? OfClaim(DateOnly day, PageClaim claim, int number)
    {
        if (claim.Version(number) is not { } version) return null;
        var title = StatementParts.Of(version.Wording.Statement).Title;
        var before = claim.Versions.LastOrDefault(v => v.Number < number)?.Number;
        var kind = version.IsWithdrawal ? PublicationKind.ClaimWithdrawn : before is null ? PublicationKind.ClaimPublished : PublicationKind.ClaimChanged;
        return new Publication(day, kind, claim.Id, title, number, before, version.IsWithdrawal ? version.Reason : null);
    }
}
