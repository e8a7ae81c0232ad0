using FsCheck;
using FsCheck.Fluent;
using TrustCenter.Journal;

namespace TrustCenter.Tests.Journal;

/// <summary>Entries to test with: fixed ones, and generators that like awkward text.</summary>
internal static class TestEntries
{
    public static readonly Guid Tenant = Guid.Parse("0199aa00-0000-7000-8000-000000000001");

    public static readonly Gen<string> Text =
        Gen.Elements("", "a", "b", "ab", ":", "\0", "\n", "\"", "\\", "\u001b[31m", "\u202e", "é", "日本", "🔑", "\0\0\0\u0001", "\u007f", "\u2028")
            .ListOf().Select(parts => string.Concat(parts));

    public static readonly Gen<byte[]> Hash = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(32);

    public static readonly Gen<JournalEntry> Any =
        from id in ArbMap.Default.GeneratorFor<Guid>()
        from log in Gen.Elements(JournalEntry.Journal, JournalEntry.Publications)
        from n in Gen.Choose(1, int.MaxValue)
        from utc in ArbMap.Default.GeneratorFor<long>()
        from texts in Text.ArrayOf(3)
        from facts in (from name in Text from value in Text select new Fact(name, value)).ListOf()
        from personal in (from person in ArbMap.Default.GeneratorFor<Guid>() from field in Text from hmac in Hash select new Commitment(person, field, hmac)).ListOf()
        from state in Hash
        select new JournalEntry
        {
            Tenant = id, Log = log, N = n, Utc = utc, Actor = texts[0], What = texts[1], Subject = texts[2], Facts = [.. facts], Personal = [.. personal], StateHash = state,
        };

    public static JournalEntry One(long n, string log = JournalEntry.Journal) => new()
    {
        Tenant = Tenant,
        Log = log,
        N = n,
        Utc = 1_800_000_000_000_000 + (n * 1_000),
        Actor = "staff:0199aa00-0000-7000-8000-0000000000aa",
        What = "claim.published",
        Subject = $"claim:0199aa00-0000-7000-8000-{n:x12}",
        Facts = [new Fact("version", $"{n}"), new Fact("statement", "9f86d081884c7d65")],
        StateHash = MerkleTree.HashLeaf(BitConverter.GetBytes(n)),
    };
}
