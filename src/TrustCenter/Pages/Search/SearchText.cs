using System.Globalization;
using System.Text;

namespace TrustCenter.Pages;

/// <summary>One word where it stands in a text, folded to what is compared.</summary>
public readonly record struct TextWord(int Start, int Length, string Stem);

/// <summary>Cuts texts and questions into words, the same way for both.</summary>
public static class SearchText
{
    private const int LongestWord = 40; // characters; what is longer is a hash or a joke
    private const string Vowels = "aeiouy";
    private const string Marked = "àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňòóôõöøōŏőŕŗřśŝşšșţťŧțùúûüũūŭůűųŵýÿŷźżž";
    private const string Unmarked = "aaaaaaaaacccccddeeeeeeeeegggghhiiiiiiiiijklllllnnnnooooooooorrrsssssttttuuuuuuuuuuwyyyzzz";

    public static List<TextWord> Words(string text)
    {
        var words = new List<TextWord>();
        var from = -1;
        for (var i = 0; i < text.Length;)
        {
            // A half of a pair by itself is decoded as the replacement character, which is no letter.
            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            var standsAlone = IsIdeograph(rune);
            var isInside = from >= 0 && rune.Value is '\'' or '’';
            if (from >= 0 && (standsAlone || !(IsWordPart(rune) || isInside))) from = End(from, i);
            if (standsAlone) End(i, i + length);
            else if (from < 0 && IsWordPart(rune)) from = i;
            i += length;
        }
        if (from >= 0) End(from, text.Length);
        return words;

        int End(int start, int end)
        {
            if (Stem(text[start..end]) is { Length: > 0 } stem) words.Add(new TextWord(start, end - start, stem));
            return -1;
        }
    }

    /// <summary>Lower case, without accents; English plurals and endings taken off. Words with a digit stay: AES-256 is not AES-25.</summary>
    public static string Stem(string word)
    {
        var folded = Folded(word);
        return folded.All(char.IsAsciiLetterLower) ? WithoutEnding(folded) : folded;
    }

    private static string Folded(string word)
    {
        var text = (word.Length <= LongestWord ? word : word[..(char.IsHighSurrogate(word[LongestWord - 1]) ? LongestWord - 1 : LongestWord)]).ToLowerInvariant();
        if (!Ascii.IsValid(text)) text = Plain(text);
        var own = text.AsSpan().TrimEnd("'’");
        return (own.EndsWith("'s") || own.EndsWith("’s") ? own[..^2] : own).ToString();
    }

    // Latin letters without their marks, written out: the framework's normalization needs ICU, which this host runs without. Other scripts stay as they are.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
            if (Marked.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at) plain.Append(Unmarked[at]);
            else if (c is 'ß') plain.Append("ss");
            else if (c is 'æ' or 'œ') plain.Append(c == 'æ' ? 'a' : 'o').Append('e');
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) plain.Append(c);
        return plain.ToString();
    }

    private static string WithoutEnding(string word)
    {
        if (word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal)) word = word[..^3] + "y";
        else if (word.Length > 4 && word.EndsWith("sses", StringComparison.Ordinal)) word = word[..^2];
        else if (word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i')) word = word[..^1];
        if (word.Length > 5 && word.EndsWith("ing", StringComparison.Ordinal)) word = Undoubled(word, 3);
        else if (word.Length > 4 && word.EndsWith("ed", StringComparison.Ordinal)) word = Undoubled(word, 2);
        return word.Length > 4 && word[^1] == 'e' ? word[..^1] : word;
    }

    // "logging" and "log", but "string" stays what it is.
    private static string Undoubled(string word, int ending)
    {
        var stem = word[..^ending];
        if (!stem.Any(c => Vowels.Contains(c, StringComparison.Ordinal))) return word;
        return stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1] : stem;
    }

    private static bool IsWordPart(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Chinese and Japanese put no spaces between words: each character counts by itself.
    private static bool IsIdeograph(Rune rune) => rune.Value is >= 0x3040 and <= 0x30ff or >= 0x3400 and <= 0x9fff or >= 0x20000 and <= 0x3ffff;
}
