using System.Globalization;
using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TrustCenter.Claims;

/// <summary>Writes a syntax tree as plain text: an empty line between paragraphs, list items with their sign or number.</summary>
internal sealed class StatementText
{
    private readonly StringBuilder text = new();

    public override string ToString() => text.ToString().Trim();

    public void Write(MarkdownDocument document)
    {
        foreach (var block in document)
        {
            WriteBlock(block, indent: "");
            EndLine();
            text.Append('\n');
        }
    }

    private void WriteBlock(Block block, string indent)
    {
        if (block is ListBlock list) WriteList(list, indent);
        else if (block is ParagraphBlock { Inline: { } inlines }) text.Append(Words(inlines).Replace("\n", "\n" + indent, StringComparison.Ordinal));
    }

    private void WriteList(ListBlock list, string indent)
    {
        var number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var sign = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "- ";
            EndLine();
            text.Append(indent).Append(sign);
            WriteItem(item, indent + new string(' ', sign.Length));
        }
    }

    private void WriteItem(ListItemBlock item, string indent)
    {
        for (var i = 0; i < item.Count; i++)
        {
            if (i > 0)
            {
                EndLine();
                if (item[i] is not ListBlock) text.Append(indent);
            }

            WriteBlock(item[i], indent);
        }
    }

    private void EndLine()
    {
        if (text.Length > 0 && text[^1] != '\n') text.Append('\n');
    }

    private static string Words(ContainerInline inlines) => string.Concat(inlines.Select(Words));

    private static string Words(Inline inline) => inline switch
    {
        LinkInline { IsImage: false } link when LinkTarget.TryAllow(link.Url, out var address) => WithAddress(Words((ContainerInline)link), address),
        ContainerInline container => Words(container),
        _ => StatementInlines.Words(inline),
    };

    private static string WithAddress(string words, string address) =>
        words == address || words + "/" == address || "mailto:" + words == address ? words : $"{words} ({address})";
}
