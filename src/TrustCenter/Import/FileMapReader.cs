using System.Globalization;

namespace TrustCenter.Import;

/// <summary>Reads <c>import.yaml</c>. A slip here would misread a whole file, so every unknown word is an error.</summary>
internal sealed class FileMapReader(FileProblems problems)
{
    private static readonly string[] Options =
        ["source", "separator", "columns", "values", "defaults", "dates", "only", "skip", "ignore", "key", "newTopics"];

    public static IReadOnlyDictionary<string, FileMap> Read(Node root, FileProblems problems)
    {
        var maps = new Dictionary<string, FileMap>();
        var reader = new FileMapReader(problems);
        if (root is not MapNode sections)
        {
            problems.Error(root.Line, null, "wrong shape", "Write one section for each file: \"deals:\" and its options below.");
            return maps;
        }

        foreach (var (name, node) in sections.Entries)
        {
            if (Table.All.FirstOrDefault(table => table.Section == name) is not { } table)
                problems.Error(node.Line, name, "unknown section", $"Sections are: {string.Join(", ", Table.All.Select(t => t.Section))}.");
            else if (node is MapNode options)
                maps[name] = reader.Section(table, options);
            else
                problems.Error(node.Line, name, "wrong shape", "Write the options of this section below it, such as \"source: export.csv\".");
        }

        return maps;
    }

    private FileMap Section(Table table, MapNode options)
    {
        foreach (var (name, node) in options.Entries.Where(option => !Options.Contains(option.Key, StringComparer.OrdinalIgnoreCase)))
            problems.Error(node.Line, $"{table.Section}.{name}", "unknown option", $"Options are: {string.Join(", ", Options)}.");

        var row = new Row(options, FileMap.None, problems);
        var key = options["key"] as MapNode is { } made ? new Row(made, FileMap.None, problems) : null;
        if (key is null && row.Has("key")) row.Fail("key", "wrong shape", "Write key: {from: their column, until: \":\"}.");
        return new FileMap
        {
            Source = row.Text("source", ImportLimits.FileName),
            Separator = Separator(row),
            Columns = Texts(Ours(table, options, "columns")),
            Values = Ours(table, options, "values").ToDictionary(v => v.Key, v => (IReadOnlyDictionary<string, string>)Texts(Entries(v.Value, v.Key)), StringComparer.OrdinalIgnoreCase),
            Defaults = Texts(Ours(table, options, "defaults")),
            Dates = Dates(row),
            Only = Lists(options, "only"),
            Skip = Lists(options, "skip"),
            Ignore = row.List("ignore"),
            KeyFrom = key?.Need("from", key.Text("from")),
            KeyUntil = key?.Text("until", longest: 20),
            NewTopics = Choice(row, "newTopics"),
        };
    }

    /// <summary>A format must read back what it writes; the framework throws on a senseless one while reading.</summary>
    private static IReadOnlyList<string> Dates(Row row)
    {
        var formats = row.List("dates", longest: 40);
        foreach (var format in formats.Where(format => !ReadsDates(format)))
            row.Fail("dates", "not a date format", $"{FieldText.Cite(format)} is not a format for dates. Write it with d, M and y, such as M/d/yyyy or dd.MM.yyyy.");
        return row.Failed ? [] : formats;
    }

    private static bool ReadsDates(string format)
    {
        var date = new DateOnly(2001, 2, 13); // not this year, and no day that could be a month
        try
        {
            var text = date.ToString(format, CultureInfo.InvariantCulture);
            return DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var back) && back == date;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static char Separator(Row row)
    {
        switch (row.Text("separator"))
        {
            case null or ",": return ',';
            case ";": return ';';
            case "|": return '|';
            case "tab": return '\t';
            default:
                row.Fail("separator", "unknown word", "Separators are \",\", \";\", \"|\" and tab.");
                return ',';
        }
    }

    private static bool Choice(Row row, string option)
    {
        var said = row.Text(option);
        if (said is not (null or "true" or "false")) row.Fail(option, "unknown word", "Write true or false.");
        return said == "true";
    }

    private IReadOnlyDictionary<string, Node> Ours(Table table, MapNode options, string option)
    {
        var entries = Entries(options[option], option);
        foreach (var (column, node) in entries.Where(entry => !table.Knows(entry.Key)))
            problems.Error(node.Line, $"{table.Section}.{option}.{column}", "unknown column", $"Our columns of {table.Section} are: {string.Join(", ", table.Columns)}.");
        return entries;
    }

    private IReadOnlyDictionary<string, Node> Entries(Node? node, string option)
    {
        if (node is MapNode map) return map.Entries;
        if (node is not (null or TextNode { Text: "" }))
            problems.Error(node.Line, option, "wrong shape", $"Write {option} as \"name: value\" lines.");
        return new Dictionary<string, Node>();
    }

    private Dictionary<string, string> Texts(IReadOnlyDictionary<string, Node> entries)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, node) in entries)
        {
            if (node is TextNode { Text.Length: <= ImportLimits.Sentence } text) texts[name] = text.Text.Trim();
            else problems.Error(node.Line, name, "wrong shape", $"Write one text of at most {ImportLimits.Sentence} characters.");
        }

        return texts;
    }

    private Dictionary<string, IReadOnlyList<string>> Lists(MapNode options, string option)
    {
        var entries = Entries(options[option], option);
        var row = new Row(new MapNode(options.Line, entries), FileMap.None, problems);
        return entries.Keys.ToDictionary(column => column, column => row.List(column), StringComparer.OrdinalIgnoreCase);
    }
}
