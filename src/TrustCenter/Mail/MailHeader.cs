using System.Globalization;
using System.Text;

namespace TrustCenter.Mail;

/// <summary>Text from people on its way into a mail header (T-103).</summary>
public static class MailHeader
{
    public const int LongestValue = 200; // UTF-16 units; a subject that mail programs still show

    /// <summary>One line without controls, bidirectional marks or other invisible characters; at most <see cref="LongestValue"/> long.</summary>
    public static string Clean(string? text)
    {
        var line = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (IsDropped(rune)) continue;
            if (!IsSpace(rune)) line.Append(rune.ToString());
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
            if (line.Length > LongestValue) break;
        }

        return Cut(line.ToString()).Trim();
    }

    private static bool IsSpace(Rune rune) => Rune.IsControl(rune) || Rune.IsWhiteSpace(rune);

    // The two joiners shape Indic and Persian words and emoji; every other format character hides or reorders text.
    private static bool IsDropped(Rune rune) => rune == Rune.ReplacementChar
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D));

    private static string Cut(string line)
    {
        if (line.Length <= LongestValue) return line;
        return line[..(char.IsHighSurrogate(line[LongestValue - 1]) ? LongestValue - 1 : LongestValue)];
    }
}
