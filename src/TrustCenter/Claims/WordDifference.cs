namespace TrustCenter.Claims;

/// <summary>Whether a piece of text is in both wordings, only in the one before or only in the one after.</summary>
public enum DifferenceKind { Same, Removed, Added }

/// <summary>One piece of a comparison, never empty, white space included.</summary>
public sealed record DifferencePart(DifferenceKind Kind, string Text);

/// <summary>Word by word: what a new wording removed and added.</summary>
public static class WordDifference
{
    // Cells of the table, 4 bytes each: two texts of 2,000 one-character words. Beyond it the whole middle is shown as replaced.
    private const long LargestTable = 2_001L * 2_001L;

    // A kept word outweighs every kept gap: the smaller side of a table has at most 2,001 pieces.
    private const int WordWeight = 2_002, GapWeight = 1;

    /// <summary>Same and Removed together are <paramref name="before"/>; Same and Added together are <paramref name="after"/>.</summary>
    public static IReadOnlyList<DifferencePart> Between(string before, string after)
    {
        var old = WordPieces.Of(before);
        var now = WordPieces.Of(after);
        var prefix = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var rest = Math.Min(old.Count, now.Count) - prefix;
        var suffix = 0;
        while (suffix < rest && old[^(suffix + 1)] == now[^(suffix + 1)]) suffix++;

        var parts = new DifferenceParts();
        parts.Same(old.Take(prefix));
        Compare(parts, old[prefix..^suffix], now[prefix..^suffix]);
        parts.Same(old.Skip(old.Count - suffix));
        return parts.ToList();
    }

    private static void Compare(DifferenceParts parts, List<string> old, List<string> now)
    {
        if ((old.Count + 1L) * (now.Count + 1L) > LargestTable)
        {
            parts.Removed(old);
            parts.Added(now);
            return;
        }

        var kept = KeptWeights(old, now);
        var (i, j) = (0, 0);
        while (i < old.Count || j < now.Count)
        {
            if (i < old.Count && j < now.Count && old[i] == now[j])
            {
                parts.Same([old[i++]]);
                j++;
            }
            else if (j == now.Count || (i < old.Count && kept[i + 1, j] >= kept[i, j + 1])) parts.Removed([old[i++]]);
            else parts.Added([now[j++]]);
        }
    }

    // kept[i, j]: the most that old[i..] and now[j..] can have in common (longest common subsequence, weighted).
    private static int[,] KeptWeights(List<string> old, List<string> now)
    {
        var kept = new int[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = now.Count - 1; j >= 0; j--)
            {
                kept[i, j] = old[i] == now[j]
                    ? kept[i + 1, j + 1] + (string.IsNullOrWhiteSpace(old[i]) ? GapWeight : WordWeight)
                    : Math.Max(kept[i + 1, j], kept[i, j + 1]);
            }
        }

        return kept;
    }
}
