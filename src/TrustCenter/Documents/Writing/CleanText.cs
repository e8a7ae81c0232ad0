using System.Globalization;
using System.Text;

namespace TrustCenter.Documents;

/// <summary>Makes any text fit to be laid out: valid, without control characters, and without marks piled up to freeze the shaper.</summary>
internal static class CleanText
{
    private const int MostMarks = 6; // combining marks on one letter; pointed and cantillated Hebrew needs four

    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MostMarks) continue;
            if (rune.Value is '\n' or 0x2028 or 0x2029) clean.Append('\n');
            else if (rune.Value == '\t') clean.Append(' ');
            else if (category is UnicodeCategory.Control || IsOverride(rune)) continue;
            else clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    /// <summary>U+202A to U+202E turn what follows around: "fdp.exe" reads "exe.pdf". Right-to-left scripts do not need them.</summary>
    private static bool IsOverride(Rune rune) => rune.Value is >= 0x202A and <= 0x202E;
}
