using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TrustCenter.Claims;

/// <summary>Measures a syntax tree without recursion, so that it may be walked recursively afterwards.</summary>
internal static class SyntaxDepth
{
    public static bool IsWithin(MarkdownDocument document, int deepest)
    {
        var open = new Stack<(MarkdownObject Node, int Depth)>();
        open.Push((document, 0));
        while (open.TryPop(out var next))
        {
            if (next.Depth > deepest) return false;
            foreach (var child in Children(next.Node)) open.Push((child, next.Depth + 1));
        }

        return true;
    }

    private static IEnumerable<MarkdownObject> Children(MarkdownObject node) => node switch
    {
        ContainerBlock blocks => blocks,
        LeafBlock { Inline: { } inlines } => inlines,
        ContainerInline inlines => inlines,
        _ => [],
    };
}
