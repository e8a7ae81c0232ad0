using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TrustCenter.Documents;

/// <summary>
/// Adds what Cairo 1.16 leaves out: in the catalog the language, and that a window shows the title; in each figure its words (PDF/UA, 7.3). Cairo's file
/// is plain enough (a table of offsets, no object streams) to append the changed objects (ISO 32000-1, 7.5.6).
/// </summary>
internal static partial class PdfCatalog
{
    /// <param name="figures">What each figure says, in the order of the document.</param>
    public static byte[] Complete(byte[] pdf, string language, IReadOnlyList<string> figures)
    {
        if (!Tag().IsMatch(language)) throw new ArgumentException($"\"{language}\" is not a language tag such as \"en\" or \"pt-BR\".", nameof(language));
        var text = Encoding.Latin1.GetString(pdf);
        var start = text[text.LastIndexOf("startxref", StringComparison.Ordinal)..].Split('\n')[1].Trim();
        var trailer = text[text.LastIndexOf("trailer", StringComparison.Ordinal)..];
        var root = Root().Match(trailer).Groups[1].Value;

        List<(string Number, string Body)> changed = [(root, With(Object(text, root), $"\n   /Lang ({language})\n   /ViewerPreferences << /DisplayDocTitle true >>\n"))];
        var drawn = Figure().Matches(text).Select(m => m.Groups[1].Value).ToList();
        // A figure that was broken over two pages is two elements; then each says all.
        foreach (var (number, index) in drawn.Select((number, index) => (number, index)))
            changed.Add((number, With(Object(text, number), $" /Alt {Words(drawn.Count == figures.Count ? figures[index] : string.Join(" ", figures))} ")));

        var (bodies, table, at) = (new StringBuilder(), new StringBuilder("xref\n"), pdf.Length);
        foreach (var (number, body) in changed)
        {
            table.Append(CultureInfo.InvariantCulture, $"{number} 1\n{at + bodies.Length:D10} 00000 n \n");
            bodies.Append(body);
        }
        var end = $"{table}trailer\n<< /Size {Size().Match(trailer).Groups[1].Value} /Root {root} 0 R /Info {Info().Match(trailer).Groups[1].Value} 0 R /Prev {start} >>\n"
            + $"startxref\n{at + bodies.Length}\n%%EOF\n";
        return [.. pdf, .. Encoding.Latin1.GetBytes(bodies.ToString()), .. Encoding.Latin1.GetBytes(end)];
    }

    private static string Object(string text, string number)
    {
        var from = text.LastIndexOf($"\n{number} 0 obj\n<<", StringComparison.Ordinal) + 1;
        return text[from..(text.IndexOf("endobj", from, StringComparison.Ordinal) + "endobj".Length)] + "\n";
    }

    private static string With(string body, string added) => body.Insert(body.IndexOf("<<", StringComparison.Ordinal) + 2, added);

    // A text string in UTF-16 (ISO 32000-1, 7.9.2.2), as hexadecimal digits: nothing in it can end it.
    private static string Words(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(CleanText.Of(text)))}>";

    [GeneratedRegex(@"\n(\d+) 0 obj\n<< /Type /StructElem\n\s*/S /Figure\n", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Figure();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"/Root (\d+) 0 R", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Root();

    [GeneratedRegex(@"/Info (\d+) 0 R", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Info();

    [GeneratedRegex(@"/Size (\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Size();
}
