using System.Security.Cryptography;
using System.Text;
using TrustCenter.Journal;

namespace TrustCenter.Tests.Journal;

[Trait("Case", "T-091")]
public sealed class JournalVerifierTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly CheckpointSigner _signer;
    private readonly LogBook _journal;

    public JournalVerifierTests()
    {
        _signer = new CheckpointSigner(_key);
        _journal = LogBook.Honest(_signer, JournalEntry.Journal, 20);
    }

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Clean_logs_of_any_size_are_proven_against_every_checkpoint_of_theirs()
    {
        for (var size = 0; size <= 40; size++)
        {
            LogBook[] books = [LogBook.Honest(_signer, JournalEntry.Journal, size), LogBook.Honest(_signer, JournalEntry.Publications, size / 2, every: 1 + size % 5, personal: false)];
            foreach (var withhold in new[] { false, true })
            {
                var export = await LogBook.Export(_signer, books, withhold);
                Broken(LogBook.Verify(export)).ShouldBeEmpty();
                Broken(LogBook.Verify(export, [.. books.SelectMany(book => book.Checkpoints).Select(checkpoint => checkpoint.Jws)])).ShouldBeEmpty();
            }
            Broken(LogBook.Verify(await LogBook.Export(_signer, [books[1]]))).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_changed_entry_is_named()
    {
        var changed = _journal with { Entries = [.. _journal.Entries.Select(entry => entry.Entry.N == 17 ? entry with { Entry = entry.Entry with { Actor = "staff:somebody else" } } : entry)] };
        Names(await Verified(changed), 17, "Journal entry 17 was changed: its leaf hash does not match its fields.");
    }

    [Fact]
    public async Task A_missing_entry_is_named() =>
        Names(await Verified(_journal with { Entries = [.. _journal.Entries.Where(entry => entry.Entry.N != 18)] }), 18, "Journal entry 18 is missing: entry 19 stands in its place.");

    [Fact]
    public async Task An_entry_with_another_number_is_named()
    {
        var file = LogBook.Lines(await LogBook.Export(_signer, [_journal]));
        Names(LogBook.Verify(LogBook.File(file.Select(line => line.Replace("\"n\":9,", "\"n\":8,")))), 9, "Journal entry 9 was changed: it says that its number is 8.");
    }

    [Fact]
    public async Task A_line_that_says_the_same_in_another_spelling_is_named()
    {
        var file = LogBook.Lines(await LogBook.Export(_signer, [_journal]));
        Names(LogBook.Verify(LogBook.File(file.Select(line => line.Replace("\"n\":9,", "\"n\": 9,")))), 9, "Line 12, where Journal entry 9 or a checkpoint is expected, is not in the exact form that was written.");
    }

    [Fact]
    public async Task An_entry_rewritten_with_its_leaf_hash_lies_between_two_checkpoints()
    {
        var changed = _journal with { Entries = [.. _journal.Entries.Select(entry => entry.Entry.N == 10 ? LogBook.Recomputed(entry.Entry with { What = "claim.withdrawn" }, entry) : entry)] };
        Names(await Verified(changed), 8, "Journal was changed between the checkpoint at 7 and the checkpoint at 14, in entries 8 to 14: the checkpoint at 14 has another root.");
    }

    [Fact]
    public async Task A_tail_cut_off_with_its_checkpoints_is_noticed_by_a_checkpoint_kept_outside()
    {
        var shorter = _journal with { Entries = [.. _journal.Entries.Take(16)], Checkpoints = [.. _journal.Checkpoints.Where(checkpoint => checkpoint.Size <= 16)] };
        Names(await Verified(shorter, _journal.Newest), 17, "Journal entry 17 is missing: the checkpoint you hold counts 20 entries, and the last one here is 16. The log was cut off, or this is an old copy.");
    }

    [Fact]
    public async Task A_tail_cut_off_is_noticed_by_the_checkpoints_that_stayed()
    {
        var shorter = _journal with { Entries = [.. _journal.Entries.Take(16)] };
        Names(await Verified(shorter), 17, "Journal entry 17 is missing: a checkpoint counts 20 entries, and the last one here is 16.");
    }

    [Fact]
    public async Task A_history_rolled_back_and_grown_anew_by_the_key_holder_is_noticed_by_a_checkpoint_kept_outside()
    {
        var other = _journal.Entries.Select(entry => entry.Entry.N == 12 ? LogBook.Recomputed(entry.Entry with { Utc = 1_800_000_000_011_500 }, entry) : entry).ToArray();
        var anew = _journal with { Entries = other, Checkpoints = LogBook.Sign(_signer, _journal.Log, other, [7, 14, 20]) };
        Broken(await Verified(anew)).ShouldBeEmpty();
        Names(await Verified(anew, _journal.Newest), 1, "Journal was rewritten: entries 1 to 20 are not those of the checkpoint you hold, of 20 entries.");
    }

    [Fact]
    public async Task A_history_signed_by_another_key_is_noticed_by_a_checkpoint_and_by_a_known_thumbprint()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var thief = new CheckpointSigner(other);
        var export = await LogBook.Export(thief, [LogBook.Honest(thief, JournalEntry.Journal, 20)]);
        Broken(LogBook.Verify(export)).ShouldBeEmpty();
        Broken(LogBook.Verify(export, _journal.Newest)).ShouldStartWith("The checkpoint you hold is not signed by the key of this file");
        Broken(JournalVerifier.Verify(new MemoryStream(export), new VerifyOptions { KeyThumbprint = _signer.Key.Thumbprint })).ShouldStartWith("The file is signed by another key");
        Broken(JournalVerifier.Verify(new MemoryStream(export), new VerifyOptions { KeyThumbprint = thief.Key.Thumbprint })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_checkpoint_of_another_log_or_vendor_proves_nothing()
    {
        var publications = LogBook.Honest(_signer, JournalEntry.Publications, 3);
        var foreign = _signer.Sign(new Checkpoint { Tenant = Guid.NewGuid(), Log = JournalEntry.Journal, Size = 0, Root = MerkleTree.EmptyRoot(), Utc = 1 });
        Broken(await Verified(_journal, publications.Newest)).ShouldContain("which is not in this file");
        Broken(await Verified(_journal, foreign)).ShouldContain("another vendor's");
        Broken(await Verified(_journal, "")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_field_hidden_without_an_erasure_is_an_error_and_a_withheld_file_is_not()
    {
        var hidden = _journal with { Entries = [.. _journal.Entries.Select(entry => entry.Entry.N == 6 ? entry with { Revealed = [] } : entry)] };
        Names(await Verified(hidden), 6, "Journal entry 6 hides a personal field of a person whom no later entry calls erased.");
        Broken(LogBook.Verify(await LogBook.Export(_signer, [hidden], withhold: true))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_field_written_after_the_erasure_is_not_excused_by_it()
    {
        ExportEntry[] entries = [.. _journal.Entries, new ExportEntry(TestEntries.One(21) with { Personal = [new Commitment(LogBook.Bob, "email", new byte[32])] })];
        Names(await Verified(_journal with { Entries = entries }), 21, "Journal entry 21 hides a personal field of a person whom no later entry calls erased.");
    }

    [Fact]
    public async Task A_field_revealed_as_another_value_is_an_error()
    {
        var lie = _journal with { Entries = [.. _journal.Entries.Select(entry => entry.Entry.N == 6 ? entry with { Revealed = [entry.Revealed[0]! with { Value = "eve@example.com" }] } : entry)] };
        Names(await Verified(lie), 6, "Journal entry 6 reveals a personal field that is not the one it was written with.");
    }

    [Fact]
    public async Task A_clock_that_went_backwards_is_a_warning_only()
    {
        var entry = new ExportEntry(TestEntries.One(21) with { Utc = 5 });
        var report = await Verified(_journal with { Entries = [.. _journal.Entries, entry] });
        report.Ok.ShouldBeTrue();
        report.Warnings.ShouldBe(["Journal entry 21 is older than the entry before it."]);
    }

    [Fact]
    public async Task Entries_that_no_checkpoint_covers_yet_are_said_to_be_so()
    {
        var report = await Verified(_journal with { Checkpoints = [.. _journal.Checkpoints.Where(checkpoint => checkpoint.Size <= 14)] });
        var text = new StringWriter();
        report.Print(text);
        text.ToString().ShouldContain("journal: entries 15 to 20 are covered by this file's seal only, not by a checkpoint");
    }

    [Fact]
    public async Task An_export_holds_one_vendors_entries_only() =>
        await Should.ThrowAsync<InvalidOperationException>(() => LogBook.Export(_signer, [_journal with { Entries = [new ExportEntry(TestEntries.One(1) with { Tenant = Guid.NewGuid() })] }]));

    [Fact]
    public async Task A_withheld_export_contains_no_name_and_no_key()
    {
        var text = Encoding.ASCII.GetString(await LogBook.Export(_signer, [_journal], withhold: true));
        text.ShouldNotContain("ada@");
        text.ShouldNotContain("\"value\"");
        text.ShouldContain("\"hmac\"");
    }

    [Fact]
    public void What_is_no_export_is_refused_in_bounded_memory()
    {
        foreach (var bytes in new byte[][] { [], [10], new byte[100_000_000], Encoding.ASCII.GetBytes("{}\n"), Encoding.ASCII.GetBytes(new string('[', 5_000_000) + "\n") })
            LogBook.Verify(bytes).Ok.ShouldBeFalse();
    }

    private async Task<VerifyReport> Verified(LogBook book, params string[] since) => LogBook.Verify(await LogBook.Export(_signer, [book]), since);

    private static void Names(VerifyReport report, long n, string what) => report.First.ShouldBe(new Break(JournalEntry.Journal, n, what));

    /// <summary>The sentence; empty when all is proven.</summary>
    private static string Broken(VerifyReport report) => report.First?.What ?? "";
}
