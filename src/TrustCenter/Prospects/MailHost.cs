using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace TrustCenter.Prospects;

/// <summary>The host of an e-mail address as ASCII labels: one spelling per host, so that equal strings mean the same host.</summary>
internal static class MailHost
{
    private const int LongestHost = 253; // characters (RFC 1035, section 2.3.4, without the root's dot)
    private const int LongestLabel = 63; // characters (RFC 1035, section 2.3.4)

    // Lower-case letters that every Unicode normalisation leaves alone. Other scripts can be typed in their xn-- form.
    private static readonly (char First, char Last)[] Letters =
    [
        ('\u00DF', '\u00F6'), ('\u00F8', '\u012F'), ('\u0134', '\u013E'), ('\u0141', '\u0148'), ('\u014A', '\u017E'), // Latin
        ('\u01A1', '\u01A1'), ('\u01B0', '\u01B0'), ('\u0219', '\u0219'), ('\u021B', '\u021B'), ('\u1EA0', '\u1EF9'), // Latin
        ('\u03AC', '\u03CE'), ('\u0430', '\u045F'), ('\u0491', '\u0491'), ('\u0561', '\u0586'), ('\u10D0', '\u10FA'), // Greek, Cyrillic, Armenian, Georgian
        ('\u05D0', '\u05EA'), ('\u0620', '\u063A'), ('\u0641', '\u064A'), ('\u0660', '\u0669'), ('\u0679', '\u06BF'), // Hebrew, Arabic
        ('\u0904', '\u0939'), ('\u093E', '\u094D'), ('\u0966', '\u096F'), ('\u0E01', '\u0E32'), ('\u0E34', '\u0E4E'), // Devanagari, Thai
        ('\u3041', '\u3096'), ('\u30A1', '\u30FA'), ('\u30FC', '\u30FC'), ('\u3400', '\u4DBF'), ('\u4E00', '\u9FFF'), // Japanese, Chinese
        ('\uAC00', '\uD7A3'), // Korean
    ];

    public static bool TryNormalise(string text, [NotNullWhen(true)] out string? host)
    {
        host = null;
        if (text.Length is 0 or > LongestHost) return false;
        var labels = text.Split('.').Select(ToAscii).ToArray();
        if (labels.Length < 2 || labels.Any(label => label is null)) return false;
        // A last label of digits is an IPv4 literal to some resolvers.
        if (labels[^1]!.All(char.IsAsciiDigit)) return false;
        var joined = string.Join('.', labels);
        host = joined.Length <= LongestHost ? joined : null;
        return host is not null;
    }

    private static string? ToAscii(string label)
    {
        if (label.Length is 0 or > LongestLabel) return null;
        var lower = label.ToLowerInvariant();
        // The Kelvin sign lowers to an ASCII k: what was not ASCII must not become it.
        if (Ascii.IsValid(lower) != Ascii.IsValid(label)) return null;
        if (Ascii.IsValid(lower)) return IsLetterDigitHyphen(lower) ? lower : null;
        if (lower[0] == '-' || lower[^1] == '-' || IsMark(lower[0]) || !lower.All(IsPlain)) return null;
        var encoded = "xn--" + Punycode.Encode(lower);
        return encoded.Length <= LongestLabel ? encoded : null;
    }

    private static bool IsLetterDigitHyphen(string label) =>
        label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsPlain(char c) => char.IsAscii(c)
        ? char.IsAsciiLetterOrDigit(c) || c == '-'
        : Letters.Any(range => c >= range.First && c <= range.Last) && IsAssigned(c);

    private static bool IsAssigned(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.DecimalDigitNumber || IsMark(c);

    private static bool IsMark(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
