using TrustCenter.Agreements;
using TrustCenter.Claims;
using TrustCenter.Evidence;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>What stands of a vendor, ready to be written: the published version of each claim and document, and nothing that waits.</summary>
public sealed record ExportContent
{
    public required Vendor Vendor { get; init; }
    public required IReadOnlyList<ExportClaim> Claims { get; init; } // by key
    public required IReadOnlyList<ExportDocument> Documents { get; init; } // by key
    public required IReadOnlyList<Subprocessor> Subprocessors { get; init; } // in the list's order
    public required Guid Tenant { get; init; }
    public AgreementVersion? Agreement { get; init; }
    public int Unpublished { get; init; } // claims and documents that are not in the folder, because nothing of them stands
    public IReadOnlyList<string> Notes { get; init; } = []; // what could not be written as it is
}

public sealed record ExportClaim(string Key, Guid Id, ClaimVersion Version, IReadOnlyList<ClaimTranslation> Translations)
{
    /// <summary>The wording as a folder can say it: that is what is written, and what reading it again gives.</summary>
    public ClaimWording Wording => Version.Wording;
}

/// <param name="File">Where its bytes lie, inside <c>files/</c>.</param>
public sealed record ExportDocument(string Key, Guid Id, EvidenceVersion Version, string File);

/// <summary>The keys and names that a folder gives to what has an id here.</summary>
internal static class ExportNames
{
    /// <summary>What was written here has its id as key; a folder's own key stays what it was.</summary>
    public static string KeyOf(string? key, Guid id) => key is not null && Slug.IsKey(key) ? key : id.ToString("D");

    /// <summary>The document's own file name below a folder of its key, so that two of one name do not meet.</summary>
    public static string FileOf(string key, StoredFile file)
    {
        var name = FileName.Clean(file.Name).Replace(':', '-').Replace('\\', '-');
        // Markdown would be turned into a PDF when it is read: as a stored file it is what it is.
        if (name.EndsWith(".md", StringComparison.OrdinalIgnoreCase)) name += ".txt";
        return $"{key}/{name}";
    }
}

/// <summary>A wording as a folder can say it. Reading a folder drops control characters' neighbours and white space around a text, and knows only audiences and documents that are in it.</summary>
internal static class ExportWording
{
    public static ClaimWording Of(ClaimWording wording, Vendor vendor, IReadOnlySet<Guid> documents) => wording with
    {
        Statement = Lines(wording.Statement),
        Owner = Line(wording.Owner),
        Products = Names(wording.Products),
        Plans = Names(wording.Plans),
        Regions = Names(wording.Regions),
        Frameworks = Names(wording.Frameworks),
        Why = wording.Why.Where(w => vendor.Audiences.Any(a => a.Key == w.Key) && Line(w.Value).Length > 0).ToDictionary(w => w.Key, w => Line(w.Value)),
        Evidence = [.. wording.Evidence.Where(documents.Contains).Distinct()],
    };

    public static string Lines(string text) => Clean(text.ReplaceLineEndings("\n"), linesAllowed: true).Trim();

    public static string Line(string text) => Clean(text.ReplaceLineEndings(" "), linesAllowed: false).Trim();

    private static IReadOnlyList<string> Names(IReadOnlyList<string> names) => [.. names.Select(n => Line(n).Replace(';', ',')).Where(n => n.Length > 0).Distinct()];

    private static string Clean(string text, bool linesAllowed)
        => FieldText.HoldsControl(text, linesAllowed) ? string.Concat(text.EnumerateRunes().Where(r => r.Value != 0xFFFD && (!System.Text.Rune.IsControl(r) || (linesAllowed && r.Value is '\n' or '\t'))).Select(r => r.ToString())) : text;
}
