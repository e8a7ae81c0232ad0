using TrustCenter.Deals;

namespace TrustCenter.Import;

/// <summary>What a table says of itself before anybody maps it: its separator, its columns, its first rows and how many there are.</summary>
internal sealed record TableHead(char Separator, IReadOnlyList<string> Names, IReadOnlyList<MapNode> First, int Rows)
{
    private const int FirstRows = 50; // that guesses look at
    private const int LongestHead = 64 * 1024; // characters
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>Null beside an error.</summary>
    public static TableHead? Read(string path, FileProblems problems)
    {
        if (IsArchive(path))
        {
            problems.Error(null, null, "wrong format", "This is a spreadsheet or an archive, not CSV. Open it, save the sheet as \"CSV UTF-8\", and upload that.");
            return null;
        }

        if (!TextFile.Check(path, ImportLimits.Table, problems)) return null;
        var separator = SeparatorOf(path);
        var (first, count) = (new List<MapNode>(), 0);
        foreach (var row in CsvFile.Rows(path, separator, problems))
        {
            if (++count <= FirstRows) first.Add(row);
            if (count > ImportLimits.Deals)
            {
                problems.Error(row.Line, null, "too many rows", $"More than {ImportLimits.Deals:N0} rows. Split the file.");
                return null;
            }
        }

        if (problems.Log.HasErrors) return null;
        if (count > 0) return new TableHead(separator, [.. first[0].Entries.Keys], first, count);
        problems.Error(null, null, "empty file", "The file has no row below the names of its columns. Fill it.");
        return null;
    }

    // Both .xlsx and .zip begin so (APPNOTE 4.3.7); neither is opened, so none of their tricks matters.
    private static bool IsArchive(string path)
    {
        using var file = System.IO.File.OpenRead(path);
        var head = new byte[4];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual("PK\u0003\u0004"u8);
    }

    private static char SeparatorOf(string path)
    {
        using var reader = TextFile.Open(path);
        var head = new char[LongestHead];
        var text = head.AsSpan(0, reader.ReadBlock(head)).TrimStart("\r\n");
        var line = text[..(text.IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length)].ToString();
        return Separators.MaxBy(separator => line.Count(c => c == separator));
    }
}
