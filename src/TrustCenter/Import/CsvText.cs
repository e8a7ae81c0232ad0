namespace TrustCenter.Import;

/// <summary>
/// A spreadsheet runs a cell that begins like a formula (OWASP, CSV injection). An export guards such a text with one
/// apostrophe; reading takes exactly that one away, so every text survives export and import.
/// </summary>
public static class CsvText
{
    public static string Guard(string text) => BeginsLikeFormula(text) ? "'" + text : text;

    public static string Read(string field) => field.StartsWith('\'') && BeginsLikeFormula(field) ? field[1..] : field;

    private static bool BeginsLikeFormula(string text) =>
        text.AsSpan().TrimStart('\'') is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠';
}
