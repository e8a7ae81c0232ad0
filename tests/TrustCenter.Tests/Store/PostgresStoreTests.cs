using Npgsql;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Tests.Store;

/// <summary>The shared store keeps the contract, and what several processes need of it.</summary>
public sealed class PostgresStoreTests : StoreContract
{
    private readonly string database = PostgresServer.NewDatabase();

    protected override Task<IStore> Open() => Task.FromResult<IStore>(new PostgresStore(database, DataFolder.Keys));

    protected override Task Close(IStore store) => ((PostgresStore)store).DisposeAsync().AsTask();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        PostgresServer.Drop(database);
    }

    [Fact]
    public async Task Two_stores_write_one_tenants_journal_without_a_gap_and_lose_nothing()
    {
        await using var one = new PostgresStore(database, DataFolder.Keys);
        await using var two = new PostgresStore(database, DataFolder.Keys);
        var tenants = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToArray();

        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Commit(Commits.Of(Commits.NewId(tenants[i % 3]))))));

        results.ShouldAllBe(r => r is CommitResult.Committed);
        foreach (var tenant in tenants)
        {
            (await one.Head(tenant))!.Journal.ShouldBe(100);
            (await one.Query(sql => sql.Query("select n from entries where tenant = @tenant and log = 'journal' order by n", r => r.Number(0), ("@tenant", tenant)))).ShouldBe(Enumerable.Range(1, 100).Select(n => (long)n));
        }
    }

    [Fact]
    public async Task Of_two_stores_that_write_over_one_version_one_is_refused()
    {
        await using var one = new PostgresStore(database, DataFolder.Keys);
        await using var two = new PostgresStore(database, DataFolder.Keys);
        var id = Commits.NewId(Guid.CreateVersion7());
        await one.Commit(Commits.Of(id));

        for (var version = 1L; version <= 50; version++)
        {
            var answers = await Task.WhenAll(one.Commit(Commits.Of(id, version, "one")), two.Commit(Commits.Of(id, version, "two")));
            answers.Count(a => a is CommitResult.Committed).ShouldBe(1);
        }
        (await one.Etag(id, default)).ShouldBe(51);
    }

    [Fact]
    public async Task Processes_that_start_together_migrate_once()
    {
        var empty = PostgresServer.EmptyDatabase();
        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new PostgresStore(empty, DataFolder.Keys))));

        foreach (var store in opened) (await store.Commit(Commits.Of(Commits.NewId(Guid.CreateVersion7())))).ShouldBeOfType<CommitResult.Committed>();
        (await opened[0].Query(sql => sql.Number("select count(*) from schema_version"))).ShouldBe(1);

        foreach (var store in opened) await store.DisposeAsync();
        PostgresServer.Drop(empty);
    }

    [Fact]
    [Trait("Case", "T-132")]
    public void A_process_with_another_host_key_is_refused()
    {
        Should.Throw<StoreException>(() => new PostgresStore(database, new HostKeys([.. Enumerable.Range(2, 32).Select(i => (byte)i)]))).Message.ShouldContain("Copy keys/host.key");
    }

    [Fact]
    [Trait("Case", "T-134")]
    public void A_database_of_a_newer_release_is_refused_and_left_alone()
    {
        PostgresServer.Execute(database, "update schema_version set version = version + 900");
        Should.Throw<StoreException>(() => new PostgresStore(database, DataFolder.Keys)).Message.ShouldContain("Start the release that wrote it");
        PostgresServer.Execute(database, "update schema_version set version = version - 900");
    }

    [Fact]
    public async Task Connections_that_broke_while_they_waited_cost_nobody_an_answer()
    {
        await using var store = new PostgresStore(database, DataFolder.Keys);
        var id = Commits.NewId(Guid.CreateVersion7());
        await store.Commit(Commits.Of(id));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.Read(id, default)));

        PostgresServer.Execute(database, "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()");

        (await store.Commit(Commits.Of(id, 1))).ShouldBeOfType<CommitResult.Committed>();
        (await store.Read(id, default))!.Etag.ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_that_breaks_within_a_transaction_keeps_nothing_of_it_and_says_so()
    {
        await using var store = new PostgresStore(database, DataFolder.Keys);
        var id = Commits.NewId(Guid.CreateVersion7());
        var tries = 0;

        var broken = store.Write(sql =>
        {
            tries++;
            sql.Execute("insert into leases (name, owner, until) values ('kept?', @owner, 0)", ("@owner", id.Key));
            PostgresServer.Execute(database, "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()");
            sql.Number("select 1");
        });

        (await Should.ThrowAsync<StoreException>(broken)).Message.ShouldContain("nothing was done");
        tries.ShouldBe(2); // it may have been a connection that broke while it waited
        (await store.Query(sql => sql.Number("select count(*) from leases where name = 'kept?'"))).ShouldBe(0);
    }

    [Fact]
    public async Task Many_commits_share_a_transaction()
    {
        await using var store = new PostgresStore(database, DataFolder.Keys);
        const int commits = 1_000;

        await Parallel.ForEachAsync(Enumerable.Range(0, commits), new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (_, _) => await store.Commit(Commits.Of(Commits.NewId(Guid.CreateVersion7()))));

        store.Batches.ShouldBeLessThan(commits / 4);
    }

    [Fact]
    public async Task A_lease_has_one_holder_until_it_is_over()
    {
        await using var store = new PostgresStore(database, DataFolder.Keys);
        var (mine, yours) = (new Lease("mail", Guid.CreateVersion7()), new Lease("mail", Guid.CreateVersion7()));

        (await Take(mine, TimeSpan.FromSeconds(60))).ShouldBeTrue();
        (await Take(yours, TimeSpan.FromSeconds(60))).ShouldBeFalse();
        (await Take(mine, TimeSpan.FromMilliseconds(1))).ShouldBeTrue();
        await Task.Delay(5);
        (await Take(yours, TimeSpan.FromSeconds(60))).ShouldBeTrue();

        var late = Commits.Of(Commits.NewId(Guid.CreateVersion7()));
        await Should.ThrowAsync<OperationCanceledException>(Under(mine, () => store.Commit(late)));
        await Should.ThrowAsync<OperationCanceledException>(Under(mine, () => Take(mine, TimeSpan.FromSeconds(60))));
        (await Under(yours, () => store.Commit(late))).ShouldBeOfType<CommitResult.Committed>();
        (await Take(yours, TimeSpan.FromMilliseconds(1))).ShouldBeTrue();
        await Task.Delay(5);
        (await Prolong(yours)).ShouldBeFalse(); // nobody else had it, and somebody may have

        async Task<bool> Take(Lease lease, TimeSpan life)
        {
            var isTaken = false;
            await store.Write(sql => isTaken = lease.Take(sql, life));
            return isTaken;
        }

        async Task<bool> Prolong(Lease lease)
        {
            var isProlonged = false;
            await store.Write(sql => isProlonged = lease.Prolong(sql, TimeSpan.FromSeconds(60)));
            return isProlonged;
        }

        static async Task<T> Under<T>(Lease lease, Func<Task<T>> act)
        {
            Lease.Current = lease; // up to the end of this method
            return await act();
        }
    }
}
