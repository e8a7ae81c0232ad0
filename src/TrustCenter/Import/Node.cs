namespace TrustCenter.Import;

/// <summary>A value as it stands in a file, whatever the file's format. <see cref="Line"/> 1 is the first.</summary>
internal abstract record Node(int Line);

/// <summary>Text; empty means that nothing was said.</summary>
internal sealed record TextNode(int Line, string Text) : Node(Line);

internal sealed record ListNode(int Line, IReadOnlyList<Node> Items) : Node(Line);

/// <summary>Names are compared without case, as people write column names.</summary>
internal sealed record MapNode(int Line, IReadOnlyDictionary<string, Node> Entries) : Node(Line)
{
    public static Dictionary<string, Node> NewEntries() => new(StringComparer.OrdinalIgnoreCase);

    public Node? this[string name] => Entries.GetValueOrDefault(name);
}
