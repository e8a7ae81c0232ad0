using TrustCenter.Engine;
using TrustCenter.Journal;

namespace TrustCenter.Import;

/// <summary>What an import did, by kind of thing.</summary>
public sealed class ImportTally
{
    private readonly SortedDictionary<string, (int Added, int Changed, int Same)> counts = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public List<string> Refusals { get; } = [];

    public int Changes => counts.Values.Sum(c => c.Added + c.Changed);

    public void Count(string kind, bool isNew, bool changed)
    {
        lock (gate)
        {
            var (added, changes, same) = counts.GetValueOrDefault(kind);
            counts[kind] = !changed ? (added, changes, same + 1) : isNew ? (added + 1, changes, same) : (added, changes + 1, same);
        }
    }

    public void Count(string kind, ImportCounts made)
    {
        lock (gate)
        {
            var (added, changes, same) = counts.GetValueOrDefault(kind);
            counts[kind] = (added + made.New, changes + made.Changed, same + made.Same);
            if (made.Wrong > 0) Refusals.Add($"{kind}: {made.Wrong:N0} refused; the import's report names them");
        }
    }

    /// <summary>Keeps what was not done, with the rule that stood against it.</summary>
    public void Note(string what, Outcome outcome)
    {
        if (outcome is Outcome.Done) return;
        lock (gate) Refusals.Add($"{what}: {(outcome is Outcome.Refused refused ? refused.Why : outcome.GetType().Name)}");
    }

    public void Print(TextWriter to)
    {
        foreach (var (kind, (added, changed, same)) in counts) to.WriteLine($"{kind}: {added:N0} added, {changed:N0} changed, {same:N0} as before");
        foreach (var refusal in Refusals) to.WriteLine("Refused: " + ConsoleText.Clean(refusal));
    }
}
