namespace TrustCenter.Import;

/// <summary>
/// One row by our column names. Every reading method answers null (or nothing) when the column is blank; a value that
/// breaks a rule is a problem of this row, and the row <see cref="Failed"/>.
/// </summary>
internal sealed partial class Row(MapNode node, FileMap map, FileProblems problems)
{
    public int Line => node.Line;
    public bool Failed { get; private set; }

    /// <summary>True when the table has this column, or something stands for it, whatever this row says there.</summary>
    public bool IsSaid(string column) => node[map.Theirs(column)] is not null || map.Defaults.ContainsKey(column);

    public bool Has(string column) => Find(column) is not null;

    public Node? Find(string column)
    {
        var found = node[map.Theirs(column)];
        var said = found is not null && !(found is TextNode { Text: var text } && string.IsNullOrWhiteSpace(text));
        if (said) return found;
        return map.Defaults.TryGetValue(column, out var known) ? new TextNode(Line, known) : null;
    }

    /// <summary>What stands in a column of choices after it was translated, whether it is known or not; null when blank.</summary>
    public string? Word(string column) => Find(column) is TextNode { Text: var said } && said.Length <= ImportLimits.Name ? map.Translate(column, said).Trim() : null;

    /// <summary>One line of text.</summary>
    public string? Text(string column, int longest = ImportLimits.Name) => Text(column, Find(column), longest, linesAllowed: false);

    /// <summary>Text of several lines.</summary>
    public string? Lines(string column, int longest) => Text(column, Find(column), longest, linesAllowed: true);

    public string Need(string column, string? value)
    {
        if (value is null && (!Failed || !Has(column))) Fail(column, "missing value", $"The {column} is missing. Fill it in.");
        return value ?? "";
    }

    /// <summary>A list, or in one text separated by ";".</summary>
    public IReadOnlyList<string> List(string column, int longest = ImportLimits.Name)
    {
        IEnumerable<Node> items = Find(column) switch
        {
            null => [],
            ListNode list => list.Items,
            TextNode text => text.Text.Split(';').Select(part => new TextNode(text.Line, part)),
            var other => [other],
        };
        var texts = items.Select(item => Text(column, item, longest, linesAllowed: false)).OfType<string>().Distinct().ToList();
        if (texts.Count <= ImportLimits.ListItems) return texts;
        Fail(column, "too many", $"{texts.Count:N0} values; at most {ImportLimits.ListItems} are read.");
        return [];
    }

    /// <summary>Sentences by name: a map, or columns named "column.name".</summary>
    public IReadOnlyDictionary<string, string> Map(string column, IEnumerable<string> names)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (Find(column) is { } found)
        {
            if (found is MapNode entries) foreach (var (name, value) in entries.Entries) Put(name, value);
            else Fail(column, "wrong shape", $"Write {column} as name: sentence, or use columns named {column}.name.");
        }

        foreach (var name in names) Put(name, Find($"{column}.{name}"));
        return texts;

        void Put(string name, Node? value)
        {
            if (Text($"{column}.{name}", value, ImportLimits.Sentence, linesAllowed: false) is { } text) texts[name] = text;
        }
    }

    /// <summary>The rows of a list inside this row.</summary>
    public IEnumerable<Row> Rows(string column)
    {
        if (Find(column) is not { } found) yield break;
        if (found is not ListNode list)
        {
            Fail(column, "wrong shape", $"Write {column} as a list: one \"- \" for each.", found.Line);
            yield break;
        }

        foreach (var item in list.Items)
        {
            if (item is MapNode map) yield return new Row(map, FileMap.None, problems);
            else Fail(column, "wrong shape", $"Every entry of {column} has named values, such as \"key: ...\".", item.Line);
        }
    }

    public void Fail(string column, string kind, string reason, int? line = null)
    {
        Failed = true;
        problems.Error(line ?? LineOf(column), column, kind, reason);
    }

    public void Warn(string column, string kind, string reason) => problems.Warn(LineOf(column), column, kind, reason);

    public void WarnUnknown(Func<string, bool> known, HashSet<string> warned)
    {
        foreach (var (name, value) in node.Entries)
        {
            if (map.Reads(name) || (known(name) && !map.Columns.ContainsKey(name))) continue;
            if (warned.Count >= ImportLimits.Columns || !warned.Add(name)) continue;
            problems.Warn(value.Line, name, "unknown column", "This column is not read. Correct its name, remove it, or list it under ignore in import.yaml.");
        }
    }

    private int LineOf(string column) => node[map.Theirs(column)]?.Line ?? Line;

    private string? Text(string column, Node? value, int longest, bool linesAllowed)
    {
        if (value is null) return null;
        if (value is not TextNode { Text: var said })
            return Refuse("wrong shape", $"The {column} must be text, not a list or a map. Put it in quotes.");

        var text = map.Translate(column, said).Trim();
        if (linesAllowed) text = text.ReplaceLineEndings("\n");
        if (text.Length == 0) return null;
        if (text.Length > longest) return Refuse("too long", $"{text.Length:N0} characters; at most {longest:N0} are read. Shorten it.");
        if (!linesAllowed && text.AsSpan().ContainsAny('\n', '\r')) return Refuse("several lines", $"The {column} must be one line. Join the lines.");
        if (FieldText.HoldsControl(text, linesAllowed)) return Refuse("control character", "The text holds a control character. Type it again.");
        return text;

        string? Refuse(string kind, string reason)
        {
            Fail(column, kind, reason, value.Line);
            return null;
        }
    }
}
