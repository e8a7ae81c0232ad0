using System.Globalization;
using System.Text;

namespace TrustCenter.Journal;

/// <summary>Makes other people's text safe to print: what could move a cursor, end a line or turn the reading direction is shown as its code.</summary>
public static class ConsoleText
{
    /// <summary>One line of text; controls, line ends, bidi marks and other invisible characters become <c>\u{202e}</c>.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHarmless(rune)) clean.Append(rune.ToString());
            else clean.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }
        return clean.ToString();
    }

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
