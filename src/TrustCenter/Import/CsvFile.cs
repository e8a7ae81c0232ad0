using CsvHelper;
using TrustCenter.Pages;

namespace TrustCenter.Import;

/// <summary>A table in CSV (RFC 4180) with a row of column names, read as a stream.</summary>
internal sealed class CsvFile : IDisposable
{
    private const int LongestRecord = 1024 * 1024; // bytes; an unclosed quote must not swallow the file
    private readonly FileProblems problems;
    private readonly CsvReader reader;

    private CsvFile(string path, char separator, FileProblems problems)
    {
        this.problems = problems;
        reader = CsvReader.FromFile(path, new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrackLineNumbers = true,
            PoolStrings = true, // the same accounts, products and owners come again and again
            MaxRecordSize = LongestRecord,
            MalformedData = CsvMalformedDataHandling.Throw,
            IncludeValuesInExceptions = false,
        });
    }

    public void Dispose() => reader.Dispose();

    public static IEnumerable<MapNode> Rows(string path, char separator, FileProblems problems)
    {
        using var file = new CsvFile(path, separator, problems);
        if (!file.Next() || file.Names() is not { } names) yield break;
        while (file.Next())
        {
            if (file.Row(names) is { } row) yield return row;
        }
    }

    private bool Next()
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException broken)
        {
            problems.Error((int)broken.LineNumber, null, "quotes",
                "A quote is not closed, or stands alone inside quotes. Close it, and double the quotes inside a field: \"a \"\"b\"\" c\".");
            return false;
        }
    }

    private string[]? Names()
    {
        var names = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i).Trim()).ToArray();
        if (WrongNames(names) is not { } reason) return names;
        problems.Error((int)reader.LineNumber, null, "column names", reason);
        return null;
    }

    private static string? WrongNames(string[] names)
    {
        if (names.Length > ImportLimits.Columns) return $"{names.Length:N0} columns; at most {ImportLimits.Columns} are read. Remove some.";
        if (names is [var only] && only.Contains(';'))
            return "The columns are separated by \";\". Save with commas, or write separator: \";\" in import.yaml.";
        var twice = names.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? null : $"Two columns are named {FieldText.Cite(twice.Key)}. Rename one.";
    }

    private MapNode? Row(string[] names)
    {
        var line = (int)reader.LineNumber;
        var entries = MapNode.NewEntries();
        var blank = true;
        for (var i = 0; i < Math.Min(names.Length, reader.FieldCount); i++)
        {
            var text = CsvCell.Read(reader.GetString(i)).ReplaceLineEndings("\n");
            blank &= string.IsNullOrWhiteSpace(text);
            entries[names[i].Length > 0 ? names[i] : $"column {i + 1}"] = new TextNode(line, text);
        }

        if (blank) return null;
        if (reader.FieldCount == names.Length) return new MapNode(line, entries);
        problems.Error(line, null, "number of fields",
            $"The row has {reader.FieldCount} fields, the first row names {names.Length} columns. Put fields with commas in quotes.");
        return null;
    }
}
