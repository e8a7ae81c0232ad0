using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TrustCenter.Documents;

/// <summary>
/// Adds to the catalog what Cairo 1.16 leaves out: the language, and that a window shows the title. Cairo's file is plain enough (a table of offsets, no object streams) to append the changed object (ISO 32000-1, 7.5.6).
/// </summary>
internal static partial class PdfCatalog
{
    public static byte[] Complete(byte[] pdf, string language)
    {
        if (!Tag().IsMatch(language)) throw new ArgumentException($"\"{language}\" is no language tag such as \"en\" or \"pt-BR\".", nameof(language));
        var text = Encoding.Latin1.GetString(pdf);
        var start = text[text.LastIndexOf("startxref", StringComparison.Ordinal)..].Split('\n')[1].Trim();
        var trailer = text[text.LastIndexOf("trailer", StringComparison.Ordinal)..];
        var root = Root().Match(trailer).Groups[1].Value;
        var from = text.LastIndexOf($"\n{root} 0 obj\n<<", StringComparison.Ordinal) + 1;
        var catalog = text[from..text.IndexOf("endobj", from, StringComparison.Ordinal)];

        var added = $"\n   /Lang ({language})\n   /ViewerPreferences << /DisplayDocTitle true >>\n";
        var changed = catalog.Insert(catalog.IndexOf("<<", StringComparison.Ordinal) + 2, added);
        var at = pdf.Length;
        var table = $"xref\n{root} 1\n{at.ToString("D10", CultureInfo.InvariantCulture)} 00000 n \n";
        var tail = $"{changed}endobj\n";
        var end = $"{table}trailer\n<< /Size {Size().Match(trailer).Groups[1].Value} /Root {root} 0 R /Info {Info().Match(trailer).Groups[1].Value} 0 R /Prev {start} >>\n"
            + $"startxref\n{at + tail.Length}\n%%EOF\n";
        return [.. pdf, .. Encoding.Latin1.GetBytes(tail), .. Encoding.Latin1.GetBytes(end)];
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"/Root (\d+) 0 R", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Root();

    [GeneratedRegex(@"/Info (\d+) 0 R", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Info();

    [GeneratedRegex(@"/Size (\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Size();
}
