using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TrustCenter.Claims;

/// <summary>Finds in a fully parsed text what a statement does not show, and says what to do about it.</summary>
internal static class StatementProblems
{
    private const int LongestQuote = 60; // characters of an address that is repeated to its author

    /// <summary>Each kind of problem once, in the order of the text.</summary>
    public static IReadOnlyList<string> In(MarkdownDocument document) =>
        [.. document.Descendants().Select(Problem).OfType<string>().Distinct()];

    private static string? Problem(MarkdownObject node) => node switch
    {
        LinkInline { IsImage: true } => "Images are not shown: remove ![..].",
        LinkInline link when !LinkTarget.TryAllow(link.Url, out _) => Link(link.Url ?? ""),
        AutolinkInline link when !LinkTarget.TryAllow(StatementInlines.Address(link), out _) => Link(link.Url),
        HtmlBlock or HtmlInline => "HTML tags are shown as typed: remove <..>.",
        HeadingBlock { IsSetext: true } => "Headings are shown as typed: remove the line of === or --- below.",
        HeadingBlock => "Headings are shown as typed: remove the # at the start of the line.",
        QuoteBlock => "Quotations are shown as typed: remove the > at the start of the line.",
        FencedCodeBlock => "Code blocks are shown as one paragraph: remove the ``` lines.",
        LinkReferenceDefinition or LinkReferenceDefinitionGroup => null,
        CodeBlock => "Indented text is shown as a paragraph: remove the spaces at the start of the line.",
        Table => "Tables are shown as typed: write a list instead.",
        ThematicBreakBlock => "Dividing lines are shown as typed: remove the line of --- or ***.",
        _ => null,
    };

    private static string Link(string address)
    {
        var quoted = address.Length <= LongestQuote ? address : address[..LongestQuote] + "…";
        return $"A link may lead to https://, http:// or mailto: and a plain address only: correct \"{quoted}\".";
    }
}
