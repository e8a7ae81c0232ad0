using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>Reads <c>vendor.yaml</c>: the vendor, the topics and the audiences.</summary>
internal sealed class VendorReader(Folder folder, FileProblems problems)
{
    public const string File = "vendor.yaml";
    private const string DefaultCurrency = "EUR";

    private static readonly string[] Columns =
        ["name", "host", "tagline", "accent", "logo", "contact", "website", "products", "plans", "regions", "currency", "languages", "topics", "audiences"];

    private static readonly string[] TopicColumns = ["key", "name", "summary"];
    private static readonly string[] AudienceColumns = ["key", "name", "why", "topics", "more"];
    private static readonly string[] MoreColumns = ["label", "address"];

    private readonly HashSet<string> warned = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the file says; its Vendor is null beside an error.</summary>
    public ImportContent Read()
    {
        if (folder.Open(File, problems) is not { } path) return new ImportContent();
        if (TextFile.Read(path, ImportLimits.Yaml, problems) is not { } text) return new ImportContent();
        if (YamlFile.Read(text, problems) is not { } root) return new ImportContent();
        if (root is MapNode map) return Read(Known(new Row(map, FileMap.None, problems), Columns));
        problems.Error(root.Line, null, "wrong shape", "Write \"name: ...\" and the other values, each on its line.");
        return new ImportContent();
    }

    private ImportContent Read(Row row)
    {
        var vendor = Vendor(row);
        var topics = Topics(row);
        var audiences = Audiences(row, topics);
        return new ImportContent { Vendor = row.Failed ? null : vendor, Topics = topics, Audiences = audiences };
    }

    private ImportVendor Vendor(Row row) => new()
    {
        Name = row.Need("name", row.Text("name")),
        Host = row.Need("host", row.Label("host")),
        Tagline = row.Text("tagline", ImportLimits.Sentence),
        Accent = row.Accent("accent"),
        Logo = Logo(row),
        Contact = row.Mail("contact"),
        Website = row.Website("website"),
        Products = Names(row, "products"),
        Plans = Names(row, "plans"),
        Regions = Names(row, "regions"),
        Currency = row.Currency("currency") ?? DefaultCurrency,
        Languages = Languages(row),
    };

    private static IReadOnlyList<string> Languages(Row row)
    {
        var tags = row.List("languages");
        if (tags.FirstOrDefault(tag => !LanguageTag.IsTag(tag)) is { } odd) row.Fail("languages", "not a language", $"{FieldText.Cite(odd)} is not a language tag. Write it as de or pt-BR.");
        return tags;
    }

    private ImportFile? Logo(Row row)
    {
        if (row.Text("logo", ImportLimits.FileName) is not { } name) return null;
        var (file, wrong) = folder.FindAnywhere(name, ImportLimits.Logo);
        if (wrong is not null) row.Fail("logo", "file", $"{FieldText.Cite(name)} {wrong}");
        else if (LogoFile.Read(LogoFile.Text(System.IO.File.ReadAllBytes(file!.Path)), out var refusal) is null) row.Fail("logo", "file", refusal);
        return file;
    }

    private static IReadOnlyList<string> Names(Row row, string column)
    {
        var names = row.List(column);
        if (names.FirstOrDefault(name => name.Contains(';')) is { } odd)
            row.Fail(column, "wrong shape", $"{FieldText.Cite(odd)} holds a \";\", which separates names in tables. Rename it.");
        return names;
    }

    private List<ImportTopic> Topics(Row vendor)
    {
        var topics = new Unique<ImportTopic>("topics");
        foreach (var row in vendor.Rows("topics"))
        {
            Known(row, TopicColumns);
            var topic = new ImportTopic
            {
                Key = row.Key(),
                Name = row.Need("name", row.Text("name")),
                Summary = row.Text("summary", ImportLimits.Sentence),
            };
            topics.Add(topic.Key, topic, row);
        }

        return topics.All;
    }

    private List<ImportAudience> Audiences(Row vendor, List<ImportTopic> topics)
    {
        var audiences = new Unique<ImportAudience>("audiences");
        foreach (var row in vendor.Rows("audiences"))
        {
            Known(row, AudienceColumns);
            var audience = new ImportAudience
            {
                Key = row.Key(),
                Name = row.Need("name", row.Text("name")),
                Why = row.Text("why", ImportLimits.Sentence),
                Topics = TopicKeys(row, topics),
                More = More(row),
            };
            audiences.Add(audience.Key, audience, row);
        }

        return audiences.All;
    }

    private static List<string> TopicKeys(Row row, List<ImportTopic> topics)
    {
        var keys = row.List("topics");
        foreach (var key in keys.Where(key => topics.All(topic => topic.Key != key)))
            row.Fail("topics", "unknown topic", $"{FieldText.Cite(key)} is not the key of a topic. Add it to topics, or correct it.");
        return [.. keys];
    }

    private ImportMore? More(Row row)
    {
        switch (row.Find("more"))
        {
            case null:
                return null;
            case MapNode map:
                var more = Known(new Row(map, FileMap.None, problems), MoreColumns);
                return new ImportMore(more.Need("label", more.Text("label")), more.Need("address", more.LinkAddress("address")));
            case var other:
                row.Fail("more", "wrong shape", "Write more as label: and address:.", other.Line);
                return null;
        }
    }

    private Row Known(Row row, string[] columns)
    {
        row.WarnUnknown(name => columns.Contains(name, StringComparer.OrdinalIgnoreCase), warned);
        return row;
    }
}
