using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Staff;

/// <summary>An entry of the publications as a sentence.</summary>
public static class PublicationWords
{
    public static TodayChange Of(Sql sql, ConsoleUser user, JournalEntry entry)
    {
        var version = entry.Facts.FirstOrDefault(f => f.Name == "version")?.Value;
        var (says, path) = Guid.TryParse(entry.Subject[(entry.Subject.IndexOf(':') + 1)..], out var id) ? About(sql, user, entry.What, version, id) : (entry.What, null);
        return new TodayChange(Micros.ToTime(entry.Utc), says, path);
    }

    private static (string Says, string? Path) About(Sql sql, ConsoleUser user, string what, string? version, Guid id) => what switch
    {
        "claim.published" => ($"Version {version} of “{Name(sql, user, "statement", "claim_rows", id)}” was published.", user.Paths.ConsoleClaim(id)),
        "claim.withdrawn" => ($"“{Name(sql, user, "statement", "claim_rows", id)}” was withdrawn.", user.Paths.ConsoleClaim(id)),
        "claim.translated" => ($"A translation of “{Name(sql, user, "statement", "claim_rows", id)}” was published.", user.Paths.ConsoleClaim(id)),
        "evidence.published" => ($"Version {version} of the document “{Name(sql, user, "title", "evidence_rows", id)}” was published.", user.Paths.ConsoleEvidenceDocument(id)),
        "evidence.withdrawn" => ($"The document “{Name(sql, user, "title", "evidence_rows", id)}” was withdrawn.", user.Paths.ConsoleEvidenceDocument(id)),
        "subprocessors.published" => ($"Version {version} of the list of subprocessors was published.", null),
        "vendor.published" => ("Your name, topics and audiences were set.", null),
        "page.published" => ("The public pages were compiled.", null),
        _ => (what.Replace('.', ' ').Replace('_', ' ') + ".", null),
    };

    private static string Name(Sql sql, ConsoleUser user, string column, string table, Guid id)
        => Claims.EditorWords.Cut(Claims.StatementMarkdown.ToText(sql.First($"select {column} from {table} where tenant = @tenant and id = @id", r => r.Text(0), ("@tenant", user.Scope.Tenant), ("@id", id)) ?? "something that is gone"), 80);
}
