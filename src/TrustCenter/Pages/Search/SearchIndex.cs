using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrustCenter.Pages;

public enum SearchKind { Claim, Document, Subprocessor }

/// <summary>Something that can be found: what a result shows of it.</summary>
/// <param name="Body">Plain text after the title.</param>
/// <param name="Why">Why it matters, to all audiences.</param>
/// <param name="Facts">Topic, scope and references; kind and validity of a document; where a subprocessor is.</param>
/// <param name="State">Of a claim.</param>
public sealed record SearchEntry(SearchKind Kind, Guid Id, string Title, string Body, string Why, string Facts, PublicState? State);

/// <summary>
/// The inverted index of a vendor's public words: made with the pages and stored beside them, so that it holds what they hold and nothing else.
/// <see cref="Postings"/>[i] belongs to <see cref="Terms"/>[i]: pairs of an entry's position and the term's weight in it.
/// </summary>
public sealed record SearchIndex(IReadOnlyList<SearchEntry> Entries, string[] Terms, int[][] Postings, int[] Lengths)
{
    public const int TitleWeight = 30, BodyWeight = 10, WhyWeight = 6, FactWeight = 8; // tenths: a title says what it is about, its facts hang on many entries

    /// <summary>Position of a term, negative when no entry has it.</summary>
    public int Find(string term) => Array.BinarySearch(Terms, term, StringComparer.Ordinal);

    public static SearchIndex Of(PageContent content) => Of(SearchEntries.Of(content));

    public static SearchIndex Of(IReadOnlyList<SearchEntry> entries)
    {
        var postings = new SortedDictionary<string, Dictionary<int, int>>(StringComparer.Ordinal);
        var lengths = new int[entries.Count];
        for (var i = 0; i < entries.Count; i++)
            foreach (var (text, weight) in Fields(entries[i])) lengths[i] += Add(postings, i, text, weight);
        return new SearchIndex(entries, [.. postings.Keys], [.. postings.Values.Select(p => p.OrderBy(e => e.Key).SelectMany(e => new[] { e.Key, e.Value }).ToArray())], lengths);
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, SearchJson.Default.SearchIndex);

    public static SearchIndex Read(byte[] bytes) => JsonSerializer.Deserialize(bytes, SearchJson.Default.SearchIndex)!;

    private static IEnumerable<(string Text, int Weight)> Fields(SearchEntry entry)
        => [(entry.Title, TitleWeight), (entry.Body, BodyWeight), (entry.Why, WhyWeight), (entry.Facts, FactWeight)];

    private static int Add(SortedDictionary<string, Dictionary<int, int>> postings, int entry, string text, int weight)
    {
        var words = SearchText.Words(text).ConvertAll(w => w.Stem);
        for (var i = 0; i < words.Count; i++)
        {
            Count(words[i]);
            foreach (var (_, concept) in FieldTerms.At(words, i)) Count(concept);
        }
        return words.Count;

        void Count(string term)
        {
            if (!postings.TryGetValue(term, out var of)) postings[term] = of = [];
            of[entry] = of.GetValueOrDefault(entry) + weight;
        }
    }
}

[JsonSerializable(typeof(SearchIndex))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class SearchJson : JsonSerializerContext;
