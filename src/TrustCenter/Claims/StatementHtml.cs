using System.Globalization;
using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TrustCenter.Claims;

/// <summary>Writes a syntax tree as HTML. Every tag is written out here; nothing of the source becomes markup (T-061).</summary>
internal sealed class StatementHtml
{
    private readonly StringBuilder html = new();

    public override string ToString() => html.ToString();

    public void Write(MarkdownDocument document) => WriteBlocks(document, tight: false);

    public void WriteAsTyped(string text)
    {
        html.Append("<p>");
        WriteText(text);
        html.Append("</p>");
    }

    private void WriteBlocks(ContainerBlock blocks, bool tight)
    {
        foreach (var block in blocks) WriteBlock(block, tight);
    }

    private void WriteBlock(Block block, bool tight)
    {
        switch (block)
        {
            case ListBlock list:
                WriteList(list);
                break;
            case ParagraphBlock { Inline: { } inlines } when tight:
                WriteInlines(inlines);
                break;
            case ParagraphBlock { Inline: { } inlines }:
                Wrap("p", inlines);
                break;
        }
    }

    private void WriteList(ListBlock list)
    {
        var tag = list.IsOrdered ? "ol" : "ul";
        html.Append(CultureInfo.InvariantCulture, $"<{tag}>");
        foreach (var item in list.OfType<ListItemBlock>())
        {
            html.Append("<li>");
            WriteBlocks(item, tight: !list.IsLoose);
            html.Append("</li>");
        }

        html.Append(CultureInfo.InvariantCulture, $"</{tag}>");
    }

    private void WriteInlines(ContainerInline inlines)
    {
        foreach (var inline in inlines) WriteInline(inline);
    }

    private void WriteInline(Inline inline)
    {
        switch (inline)
        {
            case EmphasisInline emphasis:
                Wrap(emphasis.DelimiterCount == 2 ? "strong" : "em", emphasis);
                break;
            case CodeInline code:
                html.Append("<code>");
                WriteText(code.Content);
                html.Append("</code>");
                break;
            case LineBreakInline line:
                html.Append(line.IsHard ? "<br>" : "\n");
                break;
            case LinkInline { IsImage: false } link when LinkTarget.TryAllow(link.Url, out var address):
                OpenLink(address);
                WriteInlines(link);
                html.Append("</a>");
                break;
            case AutolinkInline link when LinkTarget.TryAllow(StatementInlines.Address(link), out var address):
                OpenLink(address);
                WriteText(link.Url);
                html.Append("</a>");
                break;
            case ContainerInline container:
                WriteInlines(container);
                break;
            default:
                WriteText(StatementInlines.Words(inline));
                break;
        }
    }

    private void Wrap(string tag, ContainerInline inlines)
    {
        html.Append(CultureInfo.InvariantCulture, $"<{tag}>");
        WriteInlines(inlines);
        html.Append(CultureInfo.InvariantCulture, $"</{tag}>");
    }

    private void OpenLink(string address)
    {
        html.Append("<a href=\"");
        WriteText(address);
        html.Append("\" rel=\"noopener noreferrer nofollow\">");
    }

    private void WriteText(string text)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '&': html.Append("&amp;"); break;
                case '<': html.Append("&lt;"); break;
                case '>': html.Append("&gt;"); break;
                case '"': html.Append("&quot;"); break;
                case '\'': html.Append("&#39;"); break;
                default:
                    if (c is '\n' or '\t' || !char.IsControl(c)) html.Append(c);
                    break;
            }
        }
    }
}
