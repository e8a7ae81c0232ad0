using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownTable = Markdig.Extensions.Tables.Table;

namespace TrustCenter.Documents;

/// <summary>A plain subset of Markdown: headings, paragraphs, lists, tables. Emphasis and links become plain text, the rest is left out.</summary>
public static class MarkdownBlocks
{
    private const int LongestSource = 400_000; // characters
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    public static IReadOnlyList<Block> From(string markdown)
    {
        if (markdown.Length > LongestSource) throw new PdfRefusedException($"The text has {markdown.Length} characters; at most {LongestSource} can be printed.");
        return [.. Markdown.Parse(markdown, Pipeline).SelectMany(BlocksOf)];
    }

    private static IEnumerable<Block> BlocksOf(Markdig.Syntax.Block block) => block switch
    {
        HeadingBlock heading => [new Heading(heading.Level, TextOf(heading.Inline))],
        ParagraphBlock paragraph => [new Paragraph(TextOf(paragraph.Inline))],
        ListBlock list => [new Bullets([.. ItemsOf(list)], list.IsOrdered)],
        MarkdownTable table => [TableOf(table)],
        QuoteBlock quote => quote.SelectMany(BlocksOf),
        CodeBlock code => [new Paragraph(code.Lines.ToString())],
        _ => [],
    };

    /// <summary>An inner list's items follow their parent: print needs no second level.</summary>
    private static IEnumerable<string> ItemsOf(ListBlock list)
    {
        foreach (var item in list.OfType<ListItemBlock>())
        {
            yield return string.Join("\n", item.OfType<ParagraphBlock>().Select(paragraph => TextOf(paragraph.Inline)));
            foreach (var inner in item.OfType<ListBlock>().SelectMany(ItemsOf)) yield return inner;
        }
    }

    private static Table TableOf(MarkdownTable table)
    {
        var rows = table.OfType<TableRow>().Select(row => row.OfType<TableCell>().Select(TextOf).ToList()).ToList();
        var columns = rows[0].Select((head, index) => new TableColumn(head, ShareOf(rows, index), IsRight(table, index))).ToList();
        return new Table(columns, [.. rows.Skip(1)]);
    }

    /// <summary>A column's width grows with the root of its longest text: long texts wrap, short ones stay whole.</summary>
    private static double ShareOf(List<List<string>> rows, int column) =>
        Math.Sqrt(Math.Clamp(rows.Max(row => column < row.Count ? row[column].Length : 0), 6, 120));

    private static bool IsRight(MarkdownTable table, int column) =>
        column < table.ColumnDefinitions.Count && table.ColumnDefinitions[column].Alignment == TableColumnAlign.Right;

    private static string TextOf(TableCell cell) => string.Join("\n", cell.OfType<ParagraphBlock>().Select(paragraph => TextOf(paragraph.Inline)));

    private static string TextOf(ContainerInline? inlines) => inlines is null ? "" : string.Concat(inlines.Select(TextOf));

    private static string TextOf(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline line => line.IsHard ? "\n" : " ",
        AutolinkInline link => link.Url,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        ContainerInline container => TextOf(container),
        _ => "",
    };
}
