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
