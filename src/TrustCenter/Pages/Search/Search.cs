namespace TrustCenter.Pages;

/// <summary>What was found, best first, and how the question was read.</summary>
/// <param name="Found">At most <see cref="Search.MostResults"/>.</param>
/// <param name="Terms">What is marked in the results.</param>
/// <param name="HasAllWords">Whether the first has every word.</param>
/// <param name="Guessed">Words that no entry has, as they were read; close ones were taken instead.</param>
public sealed record SearchAnswer(IReadOnlyList<SearchEntry> Found, int All, IReadOnlySet<string> Terms, bool HasAllWords, IReadOnlyList<string> Guessed);

/// <summary>
/// Ranks entries by Okapi BM25 (Robertson and Zaragoza, 2009) over weighted fields. No pattern of the question's maker is ever run: words are looked up
/// in a sorted table, so a question costs at most its words times the table.
/// </summary>
public sealed class Search(SearchIndex index)
{
    public const int MostResults = 30;
    private const int MostCompletions = 20; // words that begin with what was typed
    private const int ShortestGuess = 4; // letters; of shorter words every other is one error away
    private const double Saturation = 1.2, LengthPart = 0.6; // k1 and b
    private const double SameMeaning = 0.7, Close = 0.5; // against the very word

    private readonly double averageLength = index.Lengths.Length == 0 ? 1 : Math.Max(1, index.Lengths.Average());

    public SearchAnswer Answer(SearchQuestion question)
    {
        var guessed = new List<string>();
        var parts = Parts([.. question.Words.Select(w => Corrected(w, guessed))]);
        var (scores, has) = Score(parts);
        var most = has.Length == 0 ? 0 : has.Max();
        var (best, all) = Best(scores, has, Math.Max(1, (most + 1) / 2)); // half of the words: what has one of five is no answer
        var terms = parts.SelectMany(p => p.Select(t => t.Term)).ToHashSet();
        return new SearchAnswer([.. best.Select(i => index.Entries[i])], all, terms, most == parts.Count, guessed);
    }

    // By words had, then by score, then in the page's order. Only the best are sorted: a common word is in every entry.
    private static (List<int> Best, int All) Best(double[] scores, int[] has, int needed)
    {
        var (heap, all) = (new PriorityQueue<int, (int, double, int)>(MostResults + 1), 0);
        for (var i = 0; i < has.Length; i++)
        {
            if (has[i] < needed) continue;
            all++;
            var rank = (has[i], scores[i], -i);
            if (heap.Count < MostResults) heap.Enqueue(i, rank);
            else heap.EnqueueDequeue(i, rank);
        }
        var best = new List<int>(heap.Count);
        while (heap.TryDequeue(out var worst, out _)) best.Insert(0, worst);
        return (best, all);
    }

    // A word that stands somewhere is taken as typed. Else one typing error is forgiven, but none in a word with digits: ISO 27701 is not ISO 27001.
    private string Corrected(string word, List<string> guessed)
    {
        if (index.Find(word) >= 0 || FieldTerms.Knows(word) || SearchQuestion.IsSmall(word) || word.Length < ShortestGuess || word.Any(char.IsDigit)) return word;
        string? close = null;
        foreach (var term in index.Terms) Consider(term);
        foreach (var term in FieldTerms.Stems) Consider(term);
        if (close is null) return word;
        guessed.Add(word);
        return close;

        void Consider(string term)
        {
            if (TypingError.IsOne(word, term) && (close is null || Frequency(term) > Frequency(close))) close = term;
        }
    }

    private int Frequency(string term) => index.Find(term) is >= 0 and var at ? index.Postings[at].Length : 0;

    /// <summary>Each part of the question as the terms that answer it, with their weight.</summary>
    private List<List<(string Term, double Weight)>> Parts(IReadOnlyList<string> words)
    {
        var parts = new List<List<(string, double)>>();
        var isSmallOnly = words.All(SearchQuestion.IsSmall);
        for (var i = 0; i < words.Count;)
        {
            var phrases = FieldTerms.At(words, i).ToList();
            var longest = phrases.Count == 0 ? 1 : phrases.Max(p => p.Length);
            var part = phrases.Where(p => p.Length == longest).Select(p => (p.Concept, longest == 1 ? SameMeaning : 1.0)).ToList();
            if (longest == 1 && (index.Find(words[i]) >= 0 || part.Count > 0)) part.Add((words[i], 1.0));
            else if (longest == 1) part.AddRange(Completions(words[i]));
            if (longest > 1 || isSmallOnly || !SearchQuestion.IsSmall(words[i])) parts.Add(part);
            i += longest;
        }
        return parts;
    }

    private IEnumerable<(string, double)> Completions(string begin)
    {
        var at = ~index.Find(begin);
        for (var taken = 0; taken < MostCompletions && at < index.Terms.Length && begin.Length > 2 && index.Terms[at].StartsWith(begin, StringComparison.Ordinal); taken++) yield return (index.Terms[at++], Close);
    }

    private (double[] Scores, int[] Has) Score(List<List<(string Term, double Weight)>> parts)
    {
        var (scores, has, best) = (new double[index.Entries.Count], new int[index.Entries.Count], new double[index.Entries.Count]);
        foreach (var part in parts)
        {
            Array.Clear(best);
            foreach (var (term, weight) in part)
                if (index.Find(term) is >= 0 and var at) Take(index.Postings[at], weight, best);
            for (var i = 0; i < best.Length; i++)
                if (best[i] > 0) (scores[i], has[i]) = (scores[i] + best[i], has[i] + 1);
        }
        return (scores, has);
    }

    private void Take(int[] postings, double weight, double[] best)
    {
        var having = postings.Length / 2;
        var rarity = Math.Log(1 + ((index.Entries.Count - having + 0.5) / (having + 0.5)));
        for (var i = 0; i < postings.Length; i += 2)
        {
            var (entry, count) = (postings[i], postings[i + 1] / 10.0);
            var score = weight * rarity * count * (Saturation + 1) / (count + (Saturation * (1 - LengthPart + (LengthPart * index.Lengths[entry] / averageLength))));
            best[entry] = Math.Max(best[entry], score);
        }
    }
}
