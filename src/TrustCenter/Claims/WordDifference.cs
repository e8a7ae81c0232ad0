namespace TrustCenter.Claims;

/// <summary>Whether a piece of text is in both wordings, only in the one before or only in the one after.</summary>
public enum DifferenceKind { Same, Removed, Added }

/// <summary>One piece of a comparison, never empty, white space included.</summary>
public sealed record DifferencePart(DifferenceKind Kind, string Text);

/// <summary>Word by word: what a new wording removed and added.</summary>
public static class WordDifference
{
    /// <summary>Same and Removed together are <paramref name="before"/>; Same and Added together are <paramref name="after"/>.</summary>
    public static IReadOnlyList<DifferencePart> Between(string before, string after)
    {
        if (before == after) return before.Length == 0 ? [] : [new(DifferenceKind.Same, before)];
        return [.. new DifferencePart[] { new(DifferenceKind.Removed, before), new(DifferenceKind.Added, after) }.Where(part => part.Text.Length > 0)];
    }
}
