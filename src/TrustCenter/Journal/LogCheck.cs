namespace TrustCenter.Journal;

/// <summary>Proves one log while its entries pass by; holds the tree's frontier and no entry.</summary>
internal sealed class LogCheck(string log, Guid tenant, IEnumerable<Checkpoint> held, Warnings warnings)
{
    private readonly Frontier _frontier = new();
    private readonly Queue<Checkpoint> _held = new(held.Where(checkpoint => checkpoint.Log == log).OrderBy(checkpoint => checkpoint.Size));
    private long _signed; // entries covered by the last good checkpoint
    private long _utc = long.MinValue;
    private int _checkpoints;
    private string? _newest;
    private long? _continues;

    public string Log => log;

    public long Next => _frontier.Size + 1;

    public byte[] Root => _frontier.Root();

    public long Size => _frontier.Size;

    /// <summary>"Journal entry 17"</summary>
    public string Entry(long n) => $"{Title} entry {n}";

    public LogProof Proof() => new() { Log = log, Size = Size, Root = Root, Checkpoints = _checkpoints, Signed = _signed, Newest = _newest, Continues = _continues };

    /// <summary>The checkpoint kept outside for a log without entries.</summary>
    public Break? Begin() => Held();

    public Break? Add(EntryLine line)
    {
        var entry = line.Entry with { Tenant = tenant };
        if (entry.N != Next) return Misnumbered(entry, line.LeafHash);
        if (!Fits(entry, line.LeafHash))
            return At(Next, $"{Entry(Next)} was changed: its leaf hash does not match its fields.");
        if (entry.Utc < _utc) warnings.Add($"{Entry(Next)} is older than the entry before it.");
        _utc = entry.Utc;
        _frontier.Append(line.LeafHash);
        return Held();
    }

    public Break? Add(Checkpoint checkpoint, string jws)
    {
        if (checkpoint.Size > Size) return At(Next, $"{Entry(Next)} is missing: a checkpoint counts {checkpoint.Size} entries, and {After()}.");
        if (checkpoint.Size < Size) return At(Next, $"The checkpoint after {Entry(Size)} counts {checkpoint.Size} entries: it stands in the wrong place.");
        if (!checkpoint.Root.AsSpan().SequenceEqual(Root)) return Changed($"the checkpoint at {Size}", "has another root");
        _signed = Size;
        _checkpoints++;
        _newest = jws;
        return null;
    }

    /// <summary>The log is over: no checkpoint kept outside may count more entries.</summary>
    public Break? End() => _held.TryPeek(out var longer)
        ? At(Next, $"{Entry(Next)} is missing: the checkpoint you hold counts {longer.Size} entries, and {After()}. The log was cut off, or this is an old copy.")
        : null;

    public Break? Add(SealedLog sealedLog)
    {
        if (sealedLog.Size > Size) return At(Next, $"{Entry(Next)} is missing: the seal counts {sealedLog.Size} entries, and {After()}.");
        if (sealedLog.Size < Size) return At(sealedLog.Size + 1, $"{Entry(sealedLog.Size + 1)} was added: the seal counts only {sealedLog.Size} entries.");
        return sealedLog.Root.AsSpan().SequenceEqual(Root) ? null : Changed("the seal", "has another root");
    }

    public Break At(long n, string what) => new(log, n, what);

    private string Title => char.ToUpperInvariant(log[0]) + log[1..];

    private string After() => Size == 0 ? "there is none" : $"the last one here is {Size}";

    /// <summary>An entry that can't be encoded, such as one that is too long, fits no hash.</summary>
    private static bool Fits(JournalEntry entry, byte[] leafHash)
    {
        try
        {
            return EntryEncoding.LeafHash(entry).AsSpan().SequenceEqual(leafHash);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private Break? Held()
    {
        for (; _held.TryPeek(out var checkpoint) && checkpoint.Size == Size; _held.Dequeue())
        {
            if (!checkpoint.Root.AsSpan().SequenceEqual(Root))
                return At(1, $"{Title} was rewritten: entries 1 to {Size} are not those of the checkpoint you hold, of {Size} entries.");
            _continues = Size;
        }
        return null;
    }

    private Break Misnumbered(JournalEntry entry, byte[] leafHash)
    {
        if (Fits(entry with { N = Next }, leafHash))
            return At(Next, $"{Entry(Next)} was changed: it says that its number is {entry.N}.");
        return entry.N > Next
            ? At(Next, $"{Entry(Next)} is missing: entry {entry.N} stands in its place.")
            : At(Next, $"{Entry(Next)} is missing: entry {entry.N} stands in its place, again or out of order.");
    }

    private Break Changed(string by, string why)
    {
        if (_signed == Size && _checkpoints > 0) return At(Size, $"{Title} contradicts itself: {by} {why} than the checkpoint of the same {Size} entries.");
        var since = _checkpoints > 0 ? $"the checkpoint at {_signed}" : "the beginning";
        return At(_signed + 1, $"{Title} was changed between {since} and {by}, in entries {_signed + 1} to {Size}: {by} {why}.");
    }
}

/// <summary>What is odd but no proof of a change. Keeps the first ones, counts all.</summary>
internal sealed class Warnings
{
    private const int Most = 20; // a broken clock would fill the memory

    private readonly List<string> _first = [];

    public IReadOnlyList<string> First => _first;

    public long Count { get; private set; }

    public void Add(string warning)
    {
        if (Count++ < Most) _first.Add(warning);
    }
}
