namespace TrustCenter.Import;

/// <summary>One kind of rows: the section of <c>import.yaml</c>, the file names it may have, its columns and bound.</summary>
internal sealed record Table(string Section, string[] Files, string[] Columns, int Longest)
{
    public static readonly Table Products = new("products", [], ["name"], ImportLimits.Names);

    public static readonly Table Evidence = new("evidence", ["evidence.csv"],
        ["key", "title", "kind", "class", "from", "to", "validUntil", "file", "note"], ImportLimits.Evidence);

    public static readonly Table Claims = new("claims", ["claims.yaml", "claims.jsonl", "claims.csv"],
        ["key", "statement", "topic", "status", "products", "plans", "regions", "owner", "checked", "reviewBy", "frameworks", "visibility", "why", "evidence"],
        ImportLimits.Claims);

    public static readonly Table Translations = new("translations", [TranslationReader.File], ["claim", "language", "statement", "owner", "why"], ImportLimits.Claims);

    public static readonly Table Subprocessors = new("subprocessors", ["subprocessors.csv", "subprocessors.jsonl"],
        ["key", "name", "purpose", "location", "website", "products", "since"], ImportLimits.Subprocessors);

    public static readonly Table Owners = new("owners", ["owners.csv"], ["owner", "manager", "region"], ImportLimits.Owners);

    public static readonly Table Deals = new("deals", ["deals.csv"],
        ["key", "account", "domain", "product", "amount", "currency", "stage", "opened", "closed", "owner", "manager", "region", "outcome",
            "securityFactor", "reason", "saidBy", "claim", "requirement"], ImportLimits.Deals);

    public static readonly Table[] All = [Products, Evidence, Claims, Translations, Subprocessors, Owners, Deals];

    public bool Knows(string column) =>
        Columns.Contains(column, StringComparer.OrdinalIgnoreCase)
        || (Columns.Contains("why") && column.StartsWith("why.", StringComparison.OrdinalIgnoreCase));
}

/// <summary>The rows of a folder's tables, whatever format they are in, as a stream.</summary>
internal sealed class Tables(Folder folder, IReadOnlyDictionary<string, FileMap> maps, ProblemLog log)
{
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    public FileMap MapOf(Table table) => maps.GetValueOrDefault(table.Section, FileMap.None);

    /// <summary>The name of the table's file, or null when the folder has none.</summary>
    public string? FileOf(Table table)
    {
        if (MapOf(table).Source is { } source) return source;
        var found = table.Files.Where(folder.Has).ToList();
        if (found.Count > 1) log.In(found[1]).Error(null, null, "two files", $"{found[0]} holds {table.Section} too. Keep one of them.");
        return found.FirstOrDefault();
    }

    public IEnumerable<Row> Rows(Table table)
    {
        if (FileOf(table) is not { } name) yield break;
        var map = MapOf(table);
        var problems = log.In(name);
        var warned = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var count = 0;
        foreach (var node in Nodes(name, map, problems))
        {
            if (!map.Takes(node)) continue;
            if (++count > table.Longest)
            {
                problems.Error(node.Line, null, "too many rows", $"More than {table.Longest:N0} rows. Split the folder.");
                yield break;
            }

            var row = new Row(node, map, problems);
            row.WarnUnknown(table.Knows, warned);
            yield return row;
        }
    }

    /// <summary>Names the tables in the folder that nothing reads: mostly a slip in a file's name.</summary>
    public void WarnUnread()
    {
        foreach (var name in folder.TableNames().Where(name => !read.Contains(name)).Take(ImportLimits.Columns))
            log.In(name).Warn(null, null, "file not read", "No part of the format has this name. Rename it, or name it as source in import.yaml.");
    }

    private IEnumerable<MapNode> Nodes(string name, FileMap map, FileProblems problems)
    {
        read.UnionWith([name]);
        if (folder.Open(name, problems) is not { } path) return [];
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".yaml" or ".yml" => YamlRows(path, problems),
            ".jsonl" when TextFile.Check(path, ImportLimits.Table, problems) => JsonLinesFile.Rows(path, problems),
            ".csv" or ".tsv" or ".txt" when TextFile.Check(path, ImportLimits.Table, problems) => CsvRows(path, map, problems),
            ".jsonl" or ".csv" or ".tsv" or ".txt" => [],
            _ => Refuse(problems, null, "wrong format", "Tables are .csv, .jsonl or .yaml. Save it as one of these."),
        };
    }

    private static IEnumerable<MapNode> YamlRows(string path, FileProblems problems)
    {
        if (TextFile.Read(path, ImportLimits.Yaml, problems) is not { } text) return [];
        if (YamlFile.Read(text, problems) is not { } root) return [];
        if (root is not ListNode list) return Refuse(problems, root.Line, "wrong shape", "Write a list: \"- key: ...\" for each.");
        if (list.Items.FirstOrDefault(item => item is not MapNode) is { } odd)
            return Refuse(problems, odd.Line, "wrong shape", "Every entry has named values, such as \"key: ...\".");
        return list.Items.Cast<MapNode>();
    }

    private static IEnumerable<MapNode> CsvRows(string path, FileMap map, FileProblems problems)
    {
        var first = true;
        foreach (var row in CsvFile.Rows(path, map.Separator, problems))
        {
            if (first && MissingColumn(row, map) is { } column)
            {
                problems.Error(1, column, "missing column", "import.yaml names this column, and the file does not have it. Correct the name there.");
                yield break;
            }

            first = false;
            yield return row;
        }
    }

    private static string? MissingColumn(MapNode row, FileMap map) =>
        map.Columns.Values.Concat(map.Only.Keys).Concat(map.Skip.Keys).FirstOrDefault(column => row[column] is null);

    private static MapNode[] Refuse(FileProblems problems, int? row, string kind, string reason)
    {
        problems.Error(row, null, kind, reason);
        return [];
    }
}
