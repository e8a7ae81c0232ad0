using System.Buffers;
using System.Globalization;

namespace TrustCenter.Pages;

/// <summary>One cell of a CSV file that people open in a spreadsheet (T-100).</summary>
public static class CsvCell
{
    // Formula signs, their full-width and small forms, and the controls that some programs skip before them.
    private static readonly SearchValues<char> Starts = SearchValues.Create("=+-@\t\r\n\0＝＋－＠﹦﹢﹣﹫−");

    // Tab and semicolon too: they separate cells where a spreadsheet's locale says so.
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\t\"\r\n");

    /// <summary>Text that a spreadsheet would calculate gets an apostrophe in front; quotes follow RFC 4180, section 2.</summary>
    public static string Write(string? text)
    {
        var safe = IsFormula(text ?? "") ? "'" + text : text ?? "";
        return safe.AsSpan().ContainsAny(Quoted) || IsPadded(safe) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>The text that <see cref="Write"/> was given, from a cell whose quotes the reader already took away.</summary>
    public static string Read(string cell) => cell.StartsWith('\'') && IsFormula(cell) ? cell[1..] : cell;

    // Apostrophes count as no start, so that a text that already has one gets another and reads back as itself.
    private static bool IsFormula(string text)
    {
        var start = text.AsSpan().TrimStart('\'');
        while (start.Length > 0 && IsSkipped(start[0])) start = start[1..];
        return start.Length > 0 && Starts.Contains(start[0]);
    }

    private static bool IsSkipped(char c) => c is ' ' or '\u00A0' or '\u3000' || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static bool IsPadded(string text) => text.Length > 0 && (text[0] == ' ' || text[^1] == ' ');
}
