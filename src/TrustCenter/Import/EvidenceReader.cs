namespace TrustCenter.Import;

/// <summary>Reads the documents; rows with the same key are versions of one, in their order.</summary>
internal sealed class EvidenceReader(Folder folder)
{
    private readonly Dictionary<string, List<(Row Row, ImportDocument Document)>> byKey = new(StringComparer.Ordinal);
    private readonly List<string> order = [];

    public List<ImportDocument> Read(IEnumerable<Row> rows)
    {
        foreach (var row in rows) Add(row);
        return [.. order.Select(key => Join(byKey[key])).OfType<ImportDocument>()];
    }

    public bool Knows(string key) => byKey.ContainsKey(key);

    private void Add(Row row)
    {
        var key = row.Key();
        if (key.Length == 0) return;
        if (!byKey.TryGetValue(key, out var versions))
        {
            byKey.Add(key, versions = []);
            order.Add(key);
        }

        versions.Add((row, Document(key, row, versions.FirstOrDefault().Document)));
    }

    private ImportDocument Document(string key, Row row, ImportDocument? first)
    {
        var version = Version(row);
        var document = new ImportDocument
        {
            Key = key,
            Title = row.Text("title") ?? first?.Title ?? row.Need("title", null),
            Kind = first is null || row.Has("kind") ? row.NeedWord("kind", ImportWords.Kind) : first.Kind,
            Class = first is null || row.Has("class") ? row.NeedWord("class", ImportWords.Class) : first.Class,
            Versions = version is null ? [] : [version],
        };
        if (first is not null && !row.Failed) Compare(document, first, row);
        return document;
    }

    private ImportVersion? Version(Row row)
    {
        var (from, to, validUntil) = (row.Date("from"), row.Date("to"), row.Date("validUntil"));
        if (to < from) row.Fail("to", "wrong order", "The period ends before it begins. Correct from or to.");
        if (row.Need("file", row.Text("file", ImportLimits.FileName)) is not { Length: > 0 } name) return null;

        var (file, wrong) = folder.Find(name);
        if (wrong is not null) row.Fail("file", "file", $"{FieldText.Cite(name)} {wrong}");
        return file is null ? null : new ImportVersion
        {
            From = from,
            To = to,
            ValidUntil = validUntil,
            File = file,
            Note = row.Text("note", ImportLimits.Sentence),
        };
    }

    private static void Compare(ImportDocument version, ImportDocument first, Row row)
    {
        if (version.Class != first.Class)
            row.Fail("class", "differs between versions", "All versions of a document have one class. Use the first row's, or another key.");
        if (version.Title != first.Title || version.Kind != first.Kind)
            row.Warn("title", "differs between versions", "Title and kind are those of the first row with this key.");
    }

    private static ImportDocument? Join(List<(Row Row, ImportDocument Document)> rows)
    {
        foreach (var twice in rows.Where(r => !r.Row.Failed).GroupBy(r => r.Document.Versions[0].File.Name).Where(g => g.Count() > 1))
        {
            var second = twice.ElementAt(1).Row;
            second.Fail("file", "duplicate file",
                $"{FieldText.Cite(twice.Key)} appears in row {twice.First().Row.Line} and again in row {second.Line} of this document. Keep one.");
        }

        if (rows.Exists(r => r.Row.Failed)) return null;
        return rows[0].Document with { Versions = [.. rows.Select(r => r.Document.Versions[0])] };
    }
}
