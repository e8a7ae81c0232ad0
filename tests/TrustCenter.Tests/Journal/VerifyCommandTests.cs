using System.Diagnostics;
using System.Security.Cryptography;
using TrustCenter.Journal;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Journal;

[Trait("Case", "T-091")]
public sealed class VerifyCommandTests(ITestOutputHelper output) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _folder = Directory.CreateTempSubdirectory("journal-").FullName;

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_sound_export_exits_with_0_and_names_what_to_keep_for_the_next_time()
    {
        var (export, book) = await Exported();
        var (code, said, _) = await Run(export);
        code.ShouldBe(0);
        said.ShouldContain("PROVEN");
        said.ShouldContain("Compared with nothing from outside");
        said.ShouldContain($"Keep for the next time (--since), journal: {book.Newest}");
    }

    [Fact]
    public async Task A_checkpoint_is_given_as_text_or_as_a_file()
    {
        var (export, book) = await Exported();
        var kept = Path.Combine(_folder, "kept.txt");
        await File.WriteAllTextAsync(kept, string.Join('\n', book.Checkpoints.Select(checkpoint => checkpoint.Jws)) + "\n");
        foreach (var since in new[] { book.Newest, kept })
        {
            var (code, said, _) = await Run(export, "--since", since, "--key", PublicJwk.Of(_key).Thumbprint);
            code.ShouldBe(0);
            said.ShouldContain("journal: continues the checkpoint you hold, of 20 entries");
            said.ShouldNotContain("Compared with nothing");
        }
    }

    [Fact]
    public async Task A_broken_export_exits_with_1_and_says_where()
    {
        var (export, _) = await Exported();
        await File.WriteAllTextAsync(export, (await File.ReadAllTextAsync(export)).Replace("\"version\",\"17\"", "\"version\",\"71\""));
        var (code, said, _) = await Run(export);
        code.ShouldBe(1);
        said.ShouldContain("BROKEN");
        said.ShouldContain("Journal entry 17 was changed: its leaf hash does not match its fields.");
    }

    [Fact]
    public async Task A_damaged_checkpoint_proves_nothing_and_exits_with_1()
    {
        var (export, book) = await Exported();
        (await Run(export, "--since", book.Newest[..^1] + "~")).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_command_that_cannot_run_exits_with_2()
    {
        var (export, _) = await Exported();
        foreach (var args in new[] { [], ["--since"], [export, "more"], [export, "--since"], [export, "--unknown"], [export, "--since", "no such file"], [Path.Combine(_folder, "none")], new[] { _folder } })
        {
            var (code, said, error) = await Run(args);
            code.ShouldBe(2);
            said.ShouldBeEmpty();
            error.ShouldNotBeEmpty();
        }
    }

    [Fact]
    [Trait("Case", "T-094")]
    public async Task A_vendors_name_cannot_forge_a_line_of_the_report_or_turn_its_direction()
    {
        var (export, _) = await Exported(vendor: "Evil\r\nPROVEN\u001b[2J\u009b1m\u202e\u2066\u200b\u2028\u0085\u0007 GmbH");
        var (_, said, _) = await Run(export);
        said.ShouldContain(@"Evil\u{d}\u{a}PROVEN\u{1b}[2J\u{9b}1m\u{202e}\u{2066}\u{200b}\u{2028}\u{85}\u{7} GmbH");
        said.Replace(Environment.NewLine, "").ShouldAllBe(character => !char.IsControl(character) && character < '\u2000');
        (await File.ReadAllBytesAsync(export)).ShouldAllBe(value => value == '\n' || (value >= ' ' && value <= '~'));
        ConsoleText.Clean("Müller & 日本 \ud800").ShouldBe("Müller & 日本 \ufffd");
    }

    [Fact]
    public async Task A_hundred_thousand_entries_are_proven_in_one_pass_and_no_memory_to_speak_of()
    {
        const int Size = 100_000;
        const long MostKept = 32 * 1024 * 1024; // bytes; the file has twice that
        var signer = new CheckpointSigner(_key);
        var frontier = new Frontier();
        var checkpoints = new List<ExportCheckpoint>();
        for (var n = 1; n <= Size; n++)
        {
            frontier.Append(EntryEncoding.LeafHash(TestEntries.One(n)));
            if (n % 100 == 0) checkpoints.Add(new ExportCheckpoint(n, signer.Sign(new Checkpoint { Tenant = TestEntries.Tenant, Log = JournalEntry.Journal, Size = n, Root = frontier.Root(), Utc = n })));
        }
        var path = Path.Combine(_folder, "large");
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        var entries = Enumerable.Range(1, Size).ToAsyncEnumerable().Select(n => new ExportEntry(TestEntries.One(n)));
        var request = new ExportRequest { Vendor = "Northwind", Tenant = TestEntries.Tenant, Utc = 1, Signer = signer, Logs = [new ExportLog(JournalEntry.Journal, entries, checkpoints.ToAsyncEnumerable())] };
        var writing = Stopwatch.StartNew();
        await JournalExport.Write(file, request);
        writing.Stop();
        file.Position = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watched = new WatchedStream(file);
        var verifying = Stopwatch.StartNew();
        JournalVerifier.Verify(watched, checkpoints[499].Jws).First.ShouldBeNull();
        verifying.Stop();
        output.WriteLine($"{file.Length:n0} bytes, {checkpoints.Count} checkpoints: written in {writing.ElapsedMilliseconds} ms, verified in {verifying.ElapsedMilliseconds} ms, at most {(watched.MostLive - before) / 1024:n0} KiB live");
        verifying.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(5)); // seconds on an idle core; the bound finds what grows with the square, on a busy one too
        (watched.MostLive - before).ShouldBeLessThan(MostKept);
    }

    private async Task<(string Export, LogBook Book)> Exported(string vendor = "Northwind Traders")
    {
        var signer = new CheckpointSigner(_key);
        var book = LogBook.Honest(signer, JournalEntry.Journal, 20);
        var path = Path.Combine(_folder, "export");
        await File.WriteAllBytesAsync(path, await LogBook.Export(signer, [book], vendor: vendor));
        return (path, book);
    }

    private static async Task<(int Code, string Said, string Error)> Run(params string[] args)
    {
        var (said, error) = (new StringWriter(), new StringWriter());
        var code = await VerifyCommand.Run(args, said, error);
        return (code, said.ToString(), error.ToString());
    }

    /// <summary>Looks at the live memory now and then while it is read.</summary>
    private sealed class WatchedStream(Stream inner) : MemoryStream
    {
        private int _reads;

        public long MostLive { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_reads++ % 100 == 0) MostLive = Math.Max(MostLive, GC.GetTotalMemory(forceFullCollection: true));
            return inner.Read(buffer, offset, count);
        }
    }
}
