using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TrustCenter.Import;

/// <summary>
/// The part of YAML that a folder needs: maps, lists and text. Built from parser events on a stack of its own with a
/// bounded depth, because an overflow of the thread's stack cannot be caught; what can repeat itself (anchors,
/// aliases) or become something else than text (tags) is refused.
/// </summary>
internal sealed class YamlFile(string text, FileProblems problems, int linesBefore)
{
    private readonly int lines = text.AsSpan().TrimEnd('\n').Count('\n') + 1;
    private readonly Stack<Frame> open = new();
    private Node? root;
    private int nodes;
    private int documents;

    /// <summary>The tree, or null beside an error that names a line. <paramref name="linesBefore"/> is added to every line.</summary>
    public static Node? Read(string text, FileProblems problems, int linesBefore = 0) =>
        new YamlFile(text, problems, linesBefore).Build();

    private Node? Build()
    {
        ParsingEvent? last = null;
        try
        {
            var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
            while (parser.MoveNext())
            {
                last = parser.Current!;
                if ((Refusal(last) ?? Take(last)) is { } reason) return Refuse(LineOf(last.Start), reason);
            }
        }
        catch (YamlException invalid)
        {
            return Refuse(LineOf(invalid.Start), $"This is not valid YAML ({invalid.Message}). Check the indentation, quotes and colons here.");
        }
        catch (Exception bug) when (bug is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            return Refuse(last is null ? 1 : LineOf(last.End), "This is not valid YAML. Check the indentation, quotes and colons here.");
        }

        return root is not (null or TextNode { Text: "" }) ? root : Refuse(1, "The file says nothing. Fill it or remove it.");
    }

    private string? Refusal(ParsingEvent now)
    {
        if (now is DocumentStart && ++documents > 1) return "A second document begins here. Keep one, without \"---\" in the middle.";
        if (now is AnchorAlias) return "Aliases (*) are not read. Write the value out.";
        if (now is not NodeEvent node) return null;
        if (!node.Anchor.IsEmpty) return "Anchors (&) are not read. Put the text in quotes or write the value out.";
        if (!node.Tag.IsEmpty) return "Tags (!) are not read. Put the text in quotes or remove the tag.";
        if (++nodes > ImportLimits.YamlNodes) return $"More than {ImportLimits.YamlNodes:N0} values. Split the file, or use .jsonl.";
        return null;
    }

    private string? Take(ParsingEvent now)
    {
        switch (now)
        {
            case Scalar scalar:
                return Put(new TextNode(LineOf(scalar.Start), Said(scalar)));
            case SequenceStart or MappingStart when open.Count >= ImportLimits.YamlDepth:
                return $"Nested deeper than {ImportLimits.YamlDepth} levels. Check the indentation and brackets.";
            case SequenceStart or MappingStart when open.TryPeek(out var outer) && outer.WantsKey:
                return "A name before a colon must be text, not a list or a map. Put it in quotes.";
            case SequenceStart:
                open.Push(new Frame(LineOf(now.Start), isMap: false));
                return null;
            case MappingStart:
                open.Push(new Frame(LineOf(now.Start), isMap: true));
                return null;
            case SequenceEnd or MappingEnd:
                return Put(open.Pop().ToNode());
            default:
                return null;
        }
    }

    private string? Put(Node node)
    {
        if (open.TryPeek(out var frame)) return frame.Put(node);
        root = node;
        return null;
    }

    private static string Said(Scalar scalar) =>
        scalar.Style is ScalarStyle.Plain && scalar.Value is "~" or "null" ? "" : scalar.Value;

    /// <summary>The parser notices an open bracket one line after the last.</summary>
    private int LineOf(Mark mark) => (int)Math.Clamp(mark.Line, 1, lines) + linesBefore;

    private Node? Refuse(int line, string reason)
    {
        problems.Error(line, null, "not readable YAML", reason);
        return null;
    }

    private sealed class Frame(int line, bool isMap)
    {
        private readonly List<Node>? items = isMap ? null : [];
        private readonly Dictionary<string, Node>? entries = isMap ? MapNode.NewEntries() : null;
        private string? name;

        public bool WantsKey => entries is not null && name is null;

        public string? Put(Node node)
        {
            if (entries is null)
            {
                items!.Add(node);
            }
            else if (name is null)
            {
                name = ((TextNode)node).Text.Trim();
                if (entries.ContainsKey(name)) return $"{FieldText.Cite(name)} is said twice in the same place. Keep one.";
            }
            else
            {
                entries.Add(name, node);
                name = null;
            }

            return null;
        }

        public Node ToNode() => entries is null ? new ListNode(line, items!) : new MapNode(line, entries);
    }
}
