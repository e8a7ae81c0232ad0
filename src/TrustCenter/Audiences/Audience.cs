namespace TrustCenter.Audiences;

/// <summary>A group of readers with a page of its own: why it matters to them, what they need to know, how to find more.</summary>
/// <param name="Key">A slug; part of the page's address.</param>
/// <param name="Why">One sentence.</param>
/// <param name="Topics">Topic keys in the order in which this audience cares.</param>
public sealed record Audience(string Key, string Name, string Why, IReadOnlyList<string> Topics, string MoreLabel, string MoreAddress);
