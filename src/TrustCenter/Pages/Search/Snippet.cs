namespace TrustCenter.Pages;

/// <summary>A piece of text, found or between what was found.</summary>
public readonly record struct SnippetPiece(string Text, bool IsFound);

/// <summary>Cuts the part of a text that shows most of what was looked for, and marks it there.</summary>
public static class Snippet
{
    public const int Longest = 220; // characters; three lines of the page

    /// <summary>The whole text with its finds marked.</summary>
    public static IReadOnlyList<SnippetPiece> Marked(string text, IReadOnlySet<string> terms) => Pieces(text, 0, text.Length, Finds(text, terms));

    /// <summary>Null when the text has none of the terms.</summary>
    public static IReadOnlyList<SnippetPiece>? Best(string text, IReadOnlySet<string> terms)
    {
        var finds = Finds(text, terms);
        if (finds.Count == 0) return null;
        if (text.Length <= Longest) return Pieces(text, 0, text.Length, finds);
        var first = finds.OrderByDescending(f => finds.Count(g => g.Start >= f.Start && g.End <= f.Start + Longest - 40)).ThenBy(f => f.Start).First();
        var from = first.Start < 40 ? 0 : AfterSpace(text, first.Start - 40, first.Start);
        var to = from + Longest >= text.Length ? text.Length : BeforeSpace(text, from + Longest, first.End);
        return Pieces(text, from, to, finds);
    }

    /// <summary>The beginning, where nothing was found in the text itself.</summary>
    public static string Beginning(string text) => text.Length <= Longest ? text : text[..BeforeSpace(text, Longest, Longest / 2)] + "…";

    private static List<(int Start, int End)> Finds(string text, IReadOnlySet<string> terms)
    {
        var words = SearchText.Words(text);
        var stems = words.ConvertAll(w => w.Stem);
        var finds = new List<(int Start, int End)>();
        for (var i = 0; i < words.Count;)
        {
            var length = FieldTerms.At(stems, i).Where(p => terms.Contains(p.Concept)).Select(p => p.Length).DefaultIfEmpty(terms.Contains(stems[i]) ? 1 : 0).Max();
            if (length > 0) finds.Add((words[i].Start, words[i + length - 1].Start + words[i + length - 1].Length));
            i += Math.Max(1, length);
        }
        return finds;
    }

    private static IReadOnlyList<SnippetPiece> Pieces(string text, int from, int to, List<(int Start, int End)> finds)
    {
        var pieces = new List<SnippetPiece>();
        if (from > 0) pieces.Add(new("…", false));
        var at = from;
        foreach (var (start, end) in finds.Where(f => f.Start >= from && f.End <= to))
        {
            if (start > at) pieces.Add(new(text[at..start], false));
            pieces.Add(new(text[start..end], true));
            at = end;
        }
        if (at < to) pieces.Add(new(text[at..to], false));
        if (to < text.Length) pieces.Add(new("…", false));
        return pieces;
    }

    private static int AfterSpace(string text, int from, int most)
    {
        for (var i = from; i < most; i++)
            if (text[i] == ' ') return i + 1;
        return char.IsLowSurrogate(text[from]) ? from + 1 : from;
    }

    private static int BeforeSpace(string text, int from, int least)
    {
        for (var i = from; i > least; i--)
            if (text[i] == ' ') return i;
        return char.IsLowSurrogate(text[from]) ? from - 1 : from;
    }
}
