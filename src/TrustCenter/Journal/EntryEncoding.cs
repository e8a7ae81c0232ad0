namespace TrustCenter.Journal;

/// <summary>
/// The one byte form of an entry, which the tree's leaves are hashed over. Its first field names format and version; a new version
/// gets a new name, and old bytes keep reading.
/// </summary>
public static class EntryEncoding
{
    /// <summary>Bytes: an entry is names, hashes and short texts; documents lie elsewhere.</summary>
    public const int Longest = 256 * 1024;

    private const string Format = "trustcenter/journal-entry/1";
    private const int HashSize = 32; // bytes, SHA-256

    /// <summary>Throws on an entry that must not exist: a wrong hash length, half a surrogate pair, a number below 1, too long.</summary>
    public static byte[] Encode(JournalEntry entry)
    {
        if (entry.N < 1) throw new ArgumentException("Entries count from 1.", nameof(entry));
        var fields = new FieldWriter();
        fields.Text(Format);
        fields.Id(entry.Tenant);
        fields.Text(entry.Log);
        fields.Number(entry.N);
        fields.Number(entry.Utc);
        fields.Text(entry.Actor);
        fields.Text(entry.What);
        fields.Text(entry.Subject);
        fields.Number(entry.Facts.Count);
        foreach (var fact in entry.Facts)
        {
            fields.Text(fact.Name);
            fields.Text(fact.Value);
        }
        fields.Number(entry.Personal.Count);
        foreach (var commitment in entry.Personal)
        {
            fields.Id(commitment.Person);
            fields.Text(commitment.Field);
            fields.Bytes(Hash(commitment.Hmac));
        }
        fields.Bytes(Hash(entry.StateHash));
        return fields.Written.Length <= Longest ? fields.Written.ToArray() : throw new ArgumentException($"An entry has at most {Longest} bytes.", nameof(entry));
    }

    /// <summary>The entry's leaf in its log's tree.</summary>
    public static byte[] LeafHash(JournalEntry entry) => MerkleTree.HashLeaf(Encode(entry));

    /// <summary>Reads exactly what <see cref="Encode"/> writes; anything else is a <see cref="FormatException"/>.</summary>
    public static JournalEntry Decode(ReadOnlySpan<byte> bytes)
    {
        var fields = new FieldReader(bytes);
        if (bytes.Length > Longest || fields.Text() != Format) throw new FormatException("These bytes aren't a journal entry of version 1.");
        var entry = new JournalEntry
        {
            Tenant = fields.Id(),
            Log = fields.Text(),
            N = fields.Number(),
            Utc = fields.Number(),
            Actor = fields.Text(),
            What = fields.Text(),
            Subject = fields.Text(),
            Facts = Facts(ref fields),
            Personal = Personal(ref fields),
            StateHash = fields.Exactly(HashSize).ToArray(),
        };
        if (!fields.AtEnd) throw new FormatException("Bytes follow the entry.");
        return entry.N >= 1 ? entry : throw new FormatException("Entries count from 1.");
    }

    private static List<Fact> Facts(ref FieldReader fields)
    {
        var facts = new List<Fact>();
        for (var left = Count(ref fields); left > 0; left--) facts.Add(new Fact(fields.Text(), fields.Text()));
        return facts;
    }

    private static List<Commitment> Personal(ref FieldReader fields)
    {
        var personal = new List<Commitment>();
        for (var left = Count(ref fields); left > 0; left--) personal.Add(new Commitment(fields.Id(), fields.Text(), fields.Exactly(HashSize).ToArray()));
        return personal;
    }

    private static long Count(ref FieldReader fields)
    {
        var count = fields.Number();
        return count >= 0 ? count : throw new FormatException("A list can't have fewer than no items.");
    }

    private static byte[] Hash(byte[] hash) =>
        hash.Length == HashSize ? hash : throw new ArgumentException($"A hash has {HashSize} bytes, this one has {hash.Length}.", nameof(hash));
}
