using System.Globalization;
using System.Text;
using TrustCenter.Agreements;
using TrustCenter.Claims;
using TrustCenter.Evidence;
using TrustCenter.Pages;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>The text files of a folder, in the order and form that never changes. Pure.</summary>
internal static class ExportText
{
    /// <summary>Name and text of every file.</summary>
    public static IEnumerable<(string Name, string Text)> Files(ExportContent content)
    {
        yield return (VendorReader.File, Vendor(content.Vendor));
        if (content.Vendor.Logo is { Length: > 0 } logo && !LogoFile.IsPng(logo)) yield return (LogoName, logo);
        var documents = content.Documents.ToDictionary(d => d.Id, d => d.Key);
        var claims = Claims(content.Claims, documents);
        yield return ("claims.yaml", claims.Length > 0 ? claims : "[]\n");
        if (content.Documents.Count > 0) yield return ("evidence.csv", Evidence(content.Documents));
        if (content.Subprocessors.Count > 0) yield return ("subprocessors.csv", Subprocessors(content));
        if (content.Agreement is { } agreement) yield return (AgreementReader.File, Agreement(agreement));
        if (content.Claims.Any(c => c.Translations.Count > 0)) yield return (TranslationReader.File, Translations(content.Claims));
    }

    private const string LogoName = "logo.svg";
    public const string PngName = "logo.png"; // the one file beside the vendor.yaml that is no text

    private static string Vendor(Vendor vendor)
    {
        var yaml = new ExportYaml();
        yaml.Value(0, "name", ExportWording.Line(vendor.Name));
        yaml.Value(0, "host", vendor.Host);
        yaml.Value(0, "tagline", ExportWording.Line(vendor.Tagline));
        yaml.Value(0, "accent", vendor.Accent);
        if (vendor.Logo is { Length: > 0 }) yaml.Value(0, "logo", LogoFile.IsPng(vendor.Logo) ? PngName : LogoName);
        yaml.Value(0, "contact", vendor.Contact);
        yaml.Value(0, "website", vendor.Website);
        yaml.Values(0, "products", vendor.Products);
        yaml.Values(0, "plans", vendor.Plans);
        yaml.Values(0, "regions", vendor.Regions);
        yaml.Value(0, "currency", vendor.Currency);
        yaml.Values(0, "languages", vendor.Languages ?? []);
        if (vendor.Topics.Count > 0) yaml.List(0, "topics");
        foreach (var topic in vendor.Topics)
        {
            yaml.Value(2, "key", topic.Key, opensItem: true);
            yaml.Value(2, "name", ExportWording.Line(topic.Name));
            yaml.Value(2, "summary", ExportWording.Line(topic.Summary));
        }
        if (vendor.Audiences.Count > 0) yaml.List(0, "audiences");
        foreach (var audience in vendor.Audiences)
        {
            yaml.Value(2, "key", audience.Key, opensItem: true);
            yaml.Value(2, "name", ExportWording.Line(audience.Name));
            yaml.Value(2, "why", ExportWording.Line(audience.Why));
            yaml.Values(2, "topics", audience.Topics);
            if (audience is { MoreLabel.Length: > 0, MoreAddress.Length: > 0 }) yaml.Map(2, "more", [new("label", ExportWording.Line(audience.MoreLabel)), new("address", audience.MoreAddress)]);
        }
        return yaml.ToString();
    }

    private static string Claims(IReadOnlyList<ExportClaim> claims, Dictionary<Guid, string> documents)
    {
        var yaml = new ExportYaml();
        foreach (var claim in claims)
        {
            if (claim != claims[0]) yaml.Gap();
            var wording = claim.Wording;
            yaml.Value(1, "key", claim.Key, opensItem: true);
            yaml.Value(1, "statement", wording.Statement);
            yaml.Value(1, "topic", wording.Topic);
            yaml.Value(1, "status", ImportWords.Status.Word(wording.Status switch { ClaimStatus.InPlace => ImportStatus.InPlace, ClaimStatus.Partly => ImportStatus.Partly, _ => ImportStatus.Planned }));
            yaml.Value(1, "owner", wording.Owner);
            yaml.Value(1, "visibility", ImportWords.Visibility.Word(wording.Visibility == Visibility.Room ? ImportVisibility.Room : ImportVisibility.Public));
            yaml.Values(1, "products", wording.Products);
            yaml.Values(1, "plans", wording.Plans);
            yaml.Values(1, "regions", wording.Regions);
            yaml.Value(1, "checked", Day(wording.Checked));
            yaml.Value(1, "reviewBy", Day(wording.ReviewBy));
            yaml.Values(1, "frameworks", wording.Frameworks);
            yaml.Map(1, "why", wording.Why);
            yaml.Values(1, "evidence", [.. wording.Evidence.Select(e => documents[e])]);
        }
        return yaml.ToString();
    }

    private static string Translations(IReadOnlyList<ExportClaim> claims)
    {
        var yaml = new ExportYaml();
        var isFirst = true;
        foreach (var (claim, translation) in claims.SelectMany(c => c.Translations.Select(t => (c, t))))
        {
            if (!isFirst) yaml.Gap();
            isFirst = false;
            yaml.Value(1, "claim", claim.Key, opensItem: true);
            yaml.Value(1, "language", translation.Language);
            yaml.Value(1, "statement", ExportWording.Lines(translation.Words.Statement));
            yaml.Value(1, "owner", ExportWording.Line(translation.Words.Owner));
            yaml.Map(1, "why", translation.Words.Why.Select(w => new KeyValuePair<string, string>(w.Key, ExportWording.Line(w.Value))));
        }
        return yaml.ToString();
    }

    private static string Evidence(IReadOnlyList<ExportDocument> documents) => Csv(["key", "title", "kind", "class", "from", "to", "validUntil", "file"], documents.Select(d => new[]
    {
        d.Key, ExportWording.Line(d.Version.Title), ImportWords.Kind.Word(Enum.Parse<ImportKind>(d.Version.Kind.ToString())), ImportWords.Class.Word(Enum.Parse<ImportClass>(d.Version.Class.ToString())),
        Day(d.Version.From), Day(d.Version.To), Day(d.Version.ValidUntil), d.File,
    }));

    private static string Subprocessors(ExportContent content) => Csv(["key", "name", "purpose", "location", "website", "products", "since"], content.Subprocessors.Select(s => new[]
    {
        KeyOf(content.Tenant, s), ExportWording.Line(s.Name), ExportWording.Line(s.Purpose), ExportWording.Line(s.Location), s.Website, string.Join(';', s.Products), Day(s.Since),
    }));

    // The key that its name would make where it was made so; else its id.
    private static string KeyOf(Guid tenant, Subprocessor entry)
    {
        var made = Slug.Of(string.Join(" ", [entry.Name, .. entry.Products]));
        return ImportKeys.Of<SubprocessorList>(new(tenant), made) == entry.Id ? made : entry.Id.ToString("D");
    }

    // Its version is the beginning of its hash: the same text has the same one wherever it was published.
    private static string Agreement(AgreementVersion agreement)
    {
        var yaml = new ExportYaml();
        yaml.Value(0, "title", ExportWording.Line(agreement.Title));
        yaml.Value(0, "version", agreement.Hash[..12]);
        return $"---\n{yaml}---\n{ExportWording.Lines(agreement.Body)}\n";
    }

    private static string Csv(string[] columns, IEnumerable<string[]> rows)
    {
        var csv = new StringBuilder().AppendJoin(',', columns).Append('\n');
        foreach (var row in rows) csv.AppendJoin(',', row.Select(CsvCell.Write)).Append('\n');
        return csv.ToString();
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
