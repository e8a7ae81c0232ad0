using TrustCenter.Engine;

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

    /// <summary>Keeps what was not done, with the rule that stood against it.</summary>
    public void Note(string what, Outcome outcome)
    {
        if (outcome is Outcome.Done) return;
        lock (gate) Refusals.Add($"{what}: {(outcome is Outcome.Refused refused ? refused.Why : outcome.GetType().Name)}");
    }

    public void Print(TextWriter to)
    {
        foreach (var (kind, (added, changed, same)) in counts) to.WriteLine($"{kind}: {added:N0} added, {changed:N0} changed, {same:N0} as before");
        foreach (var refusal in Refusals) to.WriteLine("Refused: " + CleanText.Of(refusal));
    }
}
