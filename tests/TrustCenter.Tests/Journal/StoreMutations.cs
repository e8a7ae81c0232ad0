using TrustCenter.Journal;

namespace TrustCenter.Tests.Journal;

/// <summary>
/// What someone can do to a stored log who writes to the database, recomputes all that needs no signing key, and then lets the vendor's own server
/// export and seal the result. Null: no such change is possible here.
/// </summary>
internal static class StoreMutations
{
    public static readonly (string Name, Func<LogBook, Random, LogBook?> Apply)[] All =
    [
        ("change an entry", (book, random) => Edit(book, random, (entry, _) => LogBook.Changed(Changed(entry.Entry, random), entry))),
        ("change an entry and its leaf hash", (book, random) => Edit(book, random, (entry, _) => LogBook.Recomputed(Changed(entry.Entry, random), entry))),
        ("change a leaf hash", (book, random) => Edit(book, random, (entry, _) => entry with { LeafHash = Flipped(entry.LeafHash!, random) })),
        ("delete an entry", (book, random) => With(book, random, (entries, at) => entries.RemoveAt(at))),
        ("delete an entry and close the gap", (book, random) => Renumbered(With(book, random, (entries, at) => entries.RemoveAt(at)))),
        ("insert an entry", (book, random) => With(book, random, (entries, at) => entries.Insert(at, entries[random.Next(entries.Count)]))),
        ("insert an entry and move the others", (book, random) => Renumbered(With(book, random, (entries, at) => entries.Insert(at, LogBook.Recomputed(Changed(entries[at].Entry, random), entries[at]))))),
        ("swap two entries", Swap),
        ("swap two entries and their numbers", (book, random) => Renumbered(Swap(book, random))),
        ("cut the tail off", (book, random) => Cut(book, random, withCheckpoints: false)),
        ("cut the tail off with its checkpoints", (book, random) => Cut(book, random, withCheckpoints: true)),
        ("roll back and grow anew", (book, random) => Cut(book, random, withCheckpoints: true) is { } cut ? Grown(cut, book.Entries.Count + random.Next(3), random) : null),
        ("rewrite and delete all checkpoints", (book, random) => Edit(book, random, (entry, _) => LogBook.Recomputed(Changed(entry.Entry, random), entry)) is { } edited ? edited with { Checkpoints = [] } : null),
        ("replace a commitment", (book, random) => Edit(book, random, (entry, _) => entry.Entry.Personal.Count == 0 ? null
            : LogBook.Recomputed(entry.Entry with { Personal = [entry.Entry.Personal[0] with { Hmac = Flipped(entry.Entry.Personal[0].Hmac, random) }] }, entry))),
        ("replace a revealed value", (book, random) => Edit(book, random, (entry, _) => entry.Revealed is [{ } reveal] ? entry with { Revealed = [reveal with { Value = reveal.Value + "x" }] } : null)),
        ("replace a commitment, its value and key", (book, random) => Edit(book, random, (entry, _) => Recommitted(entry))),
        ("hide a revealed value", (book, random) => Edit(book, random, (entry, _) => entry.Revealed is [{ }] ? entry with { Revealed = [] } : null)),
        ("forge an erasure", (book, random) => Edit(book, random, (entry, _) => entry.Entry.What == JournalEntry.PersonErased ? null
            : LogBook.Recomputed(entry.Entry with { What = JournalEntry.PersonErased, Facts = [new Fact(JournalEntry.PersonFact, LogBook.Ada.ToString())] }, entry))),
        ("flip a bit of a checkpoint", (book, random) =>
        {
            var at = random.Next(book.Checkpoints.Count);
            var jws = book.Checkpoints[at].Jws.ToCharArray();
            jws[random.Next(jws.Length)] ^= (char)(1 << random.Next(7));
            return book with { Checkpoints = [.. book.Checkpoints.Select((checkpoint, i) => i == at ? checkpoint with { Jws = new string(jws) } : checkpoint)] };
        }),
        ("say another size of a checkpoint", (book, random) =>
        {
            var at = random.Next(book.Checkpoints.Count);
            var size = random.Next(book.Entries.Count);
            if (size == book.Checkpoints[at].Size) return null;
            return book with { Checkpoints = [.. book.Checkpoints.Select((checkpoint, i) => i == at ? checkpoint with { Size = size } : checkpoint).OrderBy(checkpoint => checkpoint.Size)] };
        }),
    ];

    private static LogBook? Edit(LogBook book, Random random, Func<ExportEntry, int, ExportEntry?> change)
    {
        if (book.Entries.Count == 0) return null;
        var start = random.Next(book.Entries.Count);
        for (var i = 0; i < book.Entries.Count; i++)
        {
            var at = (start + i) % book.Entries.Count;
            if (change(book.Entries[at], at) is not { } changed) continue;
            return book with { Entries = [.. book.Entries.Select((entry, index) => index == at ? changed : entry)] };
        }
        return null;
    }

    private static LogBook? With(LogBook book, Random random, Action<List<ExportEntry>, int> change)
    {
        if (book.Entries.Count == 0) return null;
        var entries = book.Entries.ToList();
        change(entries, random.Next(entries.Count));
        return book with { Entries = entries };
    }

    private static LogBook? Swap(LogBook book, Random random)
    {
        if (book.Entries.Count < 2) return null;
        var (one, other) = (random.Next(book.Entries.Count), random.Next(book.Entries.Count - 1));
        if (other >= one) other++;
        return With(book, random, (entries, _) => (entries[one], entries[other]) = (entries[other], entries[one]));
    }

    private static LogBook? Renumbered(LogBook? book) => book is null ? null
        : book with { Entries = [.. book.Entries.Select((entry, index) => LogBook.Recomputed(entry.Entry with { N = index + 1 }, entry))] };

    private static LogBook? Cut(LogBook book, Random random, bool withCheckpoints)
    {
        if (book.Entries.Count == 0) return null;
        var left = random.Next(book.Entries.Count);
        return book with { Entries = [.. book.Entries.Take(left)], Checkpoints = withCheckpoints ? [.. book.Checkpoints.Where(checkpoint => checkpoint.Size <= left)] : book.Checkpoints };
    }

    private static LogBook Grown(LogBook book, int size, Random random)
    {
        var more = Enumerable.Range(book.Entries.Count + 1, Math.Max(0, size - book.Entries.Count)).Select(n => new ExportEntry(Changed(TestEntries.One(n, book.Log), random)));
        return book with { Entries = [.. book.Entries, .. more] };
    }

    private static JournalEntry Changed(JournalEntry entry, Random random) => random.Next(8) switch
    {
        0 => entry with { Actor = entry.Actor + " " },
        1 => entry with { What = "grant.added" },
        2 => entry with { Subject = "claim:" + Guid.NewGuid() },
        3 => entry with { Utc = entry.Utc + 1 },
        4 => entry with { Facts = [.. entry.Facts, new Fact("", "")] },
        5 => entry with { StateHash = Flipped(entry.StateHash, random) },
        6 => entry with { Actor = entry.Actor + entry.What[..1], What = entry.What[1..] },
        _ => entry with { Personal = [.. entry.Personal, new Commitment(LogBook.Bob, "email", new byte[32])], Facts = [] },
    };

    private static ExportEntry? Recommitted(ExportEntry entry)
    {
        if (entry.Revealed is not [{ } reveal]) return null;
        var commitment = Commitment.To(LogBook.Ada, "email", "eve@example.com", reveal.Key);
        return LogBook.Recomputed(entry.Entry with { Personal = [commitment] }, entry) with { Revealed = [reveal with { Value = "eve@example.com" }] };
    }

    private static byte[] Flipped(byte[] hash, Random random)
    {
        var flipped = (byte[])hash.Clone();
        flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }
}
