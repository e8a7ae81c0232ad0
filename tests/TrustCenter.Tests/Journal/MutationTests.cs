using System.Security.Cryptography;
using TrustCenter.Journal;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Journal;

/// <summary>The reader holds the newest checkpoint of each log, saved before the change; 10,000 changes in all, and none may pass.</summary>
[Trait("Case", "T-091")]
[Trait("Case", "T-132")]
public sealed class MutationTests : IDisposable
{
    private const int OfFiles = 4_800; // with the next two: 10,000 in all
    private const int OfStores = 4_600;
    private const int OfHistories = 600;

    private readonly ITestOutputHelper _output;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _thiefsKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly CheckpointSigner _signer;
    private readonly CheckpointSigner _thief;
    private readonly LogBook[][] _vendors;

    public MutationTests(ITestOutputHelper output)
    {
        _output = output;
        _signer = new CheckpointSigner(_key);
        _thief = new CheckpointSigner(_thiefsKey);
        _vendors = [Books(0, 0), Books(1, 0), Books(2, 1), Books(13, 5), Books(25, 16)];
    }

    public void Dispose()
    {
        _key.Dispose();
        _thiefsKey.Dispose();
    }

    [Fact]
    public async Task No_change_of_a_file_passes()
    {
        var exports = await Task.WhenAll(_vendors.Select(books => LogBook.Export(_signer, books)));
        var count = new Dictionary<string, int>();
        for (var (seed, done) = (0, 0); done < OfFiles; seed++)
        {
            var random = new Random(seed);
            var vendor = random.Next(_vendors.Length);
            var (name, apply) = FileMutations.All[seed % FileMutations.All.Length];
            if (apply(exports[vendor], random) is not { } changed) continue;
            Undetected(LogBook.Verify(changed, Held(vendor)), name, seed);
            Count(count, name);
            done++;
        }
        Report(count);
    }

    [Fact]
    public async Task No_change_of_a_stored_log_passes_though_the_vendors_own_server_seals_it()
    {
        var count = new Dictionary<string, int>();
        for (var (seed, done) = (0, 0); done < OfStores; seed++)
        {
            var random = new Random(seed);
            var vendor = random.Next(_vendors.Length);
            var (name, apply) = StoreMutations.All[seed % StoreMutations.All.Length];
            var log = random.Next(2);
            if (apply(_vendors[vendor][log], random) is not { } changed) continue;
            LogBook[] books = log == 0 ? [changed, _vendors[vendor][1]] : [_vendors[vendor][0], changed];
            Undetected(LogBook.Verify(await LogBook.Export(_signer, books), Held(vendor)), name, seed);
            Count(count, name);
            done++;
        }
        Report(count);
    }

    [Fact]
    public async Task No_older_copy_and_no_history_signed_anew_passes()
    {
        var count = new Dictionary<string, int>();
        for (var seed = 0; seed < OfHistories; seed++)
        {
            var random = new Random(seed);
            var vendor = 1 + random.Next(_vendors.Length - 1);
            var (name, export) = (seed % 4) switch
            {
                0 => ("replay an older export", await LogBook.Export(_signer, Older(vendor, random))),
                1 => ("sign all anew with another key", await LogBook.Export(_thief, Signed(_thief, _vendors[vendor]))),
                2 => ("change an entry, sign all anew with another key", await LogBook.Export(_thief, Signed(_thief, Rewritten(vendor, random)))),
                _ => ("change an entry, sign all anew with the same key", await LogBook.Export(_signer, Signed(_signer, Rewritten(vendor, random)))),
            };
            LogBook.Verify(export).Ok.ShouldBeTrue($"{name} ({seed}) is to look sound from inside");
            Undetected(LogBook.Verify(export, Held(vendor)), name, seed);
            Count(count, name);
        }
        Report(count);
    }

    private static void Undetected(VerifyReport report, string name, int seed) => report.Ok.ShouldBeFalse($"{name} (seed {seed}) passed");

    private static void Count(Dictionary<string, int> count, string name) => count[name] = count.GetValueOrDefault(name) + 1;

    private void Report(Dictionary<string, int> count)
    {
        foreach (var (name, times) in count) _output.WriteLine($"{times,5}  {name}");
    }

    private string[] Held(int vendor) => [.. _vendors[vendor].Select(book => book.Newest)];

    private LogBook[] Books(int journal, int publications) =>
        [LogBook.Honest(_signer, JournalEntry.Journal, journal), LogBook.Honest(_signer, JournalEntry.Publications, publications, every: 3)];

    private static LogBook[] Signed(CheckpointSigner signer, LogBook[] books) =>
        [.. books.Select(book => book with { Checkpoints = LogBook.Sign(signer, book.Log, book.Entries, [.. book.Checkpoints.Select(checkpoint => (int)checkpoint.Size)]) })];

    /// <summary>A day before: fewer entries, without personal ones, since the last entry of the whole log erases a person.</summary>
    private LogBook[] Older(int vendor, Random random)
    {
        var full = _vendors[vendor][0];
        var size = random.Next(full.Entries.Count);
        var entries = full.Entries.Take(size).Select(entry => entry.Entry.Personal.Count > 0 && entry.Revealed is [null]
            ? entry with { Revealed = [new Reveal("bob@example.com", Commitment.RecordKey(LogBook.PersonKey, LogBook.Bob, TestEntries.Tenant, full.Log, entry.Entry.N))] }
            : entry);
        return [full with { Entries = [.. entries], Checkpoints = [.. full.Checkpoints.Where(checkpoint => checkpoint.Size <= size)] }, _vendors[vendor][1]];
    }

    private LogBook[] Rewritten(int vendor, Random random)
    {
        var full = _vendors[vendor][0];
        var n = 1 + random.Next(full.Entries.Count);
        return [full with { Entries = [.. full.Entries.Select(entry => entry.Entry.N == n ? LogBook.Recomputed(entry.Entry with { Actor = "staff:somebody else" }, entry) : entry)] }, _vendors[vendor][1]];
    }
}
