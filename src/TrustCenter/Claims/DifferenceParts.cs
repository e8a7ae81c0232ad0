using System.Text;

namespace TrustCenter.Claims;

/// <summary>Joins pieces of one kind into parts. A gap that alone separates two changes belongs to both, so that they read as one.</summary>
internal sealed class DifferenceParts
{
    private readonly List<DifferencePart> parts = [];
    private readonly StringBuilder removed = new(), added = new(), same = new(); // in this order in the text

    public void Same(IEnumerable<string> pieces) => same.AppendJoin("", pieces);

    public void Removed(IReadOnlyList<string> pieces) => Change(removed, pieces);

    public void Added(IReadOnlyList<string> pieces) => Change(added, pieces);

    public IReadOnlyList<DifferencePart> ToList()
    {
        Flush();
        return parts;
    }

    private void Change(StringBuilder side, IReadOnlyList<string> pieces)
    {
        if (pieces.Count == 0) return;
        if (same.Length > 0) CloseGap();
        side.AppendJoin("", pieces);
    }

    private void CloseGap()
    {
        var gap = same.ToString();
        if (removed.Length + added.Length == 0 || !string.IsNullOrWhiteSpace(gap))
        {
            Flush();
            return;
        }

        removed.Append(gap);
        added.Append(gap);
        same.Clear();
    }

    private void Flush()
    {
        Take(DifferenceKind.Removed, removed);
        Take(DifferenceKind.Added, added);
        Take(DifferenceKind.Same, same);
    }

    private void Take(DifferenceKind kind, StringBuilder text)
    {
        if (text.Length > 0) parts.Add(new DifferencePart(kind, text.ToString()));
        text.Clear();
    }
}
