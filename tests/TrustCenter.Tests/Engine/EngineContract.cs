using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Engine;

/// <summary>What every engine does. Another one joins by deriving from this.</summary>
public abstract partial class EngineContract : IAsyncLifetime
{
    private readonly DataFolder folder = new();
    private readonly Guid tenant = Guid.CreateVersion7();
    private protected readonly AggregateId id;

    private protected GroupedStore store = null!;
    private protected IEngine engine = null!;

    protected EngineContract() => id = new Scope(tenant).Id<Tally>(Guid.CreateVersion7());

    protected abstract IEngine NewEngine(IStore over);

    /// <summary>Opens the store over the same data each time.</summary>
    protected virtual GroupedStore OpenStore() => folder.Open();

    public Task InitializeAsync()
    {
        store = OpenStore();
        engine = NewEngine(store);
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    private async Task Reopen()
    {
        await store.DisposeAsync();
        await InitializeAsync();
    }

    private static CountOne One() => new() { Id = Guid.CreateVersion7() };

    private protected Task<Outcome> Count(CountOne? command = null) => engine.Decide(id, command ?? One(), Actor.System);

    private async Task<int> Counted() => (await engine.Read<Tally>(id))?.Count ?? 0;

    private async Task<int> CountedOnDisk() => (await NewEngine(store).Read<Tally>(id))?.Count ?? 0;

    [Fact]
    public async Task Five_hundred_parallel_decisions_on_one_key_follow_each_other()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => Count())));

        answers.Cast<Outcome.Done>().Select(d => d.Number).Order().ShouldBe(Enumerable.Range(1, 500));
        (await Counted()).ShouldBe(500);
        (await CountedOnDisk()).ShouldBe(500);
        (await store.Head(tenant))!.Journal.ShouldBe(500);
    }

    [Fact]
    [Trait("Case", "T-034")]
    public async Task The_same_form_posted_again_answers_as_it_did_first()
    {
        var form = One();
        (await Count(form)).ShouldBe(new Outcome.Done(1));
        await Count();

        (await Count(form)).ShouldBe(new Outcome.Done(1));
        (await Counted()).ShouldBe(2);
        (await store.Head(tenant))!.Journal.ShouldBe(2);
    }

    [Fact]
    [Trait("Case", "T-034")]
    public async Task The_same_form_posted_fifty_times_at_once_counts_once()
    {
        var form = One();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Count(form))));

        answers.ShouldAllBe(a => a == new Outcome.Done(1));
        (await CountedOnDisk()).ShouldBe(1);
        (await store.Count("mails", tenant)).ShouldBe(1);
    }

    [Fact]
    [Trait("Case", "T-034")]
    public async Task The_same_form_is_known_after_a_restart_and_fifteen_others()
    {
        var form = One();
        await Count(form);
        for (var others = 0; others < 15; others++) await Count();
        await Reopen();

        (await Count(form)).ShouldBe(new Outcome.Done(1));
        (await Counted()).ShouldBe(16);
    }

    [Fact]
    [Trait("Case", "T-090")]
    public async Task A_refused_decision_writes_nothing()
    {
        (await engine.Decide(id, new CountNothing { Id = Guid.CreateVersion7() }, Actor.System)).ShouldBeOfType<Outcome.Refused>().Why.ShouldBe("Nothing is counted here.");

        (await store.Head(tenant)).ShouldBeNull();
        foreach (var table in new[] { "states", "entries", "mails", "staff_rows" }) (await store.Count(table, tenant)).ShouldBe(0, table);
    }

    [Fact]
    public async Task A_decision_is_state_entry_row_and_mail_together()
    {
        await Count();

        foreach (var table in new[] { "states", "entries", "mails", "staff_rows" }) (await store.Count(table, tenant)).ShouldBe(1, table);
    }

    [Fact]
    public async Task Two_engines_over_one_store_lose_nothing_the_late_one_decides_again()
    {
        var other = NewEngine(store);
        await Count();
        await other.Decide(id, One(), Actor.System); // what the first engine holds in memory is old now
        var decided = 0;

        (await Count(One() with { Deciding = () => decided++ })).ShouldBe(new Outcome.Done(3));

        decided.ShouldBeInRange(1, 2); // one that asks the store first is never late
        (await CountedOnDisk()).ShouldBe(3);
        (await store.Head(tenant))!.Journal.ShouldBe(3);
    }

    [Fact]
    public async Task Two_engines_that_race_over_one_key_lose_nothing()
    {
        var other = NewEngine(store);

        await Task.WhenAll(new[] { engine, other }.Select(each => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++) await UntilItIsDone(each, One());
        })));

        (await CountedOnDisk()).ShouldBe(100);
        (await store.Head(tenant))!.Journal.ShouldBe(100);
    }

    // An engine gives up after some tries; the person posts the same form again.
    private async Task UntilItIsDone(IEngine each, CountOne form)
    {
        while (true)
        {
            try
            {
                await each.Decide(id, form, Actor.System);
                return;
            }
            catch (StoreException) { }
        }
    }

    [Fact]
    [Trait("Case", "T-034")]
    public async Task The_same_form_posted_to_two_engines_counts_once()
    {
        var form = One();
        await Count(); // both hold the state as it was before the form
        var other = NewEngine(store);
        await other.Read<Tally>(id);

        await Count(form);

        (await other.Decide(id, form, Actor.System)).ShouldBe(new Outcome.Done(2));
        (await CountedOnDisk()).ShouldBe(2);
    }

    [Fact]
    [Trait("Case", "T-071")]
    public async Task The_same_key_in_another_tenant_is_another_state()
    {
        await Count();
        var foreign = new Scope(Guid.CreateVersion7()).Id<Tally>(id.Key);

        (await engine.Read<Tally>(foreign)).ShouldBeNull();
        (await engine.Decide(foreign, One(), Actor.System)).ShouldBe(new Outcome.Done(1));
        (await Counted()).ShouldBe(1);
    }
}
