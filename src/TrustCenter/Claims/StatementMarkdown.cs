using System.Diagnostics.CodeAnalysis;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;

namespace TrustCenter.Claims;

/// <summary>
/// The small Markdown of statements: paragraphs, emphasis, strong, code, lists and links.
/// What lies outside stays readable as typed, and <see cref="Problems"/> tells the author.
/// </summary>
public static class StatementMarkdown
{
    public const int LongestText = 10_000; // characters; five statements. Longer text is shown as typed.
    private const int MostSigns = 1_000; // the time to parse grows with the square of the unmatched ones
    private const string Signs = "[]*_`<>";
    private const string ListSigns = "0123456789.)-+* \t";
    private const int LongestListSigns = 100; // characters at the start of a line; each sign may open a level
    private const int DeepestNesting = 32; // levels of the syntax tree, which is walked recursively

    private static readonly MarkdownPipeline Subset = BuildSubset();
    private static readonly MarkdownPipeline Everything = new MarkdownPipelineBuilder().UsePipeTables().UseGridTables().Build();

    /// <summary>Safe HTML: only p, em, strong, code, ul, ol, li, br and a with an https, http or mailto address.</summary>
    public static string ToHtml(string markdown)
    {
        var writer = new StatementHtml();
        if (TryParse(markdown, Subset, out var document)) writer.Write(document);
        else writer.WriteAsTyped(markdown);
        return writer.ToString();
    }

    /// <summary>The same words without markup, for titles, PDF, JSON and mail; a link's address follows its words in brackets.</summary>
    public static string ToText(string markdown)
    {
        if (!TryParse(markdown, Subset, out var document)) return markdown.Trim();
        var writer = new StatementText();
        writer.Write(document);
        return writer.ToString();
    }

    /// <summary>What was written outside the subset, in words for its author; empty when all of it is shown.</summary>
    public static IReadOnlyList<string> Problems(string markdown)
    {
        if (markdown.Length > LongestText) return ["This is longer than 10,000 characters: it is shown as typed, without formatting."];
        return TryParse(markdown, Everything, out var document)
            ? StatementProblems.In(document)
            : ["There are too many brackets, stars or levels of lists: it is shown as typed, without formatting."];
    }

    private static MarkdownPipeline BuildSubset()
    {
        var builder = new MarkdownPipelineBuilder();
        builder.BlockParsers.Clear();
        builder.BlockParsers.Add(new ListBlockParser());
        builder.BlockParsers.Add(new ParagraphBlockParser { ParseSetextHeadings = false });
        builder.DisableHtml();
        return builder.Build();
    }

    private static bool TryParse(string markdown, MarkdownPipeline pipeline, [NotNullWhen(true)] out MarkdownDocument? document)
    {
        document = null;
        if (markdown.Length > LongestText || IsCostly(markdown)) return false;
        try
        {
            document = Markdown.Parse(markdown, pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's answer to its own depth limit.
            return false;
        }

        return SyntaxDepth.IsWithin(document, DeepestNesting);
    }

    private static bool IsCostly(string markdown)
    {
        if (markdown.Count(c => Signs.Contains(c, StringComparison.Ordinal)) > MostSigns) return true;
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            if (line.Length - line.TrimStart(ListSigns).Length > LongestListSigns) return true;
        }

        return false;
    }
}
