using TrustCenter.Deals;

namespace TrustCenter.Import;

/// <summary>What exists already, so that a folder with deals alone may name claims that were imported before.</summary>
public sealed record ImportKnown
{
    public static readonly ImportKnown Nothing = new();

    public IReadOnlySet<string> Claims { get; init; } = new HashSet<string>(); // keys
    public IReadOnlySet<string> Documents { get; init; } = new HashSet<string>(); // keys
}

/// <summary>
/// Reads a folder in the documented format (FORMAT.md) and checks every row. Nothing is changed, stored or sent;
/// reading the same folder twice gives the same content.
/// </summary>
public static class ImportFolder
{
    private const string MapFile = "import.yaml";

    public static ImportReading Read(string path, ImportKnown? known = null)
    {
        var deals = new List<ImportDeal>();
        var reading = Read(path, deals.Add, known);
        return reading with { Content = reading.Content with { Deals = deals } };
    }

    /// <summary>Hands each deal to <paramref name="take"/> as it is read, instead of keeping them: a table of 100,000 is read in little memory.</summary>
    public static ImportReading Read(string path, Action<ImportDeal> take, ImportKnown? known = null)
    {
        var log = new ProblemLog();
        var folder = new Folder(path);
        if (folder.Exists) return log.Reading(Read(folder, log, known ?? ImportKnown.Nothing, take));

        log.In(path).Error(null, null, "file", "The folder is not there. Check its name.");
        return log.Reading(new ImportContent());
    }

    private static ImportContent Read(Folder folder, ProblemLog log, ImportKnown known, Action<ImportDeal> take)
    {
        var tables = new Tables(folder, Maps(folder, log.In(MapFile)), log);
        var content = new VendorReader(folder, log.In(VendorReader.File)).Read();
        content = content with { Vendor = WithProducts(content.Vendor, tables) };
        content = Public(content, folder, tables, log, known, out var isClaim);
        content = Deals(content, tables, isClaim, take);
        tables.WarnUnread();
        return content;
    }

    private static IReadOnlyDictionary<string, FileMap> Maps(Folder folder, FileProblems problems)
    {
        if (!folder.Has(MapFile) || folder.Open(MapFile, problems) is not { } path) return new Dictionary<string, FileMap>();
        if (TextFile.Read(path, ImportLimits.Yaml, problems) is not { } text) return new Dictionary<string, FileMap>();
        return YamlFile.Read(text, problems) is { } root ? FileMapReader.Read(root, problems) : new Dictionary<string, FileMap>();
    }

    private static ImportVendor? WithProducts(ImportVendor? vendor, Tables tables)
    {
        var more = tables.Rows(Table.Products).Select(row => row.Need("name", row.Text("name"))).Where(name => name.Length > 0).ToList();
        return vendor is null ? null : vendor with { Products = [.. vendor.Products.Union(more)] };
    }

    private static ImportContent Public(
        ImportContent content, Folder folder, Tables tables, ProblemLog log, ImportKnown known, out Func<string, bool> isClaim)
    {
        var vocabulary = WordsOf(content.Vendor);
        var evidence = new EvidenceReader(folder);
        var documents = evidence.Read(tables.Rows(Table.Evidence));
        var topics = content.Topics.ToList();
        var claims = new ClaimReader(vocabulary, topics, tables.MapOf(Table.Claims).NewTopics, content.Audiences,
            key => evidence.Knows(key) || known.Documents.Contains(key));
        isClaim = key => claims.Knows(key) || known.Claims.Contains(key);
        return content with
        {
            Documents = documents,
            Claims = claims.Read(tables.Rows(Table.Claims)),
            Translations = TranslationReader.Read(tables.Rows(Table.Translations), content.Audiences, content.Vendor?.Languages ?? [], isClaim),
            Topics = topics,
            Subprocessors = SubprocessorReader.Read(tables.Rows(Table.Subprocessors), vocabulary),
            Agreement = AgreementReader.Read(folder, log.In(AgreementReader.File)),
        };
    }

    private static ImportContent Deals(ImportContent content, Tables tables, Func<string, bool> isClaim, Action<ImportDeal> take)
    {
        var reader = new DealReader(WordsOf(content.Vendor), content.Vendor?.Currency ?? "", isClaim);
        var owners = reader.ReadOwners(tables.Rows(Table.Owners));
        var (count, says) = (0, DealColumns.None);
        foreach (var (row, deal) in reader.Read(tables.Rows(Table.Deals)))
        {
            says = count++ == 0 ? DealTable.Says(row) : says;
            take(deal);
        }

        if (owners.Count > 0) says |= DealColumns.Manager | DealColumns.Region;
        return content with { Owners = owners, DealCount = count, DealsSay = says };
    }

    private static Vocabulary WordsOf(ImportVendor? vendor) => new(vendor?.Products ?? [], vendor?.Plans ?? [], vendor?.Regions ?? []);
}
