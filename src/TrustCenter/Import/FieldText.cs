using TrustCenter.Journal;

namespace TrustCenter.Import;

/// <summary>What the text of a field holds, and how a problem cites it.</summary>
internal static class FieldText
{
    /// <summary>The text in quotes and short, as a problem cites it.</summary>
    public static string Cite(string text, int longest = 60)
    {
        var line = ConsoleText.Clean(text.Length > longest ? Cut(text, longest) + "…" : text);
        return $"\"{line}\"";
    }

    /// <summary>True when the text holds a character that no field may hold: a control character or a half surrogate.</summary>
    public static bool HoldsControl(string text, bool linesAllowed)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return true;
            else if (char.IsControl(text[i]) && !(linesAllowed && text[i] is '\n' or '\t')) return true;
        }

        return false;
    }

    /// <summary>True for marks, embeddings and isolates that turn the direction of what follows.</summary>
    public static bool TurnsDirection(string text) =>
        text.Any(c => c is '\u200E' or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    private static string Cut(string text, int longest) =>
        text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
