using System.Globalization;

namespace TrustCenter.Claims;

/// <summary>Cuts a text into words, gaps and single signs, so that the pieces joined are the text again.</summary>
internal static class WordPieces
{
    // Between two letters or digits these are part of a word: 99.9, AES-256, don't, TLS/1.3, a_b.
    private const string Joints = ".,-'’/_:";

    public static List<string> Of(string text)
    {
        var pieces = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = EndOf(text, start);
            pieces.Add(text[start..end]);
            start = end;
        }

        return pieces;
    }

    private static int EndOf(string text, int start)
    {
        var end = start + 1;
        if (char.IsWhiteSpace(text[start]))
        {
            while (end < text.Length && char.IsWhiteSpace(text[end])) end++;
        }
        else if (IsWord(text[start]))
        {
            while (end < text.Length && (IsWord(text[end]) || IsJoint(text, end))) end++;
        }

        return end;
    }

    private static bool IsJoint(string text, int at) =>
        Joints.Contains(text[at], StringComparison.Ordinal) && IsWord(text[at - 1]) && at + 1 < text.Length && IsWord(text[at + 1]);

    // Marks, joiners and surrogates stay with their neighbours: no visible character is cut in two.
    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;
}
