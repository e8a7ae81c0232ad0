using Microsoft.Data.Sqlite;
using TrustCenter.Store;

namespace TrustCenter.Tests.Store;

/// <summary>The embedded store keeps the contract, and what only a file can do.</summary>
public sealed class SqliteStoreTests : StoreContract
{
    private readonly DataFolder folder = new();
    private SqliteStore opened = null!;

    protected override Task<IStore> Open() => Task.FromResult<IStore>(opened = folder.Open());

    protected override Task Close(IStore store) => ((SqliteStore)store).DisposeAsync().AsTask();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Many_commits_share_a_transaction()
    {
        const int commits = 2_000;
        var before = opened.Batches;

        await Parallel.ForEachAsync(Enumerable.Range(0, commits), new ParallelOptions { MaxDegreeOfParallelism = 256 },
            async (_, _) => await opened.Commit(Commits.Of(Commits.NewId(Guid.CreateVersion7()))));

        (opened.Batches - before).ShouldBeLessThan(commits / 4);
    }

    [Fact]
    public async Task What_waits_while_the_writer_works_is_written_by_one_transaction()
    {
        var before = opened.Batches;
        var tenant = Guid.CreateVersion7();
        List<Task<CommitResult>> waiting;
        await using (await opened.HoldWriter())
            waiting = [.. Enumerable.Range(0, 100).Select(_ => opened.Commit(Commits.Of(Commits.NewId(tenant))))];
        await Task.WhenAll(waiting);

        (opened.Batches - before).ShouldBe(2); // the held one, and one for all hundred
    }

    [Fact]
    [Trait("Case", "T-076")]
    public async Task A_flood_of_one_vendor_does_not_stand_before_anothers_single_write()
    {
        var (loud, quiet) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        List<Task> flood;
        Task single;
        await using (await opened.HoldWriter())
        {
            flood = [.. Enumerable.Range(0, 3_000).Select(_ => opened.Commit(Commits.Of(Commits.NewId(loud))))];
            single = opened.Commit(Commits.Of(Commits.NewId(quiet)));
        }
        await single;

        (await opened.Count("states", loud)).ShouldBeLessThan(1_600); // at most the batch that it shares and those that follow while this is asked
        await Task.WhenAll(flood);
        (await opened.Head(loud))!.Journal.ShouldBe(3_000);
    }

    [Fact]
    [Trait("Case", "T-076"), Trait("Long", "yes")]
    public async Task Fifty_busy_writers_of_one_vendor_at_most_double_anothers_slowest_writes()
    {
        var (loud, quiet) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var runs = new List<string>();
        for (var run = 0; run < 3; run++)
        {
            var alone = await Slowest(quiet);
            using var over = new CancellationTokenSource();
            var flood = Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
            {
                while (!over.IsCancellationRequested) await opened.Commit(Commits.Of(Commits.NewId(loud)));
            })).ToList();
            var crowded = await Slowest(quiet);
            await over.CancelAsync();
            await Task.WhenAll(flood);
            if (crowded <= 2 * alone) return;
            runs.Add($"alone {alone.TotalMilliseconds:0.0} ms, beside the flood {crowded.TotalMilliseconds:0.0} ms");
        }
        runs.ShouldBeEmpty("three of three runs");
    }

    // The slowest of a hundred writes but one, over a thousand.
    private async Task<TimeSpan> Slowest(Guid tenant)
    {
        var times = new List<TimeSpan>();
        for (var n = 0; n < 1_000; n++)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            await opened.Commit(Commits.Of(Commits.NewId(tenant)));
            times.Add(clock.Elapsed);
        }
        return times.Order().ElementAt(989);
    }

    [Fact]
    public void A_second_store_on_the_same_file_refuses_to_start()
        => Should.Throw<StoreException>(() => folder.Open()).Message.ShouldContain("Another process uses");

    [Fact]
    [Trait("Case", "T-134")]
    public async Task A_file_of_a_newer_release_is_refused_and_left_alone()
    {
        await opened.DisposeAsync();
        var known = Version("pragma user_version");
        Version("pragma user_version = 999");

        Should.Throw<StoreException>(() => folder.Open()).Message.ShouldContain("version 999");

        Version($"pragma user_version = {known}");
        opened = folder.Open(); // the refusal kept no lock
        (await opened.Count("heads", Guid.Empty)).ShouldBe(0);
        await opened.DisposeAsync();
    }

    [Fact]
    public async Task After_closing_a_commit_is_refused_and_not_lost_silently()
    {
        await opened.DisposeAsync();

        await Should.ThrowAsync<StoreException>(opened.Commit(Commits.Of(Commits.NewId(Guid.CreateVersion7()))));
    }

    private long Version(string text)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
