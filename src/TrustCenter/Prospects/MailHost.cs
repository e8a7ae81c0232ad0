using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace TrustCenter.Prospects;

/// <summary>The host of an e-mail address as ASCII labels: one spelling per host, so that equal strings mean the same host.</summary>
internal static class MailHost
{
    private const int LongestHost = 253; // characters (RFC 1035, section 2.3.4, without the root's dot)
    private const int LongestLabel = 63; // characters (RFC 1035, section 2.3.4)

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    public static bool TryNormalise(string text, [NotNullWhen(true)] out string? host)
    {
        host = null;
        if (text.Length is 0 or > LongestHost) return false;
        var labels = text.Split('.');
        if (labels.Length < 2) return false;
        for (var i = 0; i < labels.Length; i++)
        {
            if (ToAscii(labels[i]) is not { } label) return false;
            labels[i] = label;
        }

        // A last label of digits is an IPv4 literal to some resolvers.
        if (labels[^1].All(char.IsAsciiDigit)) return false;
        var joined = string.Join('.', labels);
        if (joined.Length > LongestHost) return false;
        host = joined;
        return true;
    }

    private static string? ToAscii(string label)
    {
        if (label.Length is 0 or > LongestLabel) return null;
        if (Ascii.IsValid(label)) return AsciiLabel(label.ToLowerInvariant());
        return IsPlainUnicode(label) ? Encode(label.ToLowerInvariant()) : null;
    }

    private static string? AsciiLabel(string label)
    {
        if (!IsLetterDigitHyphen(label)) return null;
        if (label.Length < 4 || label[2..4] != "--") return label;
        // RFC 5891, section 4.2.3.1: hyphens in third and fourth place belong to xn-- alone.
        return label.StartsWith("xn--", StringComparison.Ordinal) && Decode(label) is { } decoded
            && !Ascii.IsValid(decoded) && IsPlainUnicode(decoded) && Encode(decoded) == label
            ? label
            : null;
    }

    private static bool IsLetterDigitHyphen(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    // Letters, marks and digits that no compatibility mapping turns into others: nothing invisible, no full-width forms, no other dots.
    private static bool IsPlainUnicode(string label)
    {
        if (!IsWellFormed(label)) return false;
        foreach (var rune in label.EnumerateRunes())
        {
            if (rune.IsAscii ? !IsAsciiPart(rune) : !IsLetterMarkDigit(rune)) return false;
        }

        return label.IsNormalized(NormalizationForm.FormKC);
    }

    private static bool IsWellFormed(string text) => !text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar);

    private static bool IsAsciiPart(Rune rune) => rune.Value == '-' || char.IsAsciiLetterOrDigit((char)rune.Value);

    private static bool IsLetterMarkDigit(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DecimalDigitNumber;

    private static string? Encode(string label)
    {
        try
        {
            var ascii = Idn.GetAscii(label);
            return IsLetterDigitHyphen(ascii) && ascii.StartsWith("xn--", StringComparison.Ordinal) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? Decode(string label)
    {
        try
        {
            return Idn.GetUnicode(label);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
