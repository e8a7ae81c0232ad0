using System.Security.Cryptography;
using System.Text;
using TrustCenter.Journal;

namespace TrustCenter.Tests.Journal;

/// <summary>What a store would hold of one log: entries with their kept leaf hashes and reveals, and checkpoints.</summary>
internal sealed record LogBook(string Log, IReadOnlyList<ExportEntry> Entries, IReadOnlyList<ExportCheckpoint> Checkpoints)
{
    public static readonly byte[] PersonKey = SHA256.HashData("a person's key"u8);
    public static readonly Guid Ada = Guid.Parse("0199aa00-0000-7000-8000-00000000ada0");
    public static readonly Guid Bob = Guid.Parse("0199aa00-0000-7000-8000-00000000b0b0"); // erased by the last entry, if there are several

    public string Newest => Checkpoints[^1].Jws;

    /// <summary>An honest log with a checkpoint at its end and at every <paramref name="every"/> entries.</summary>
    public static LogBook Honest(CheckpointSigner signer, string log, int size, int every = 7, bool personal = true)
    {
        var entries = Enumerable.Range(1, size).Select(n => Entry(log, n, size, personal)).ToArray();
        return new LogBook(log, entries, Sign(signer, log, entries, [.. Enumerable.Range(0, size + 1).Where(at => at % every == 0 || at == size)]));
    }

    public static ExportCheckpoint[] Sign(CheckpointSigner signer, string log, IReadOnlyList<ExportEntry> entries, int[] sizes)
    {
        var frontier = new Frontier();
        var checkpoints = new List<ExportCheckpoint>();
        for (var size = 0; size <= entries.Count; size++)
        {
            if (size > 0) frontier.Append(Leaf(entries[size - 1]));
            if (!sizes.Contains(size)) continue;
            var checkpoint = new Checkpoint { Tenant = TestEntries.Tenant, Log = log, Size = size, Root = frontier.Root(), Utc = 1_800_000_000_000_000 + size };
            checkpoints.Add(new ExportCheckpoint(size, signer.Sign(checkpoint)));
        }
        return [.. checkpoints];
    }

    public static async Task<byte[]> Export(CheckpointSigner signer, IEnumerable<LogBook> books, bool withhold = false, string vendor = "Northwind Traders")
    {
        var file = new MemoryStream();
        await JournalExport.Write(file, new ExportRequest
        {
            Vendor = vendor,
            Tenant = TestEntries.Tenant,
            Utc = 1_800_000_001_000_000,
            Logs = [.. books.Select(book => new ExportLog(book.Log, book.Entries.ToAsyncEnumerable(), book.Checkpoints.ToAsyncEnumerable()))],
            Signer = signer,
            WithholdPersonal = withhold,
        });
        return file.ToArray();
    }

    public static VerifyReport Verify(byte[] export, params string[] since) => JournalVerifier.Verify(new MemoryStream(export), new VerifyOptions { Since = since });

    public static byte[] Leaf(ExportEntry entry) => entry.LeafHash ?? EntryEncoding.LeafHash(entry.Entry);

    /// <summary>An entry as someone would keep it who recomputes all that needs no signing key.</summary>
    public static ExportEntry Recomputed(JournalEntry entry, ExportEntry like) => Changed(entry, like) with { LeafHash = EntryEncoding.LeafHash(entry) };

    /// <summary>Another entry in its place, the kept leaf hash as it was; a commitment that was added isn't revealed.</summary>
    public static ExportEntry Changed(JournalEntry entry, ExportEntry like) =>
        like with { Entry = entry, Revealed = [.. like.Revealed, .. new Reveal?[Math.Max(0, entry.Personal.Count - like.Revealed.Count)]] };

    private static ExportEntry Entry(string log, int n, int size, bool personal)
    {
        var entry = TestEntries.One(n, log);
        if (personal && n % 3 == 0) return Accessed(entry, Ada, "ada@example.com", revealed: true);
        if (personal && n % 5 == 0 && n < size) return Accessed(entry, Bob, "bob@example.com", revealed: false);
        if (n == size && size > 1) entry = entry with { What = JournalEntry.PersonErased, Facts = [new Fact(JournalEntry.PersonFact, Bob.ToString())] };
        return new ExportEntry(entry) { LeafHash = EntryEncoding.LeafHash(entry) };
    }

    private static ExportEntry Accessed(JournalEntry entry, Guid person, string mail, bool revealed)
    {
        var key = Commitment.RecordKey(PersonKey, person, entry.Tenant, entry.Log, entry.N);
        entry = entry with { What = "document.downloaded", Personal = [Commitment.To(person, "email", mail, key)] };
        return new ExportEntry(entry) { LeafHash = EntryEncoding.LeafHash(entry), Revealed = [revealed ? new Reveal(mail, key) : null] };
    }

    public static string[] Lines(byte[] export) => Encoding.ASCII.GetString(export).Split('\n')[..^1];

    public static byte[] File(IEnumerable<string> lines) => Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + "\n")));
}
