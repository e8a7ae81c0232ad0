using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Links;
using TrustCenter.Store;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Engine;

/// <summary>What holds when the database refuses, an answer is lost or the caller leaves.</summary>
public abstract partial class EngineContract
{
    [Fact]
    [Trait("Case", "T-090")]
    public async Task A_failed_commit_leaves_memory_and_disk_as_they_were()
    {
        await Count(One() with { Host = "northwind" });

        await Should.ThrowAsync<StoreException>(Count(One() with { Host = "northwind" }));

        (await Counted()).ShouldBe(1);
        (await CountedOnDisk()).ShouldBe(1);
        (await store.Count("mails", tenant)).ShouldBe(1);
        (await Count()).ShouldBe(new Outcome.Done(2));
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_read_again_before_anybody_is_told_anything()
    {
        var lossy = new LosesAnAnswer(store);
        engine = NewEngine(lossy);
        await Count();
        var form = One();
        lossy.LoseNext = true;

        await Should.ThrowAsync<StoreException>(Count(form));

        (await Counted()).ShouldBe(2, "memory must not stay behind the truth");
        (await Count(form)).ShouldBe(new Outcome.Done(2), "the same form posted again is not counted twice");
        (await CountedOnDisk()).ShouldBe(2);
    }

    [Fact]
    public async Task A_caller_who_leaves_during_the_commit_neither_loses_nor_doubles_it()
    {
        await Count();
        var form = One();
        using var caller = new CancellationTokenSource();
        Task<Outcome> answer;
        await using (await store.HoldWriter())
        {
            answer = engine.Decide(id, form, Actor.System, caller.Token);
            await caller.CancelAsync();
        }

        (await answer).ShouldBe(new Outcome.Done(2));
        (await Counted()).ShouldBe(2);
        (await CountedOnDisk()).ShouldBe(2);
        (await Count(form)).ShouldBe(new Outcome.Done(2));
    }

    [Fact]
    public async Task A_caller_who_leaves_before_his_turn_has_done_nothing_and_holds_up_nobody()
    {
        await Count();
        using var caller = new CancellationTokenSource();
        Task<Outcome> first, left, next;
        await using (await store.HoldWriter())
        {
            first = Count();
            left = engine.Decide(id, One(), Actor.System, caller.Token);
            next = Count();
            await caller.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(left);
        }

        (await Task.WhenAll(first, next)).ShouldBe([new Outcome.Done(2), new Outcome.Done(3)]);
        (await CountedOnDisk()).ShouldBe(3);
    }

    [Fact]
    public async Task A_key_that_somebody_else_changes_each_time_is_given_up_and_nothing_is_kept()
    {
        await Count();
        var decided = 0;
        var form = One() with { Deciding = () => { decided++; ChangeBehindItsBack(); } };

        await Should.ThrowAsync<StoreException>(Count(form));

        decided.ShouldBeGreaterThan(1);
        (await CountedOnDisk()).ShouldBe(1 + decided);
        (await Count()).ShouldBe(new Outcome.Done(2 + decided));
    }

    [Fact]
    public async Task Reading_while_a_commit_waits_gives_what_was_acknowledged_last()
    {
        await Count();
        Task<Outcome> answer;
        await using (await store.HoldWriter())
        {
            answer = Count();
            (await Counted()).ShouldBe(1);
        }
        await answer;

        (await Counted()).ShouldBe(2);
    }

    private void ChangeBehindItsBack() => Task.Run(() => NewEngine(store).Decide(id, One(), Actor.System)).Wait();

    /// <summary>A real store whose answer gets lost once, after the commit became durable: as when the connection breaks.</summary>
    private sealed class LosesAnAnswer(IStore inner) : IStore
    {
        public bool LoseNext { get; set; }

        public bool IsShared => inner.IsShared;

        public Task<StoredState?> Read(AggregateId id, CancellationToken stop) => inner.Read(id, stop);

        public Task<long> Etag(AggregateId id, CancellationToken stop) => inner.Etag(id, stop);

        public Task<long> Content(Guid tenant, CancellationToken stop) => inner.Content(tenant, stop);

        public async Task<CommitResult> Commit(Commit commit, CancellationToken stop)
        {
            var result = await inner.Commit(commit, stop);
            if (!LoseNext) return result;
            LoseNext = false;
            throw new StoreException("The answer was lost.");
        }

        public Task Write(Action<Sql> write, CancellationToken stop) => inner.Write(write, stop);

        public Task<T> Query<T>(Func<Sql, T> read, CancellationToken stop) => inner.Query(read, stop);
    }
}
