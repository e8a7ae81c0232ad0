using System.Text;

namespace TrustCenter.Pages;

/// <summary>What somebody typed, bounded, cut into what is looked for.</summary>
public sealed record SearchQuestion(string Typed, IReadOnlyList<string> Words, bool IsCut)
{
    public const int Longest = 100; // characters
    public const int MostWords = 8;

    // Words of questions, not of answers. Kept when nothing else was typed.
    private static readonly HashSet<string> Small =
        [.. "a an and any are as at be by can do does for from has have how i in is it of on or our the their there they this to us we what when where which who will with you your".Split(' ').Select(SearchText.Stem)];

    public bool IsEmpty => Words.Count == 0;

    public static SearchQuestion Of(string? text)
    {
        var typed = string.Concat((text ?? "").EnumerateRunes().Select(r => Rune.IsControl(r) || r == Rune.ReplacementChar ? " " : r.ToString())).Trim();
        var isCut = typed.Length > Longest;
        if (isCut) typed = typed[..(char.IsHighSurrogate(typed[Longest - 1]) ? Longest - 1 : Longest)];
        var words = SearchText.Words(typed).ConvertAll(w => w.Stem);
        return new SearchQuestion(typed, [.. words.Take(MostWords)], isCut || words.Count > MostWords);
    }

    public static bool IsSmall(string word) => Small.Contains(word);
}
