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
        else if (BaseLetter(rune) is { } letter) text.Append(letter);
        else if (!IsSilent(rune)) text.Append('?');
    }

    private static bool IsSilent(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static char? BaseLetter(Rune rune)
    {
        var first = rune.ToString().Normalize(NormalizationForm.FormKD)[0];
        return char.IsAsciiLetterOrDigit(first) ? first : null;
    }

    private static readonly Dictionary<int, string> Letters = new()
    {
        ['ß'] = "ss", ['æ'] = "ae", ['Æ'] = "AE", ['œ'] = "oe", ['Œ'] = "OE", ['ø'] = "o", ['Ø'] = "O", ['ł'] = "l", ['Ł'] = "L",
        ['đ'] = "d", ['Đ'] = "D", ['þ'] = "th", ['Þ'] = "Th", ['ð'] = "d", ['Ð'] = "D", ['ı'] = "i",
    };
}
