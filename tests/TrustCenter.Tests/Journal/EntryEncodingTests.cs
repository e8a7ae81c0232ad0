using FsCheck;
using FsCheck.Fluent;
using TrustCenter.Journal;

namespace TrustCenter.Tests.Journal;

[Trait("Case", "T-092")]
public sealed class EntryEncodingTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void An_entry_reads_back_as_it_was_written() =>
        Prop.ForAll(TestEntries.Any.ToArbitrary(), entry =>
        {
            var back = EntryEncoding.Decode(EntryEncoding.Encode(entry));
            return EntryEncoding.Encode(back).AsSpan().SequenceEqual(EntryEncoding.Encode(entry))
                && back.Facts.SequenceEqual(entry.Facts) && back.Personal.Count == entry.Personal.Count && Texts(back).SequenceEqual(Texts(entry))
                && (back.Tenant, back.N, back.Utc) == (entry.Tenant, entry.N, entry.Utc);
        }).Check(Thorough);

    [Fact]
    public void Text_moved_over_a_field_border_never_gives_the_same_bytes() =>
        Prop.ForAll(TestEntries.Any.ToArbitrary(), Gen.Choose(0, 1_000_000).ToArbitrary(), (entry, where) =>
        {
            var before = Texts(entry);
            var border = 1 + (where % (before.Length - 1));
            var joined = before[border - 1] + before[border];
            var cut = where % (joined.Length + 1);
            if (cut == before[border - 1].Length || SplitsSurrogates(joined, cut)) return true;
            var after = (string[])before.Clone();
            (after[border - 1], after[border]) = (joined[..cut], joined[cut..]);
            return !EntryEncoding.Encode(With(entry, after)).AsSpan().SequenceEqual(EntryEncoding.Encode(entry));
        }).Check(Thorough);

    [Fact]
    public void Two_facts_are_never_taken_for_one() =>
        Prop.ForAll(TestEntries.Any.ToArbitrary(), TestEntries.Text.ToArbitrary(), TestEntries.Text.ToArbitrary(), (entry, one, other) =>
            !EntryEncoding.Encode(entry with { Facts = [new Fact(one, other), new Fact("", "")] }).AsSpan()
                .SequenceEqual(EntryEncoding.Encode(entry with { Facts = [new Fact(one, other)] }))).Check(Thorough);

    [Fact]
    public void Every_single_bit_counts_and_a_bit_is_either_read_as_another_entry_or_refused()
    {
        var bytes = EntryEncoding.Encode(TestEntries.One(7) with { Personal = [new Commitment(Guid.NewGuid(), "email", new byte[32])] });
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            try
            {
                EntryEncoding.Encode(EntryEncoding.Decode(changed)).ShouldBe(changed);
            }
            catch (FormatException)
            {
            }
        }
    }

    [Fact]
    public void Bytes_cut_off_or_added_are_refused()
    {
        var bytes = EntryEncoding.Encode(TestEntries.One(7));
        for (var length = 0; length < bytes.Length; length++) Should.Throw<FormatException>(() => EntryEncoding.Decode(bytes.AsSpan(0, length)));
        Should.Throw<FormatException>(() => EntryEncoding.Decode([.. bytes, 0]));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_since_replacing_it_would_make_two_texts_one() =>
        Should.Throw<ArgumentException>(() => EntryEncoding.Encode(TestEntries.One(1) with { Actor = "\ud83d" }));

    [Fact]
    public void The_bytes_of_version_1_stay_what_they_are() =>
        Convert.ToHexStringLower(EntryEncoding.LeafHash(TestEntries.One(1) with { Personal = [new Commitment(TestEntries.Tenant, "email", new byte[32])] }))
            .ShouldBe("e09c5f9aa863f45ceb25a4ec32e595d11be6a1e33764e49366bccb9abc58277d");

    [Fact]
    public void A_commitment_opens_with_its_value_and_key_only()
    {
        var person = Guid.NewGuid();
        var key = Commitment.RecordKey(new byte[32], person, TestEntries.Tenant, JournalEntry.Journal, 3);
        var commitment = Commitment.To(person, "email", "ada@example.com", key);
        commitment.Opens("ada@example.com", key).ShouldBeTrue();
        commitment.Opens("bob@example.com", key).ShouldBeFalse();
        (commitment with { Field = "emai" }).Opens("lada@example.com", key).ShouldBeFalse();
        commitment.Opens("ada@example.com", Commitment.RecordKey(new byte[32], person, TestEntries.Tenant, JournalEntry.Journal, 4)).ShouldBeFalse();
        commitment.Opens("ada@example.com", [.. key, 0]).ShouldBeFalse();
    }

    private static string[] Texts(JournalEntry entry) =>
        [entry.Log, entry.Actor, entry.What, entry.Subject, .. entry.Facts.SelectMany(fact => new[] { fact.Name, fact.Value })];

    private static JournalEntry With(JournalEntry entry, string[] texts) => entry with
    {
        Log = texts[0], Actor = texts[1], What = texts[2], Subject = texts[3], Facts = [.. texts[4..].Chunk(2).Select(fact => new Fact(fact[0], fact[1]))],
    };

    private static bool SplitsSurrogates(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]);
}
