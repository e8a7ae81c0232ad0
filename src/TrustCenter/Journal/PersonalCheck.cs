namespace TrustCenter.Journal;

/// <summary>
/// Opens every commitment that is revealed and holds every other against the erasures. Of all that the verifier keeps, only this grows:
/// by one entry for each erased person.
/// </summary>
internal sealed class PersonalCheck(bool withheld)
{
    private readonly HashSet<(string Log, Guid Person)> _erased = [];
    private readonly Dictionary<(string Log, Guid Person), long> _closed = []; // the first n that awaits an erasure

    public Break? Add(EntryLine line)
    {
        var entry = line.Entry;
        foreach (var (commitment, revealed) in entry.Personal.Zip(line.Revealed))
        {
            if (revealed is null)
            {
                if (!withheld) _closed.TryAdd((entry.Log, commitment.Person), entry.N);
            }
            else if (withheld)
            {
                return At(entry, "reveals a personal field, although the file says that they are withheld.");
            }
            else if (!commitment.Opens(revealed.Value, revealed.Key))
            {
                return At(entry, "reveals a personal field that is not the one it was written with.");
            }
        }
        Erase(entry);
        return null;
    }

    /// <summary>All logs are read: a field still closed belongs to a person that no log calls erased. An erasure covers what its own log says before it, and other logs.</summary>
    public Break? End(IReadOnlyList<string> logs)
    {
        var hidden = _closed
            .Where(closed => !logs.Any(log => log != closed.Key.Log && _erased.Contains((log, closed.Key.Person))))
            .OrderBy(closed => logs.ToList().IndexOf(closed.Key.Log)).ThenBy(closed => closed.Value)
            .Select(closed => new Break(closed.Key.Log, closed.Value, $"{Title(closed.Key.Log)} entry {closed.Value} hides a personal field of a person whom no later entry calls erased."));
        return hidden.FirstOrDefault();
    }

    private void Erase(JournalEntry entry)
    {
        if (entry.What != JournalEntry.PersonErased) return;
        foreach (var fact in entry.Facts.Where(fact => fact.Name == JournalEntry.PersonFact))
        {
            if (!Guid.TryParseExact(fact.Value, "D", out var person)) continue;
            _erased.Add((entry.Log, person));
            _closed.Remove((entry.Log, person));
        }
    }

    private static Break At(JournalEntry entry, string what) => new(entry.Log, entry.N, $"{Title(entry.Log)} entry {entry.N} {what}");

    private static string Title(string log) => char.ToUpperInvariant(log[0]) + log[1..];
}
