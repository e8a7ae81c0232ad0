using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Tests.Store;

/// <summary>What holds when many commits arrive at once.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task One_conflict_among_grouped_commits_fails_nobody_else()
    {
        var taken = Commits.NewId(tenant);
        await store.Commit(Commits.Of(taken));

        var (refused, neighbours) = await Grouped(() => store.Commit(Commits.Of(taken)));

        (await refused).ShouldBeOfType<CommitResult.Conflict>();
        await AllAreKept(neighbours, before: 1);
    }

    [Fact]
    public async Task One_broken_constraint_among_grouped_commits_fails_nobody_else_and_keeps_nothing()
    {
        await store.Commit(new Commit { Tenant = Guid.CreateVersion7(), Rows = [Commits.VendorRow("northwind")] });
        var id = Commits.NewId(tenant);

        var (refused, neighbours) = await Grouped(() => store.Commit(Commits.Of(id) with { Rows = [Commits.VendorRow("northwind")] }));

        await Should.ThrowAsync<StoreException>(refused);
        (await store.Read(id)).ShouldBeNull();
        await AllAreKept(neighbours);
    }

    [Fact]
    public async Task One_commit_that_cannot_be_written_fails_nobody_else_and_keeps_nothing()
    {
        const string halfASurrogatePair = "\ud83d"; // an entry refuses it: it has no bytes of its own
        var id = Commits.NewId(tenant);

        var (refused, neighbours) = await Grouped(() => store.Commit(Commits.Of(id) with { Entries = [Commits.Entry(JournalEntry.Journal, halfASurrogatePair)] }));

        await Should.ThrowAsync<StoreException>(refused);
        (await store.Read(id)).ShouldBeNull();
        await AllAreKept(neighbours);
    }

    [Fact]
    public async Task One_write_that_throws_among_grouped_commits_fails_nobody_else_and_keeps_nothing()
    {
        var (refused, neighbours) = await Grouped(() => store.Write(sql =>
        {
            sql.Execute("delete from entries");
            throw new InvalidOperationException("A bug in a job.");
        }));

        await Should.ThrowAsync<StoreException>(refused);
        await AllAreKept(neighbours);
    }

    [Fact]
    public async Task Journal_numbers_have_no_gap_and_no_reader_sees_a_number_before_the_one_below()
    {
        var tenants = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToArray();
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => WatchForGaps(done.Token))).ToArray();

        await Task.WhenAll(tenants.SelectMany(t => Enumerable.Range(0, 40).Select(i => Task.Run(() => store.Commit(i % 8 == 7 ? Conflicting(t) : Commits.Of(Commits.NewId(t)))))));
        await done.CancelAsync();

        (await Task.WhenAll(readers)).Sum().ShouldBeGreaterThan(0, "no reader looked while it was written");
        foreach (var t in tenants)
        {
            (await store.Head(t))!.Journal.ShouldBe(35);
            (await store.Query(sql => sql.Query("select n from entries where tenant = @tenant and log = 'journal' order by n", r => r.Number(0), ("@tenant", t))))
                .ShouldBe(Enumerable.Range(1, 35).Select(n => (long)n));
        }
    }

    [Fact]
    public async Task The_two_logs_of_a_tenant_count_apart()
    {
        var commit = Commits.Of(Commits.NewId(tenant)) with { Entries = [Commits.Entry(JournalEntry.Journal), Commits.Entry(JournalEntry.Journal), Commits.Entry(JournalEntry.Publications)] };

        (await store.Commit(commit)).ShouldBe(new CommitResult.Committed(2, 1));
        (await store.Commit(Commits.Of(Commits.NewId(tenant)))).ShouldBe(new CommitResult.Committed(3, 1));
    }

    [Fact]
    public async Task A_query_sees_one_moment_whatever_is_committed_meanwhile()
    {
        await store.Commit(Commits.Of(Commits.NewId(tenant)));

        var (before, after) = await store.Query(sql =>
        {
            var first = Entries(sql);
            Task.Run(() => store.Commit(Commits.Of(Commits.NewId(tenant)))).Wait();
            return (first, Entries(sql));
        });

        (before, after).ShouldBe((1, 1));
        (await store.Count("entries", tenant)).ShouldBe(2);
    }

    private long Entries(Sql sql) => sql.Number("select count(*) from entries where tenant = @tenant", ("@tenant", tenant));

    // The odd one stands in the middle of twenty others; all of them wait while the writer is held.
    private async Task<(T Odd, List<Task<CommitResult>> Neighbours)> Grouped<T>(Func<T> odd) where T : Task
    {
        await using var held = await store.HoldWriter();
        var neighbours = Enumerable.Range(0, 10).Select(_ => store.Commit(Commits.Of(Commits.NewId(tenant)))).ToList();
        var middle = odd();
        neighbours.AddRange(Enumerable.Range(0, 10).Select(_ => store.Commit(Commits.Of(Commits.NewId(tenant)))));
        return (middle, neighbours);
    }

    private async Task AllAreKept(List<Task<CommitResult>> neighbours, int before = 0)
    {
        (await Task.WhenAll(neighbours)).ShouldAllBe(result => result is CommitResult.Committed);
        (await store.Count("states", tenant)).ShouldBe(before + neighbours.Count);
        (await store.Count("entries", tenant)).ShouldBe(before + neighbours.Count);
        (await store.Head(tenant))!.Journal.ShouldBe(before + neighbours.Count);
    }

    private static Commit Conflicting(Guid tenant) => Commits.Of(Commits.NewId(tenant), expected: 5);

    private async Task<int> WatchForGaps(CancellationToken stop)
    {
        const string gaps = """
            select count(*) from heads h where h.journal <>
            (select count(*) from entries e where e.tenant = h.tenant and e.log = 'journal' and e.n between 1 and h.journal)
            """;
        var looks = 0;
        for (; !stop.IsCancellationRequested; looks++) (await store.Query(sql => sql.Number(gaps))).ShouldBe(0, "a reader saw a number before the one below it");
        return looks;
    }
}
