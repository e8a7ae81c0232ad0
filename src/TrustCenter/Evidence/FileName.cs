using System.Globalization;
using System.Text;

namespace TrustCenter.Evidence;

/// <summary>A name for the reader's disk out of whatever an upload said: no folder, no control sign, nothing that turns the reading order (ABUSE T-046, T-051).</summary>
public static class FileName
{
    private const int Longest = 120; // characters; file systems take 255 bytes
    private const int LongestExtension = 12; // characters, with the dot
    private const string Unwelcome = "<>:\"|?*;%";

    public static string Clean(string typed)
    {
        var last = typed[(typed.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
            if (IsWelcome(rune)) kept.Append(rune);
        var name = kept.ToString().Trim(' ', '.', '\u00a0');
        if (name.Length == 0) return "document";
        return name.Length <= Longest ? name : Shorten(name);
    }

    private static bool IsWelcome(Rune rune)
        => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            && rune != Rune.ReplacementChar && !(rune.IsAscii && Unwelcome.Contains((char)rune.Value));

    private static string Shorten(string name)
    {
        var dot = name.LastIndexOf('.');
        var extension = dot > 0 && name.Length - dot <= LongestExtension ? name[dot..] : "";
        var end = Longest - extension.Length;
        return name[..(char.IsHighSurrogate(name[end - 1]) ? end - 1 : end)] + extension;
    }
}
