using System.Globalization;
using System.Text;

namespace TrustCenter.Documents;

/// <summary>
/// The text that a viewer's copy carries, as the operators that fill a <see cref="MarkSlot"/>: two lines, the trace code
/// and the time above, the e-mail below. Always <see cref="SlotLength"/> bytes of printable ASCII.
/// </summary>
public static class MarkText
{
    public const int LongestLine = 48; // characters; fits a page 220 pt wide at 7 pt
    public const int LongestTraceCode = 24; // characters; with the UTC time it still fits one line
    public const int SlotLength = 208; // bytes; two lines of 48 characters, every one escaped, and the operators (206)

    private const string Ellipsis = "...";

    /// <summary>The mark of one access. The trace code is never cut; the e-mail is transliterated and cut to its line.</summary>
    public static byte[] For(string traceCode, string email, DateTimeOffset utc)
    {
        if (traceCode.Length is 0 or > LongestTraceCode || !traceCode.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException($"A trace code is 1 to {LongestTraceCode} ASCII letters, digits and dashes.", nameof(traceCode));

        var time = utc.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return Slot($"{traceCode}  {time} UTC", Ascii(email));
    }

    internal static byte[] Slot(string above, string below)
    {
        var operators = $"({Escape(Cut(above))}) Tj T* ({Escape(Cut(below))}) Tj";
        return Encoding.ASCII.GetBytes(operators.PadRight(SlotLength));
    }

    private static string Cut(string line) => line.Length <= LongestLine ? line : line[..(LongestLine - Ellipsis.Length)] + Ellipsis;

    /// <summary>Literal strings end at an unbalanced parenthesis and read a backslash as an escape (ISO 32000-1, 7.3.4.2).</summary>
    private static string Escape(string line) => line.Replace(@"\", @"\\").Replace("(", @"\(").Replace(")", @"\)");

    private static string Ascii(string email)
    {
        var text = new StringBuilder(email.Length);
        foreach (var rune in email.EnumerateRunes().Take(4 * LongestLine)) Transliterate(rune, text);
        return text.ToString();
    }

    private static void Transliterate(Rune rune, StringBuilder text)
    {
        if (rune.Value is >= ' ' and <= '~') text.Append((char)rune.Value);
        else if (Letters.TryGetValue(rune.Value, out var letters)) text.Append(letters);
        else if (!IsSilent(rune)) text.Append('?');
    }

    private static bool IsSilent(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>By table: .NET without ICU does not decompose letters.</summary>
    private static readonly Dictionary<int, string> Letters = Table(
        "a àáâãäåāăąǎ", "c çćĉċč", "d ďđð", "e èéêëēĕėęěẽ", "g ĝğġģǧ", "h ĥħ", "i ìíîïĩīĭįıǐ", "j ĵ", "k ķǩ", "l ĺļľŀł", "n ñńņňŋ",
        "o òóôõöøōŏőơǒ", "r ŕŗř", "s śŝşšș", "t ţťŧț", "u ùúûüũūŭůűųưǔ", "w ŵẁẃẅ", "y ýÿŷỳ", "z źżž", "ss ßẞ", "ae æ", "oe œ", "th þ");

    private static Dictionary<int, string> Table(params string[] rows)
    {
        var letters = new Dictionary<int, string>();
        foreach (var row in rows)
        {
            var (plain, accented) = (row[..row.IndexOf(' ')], row[(row.IndexOf(' ') + 1)..]);
            foreach (var letter in accented)
            {
                letters[letter] = plain;
                letters.TryAdd(char.ToUpperInvariant(letter), char.ToUpperInvariant(plain[0]) + plain[1..]);
            }
        }

        return letters;
    }
}
