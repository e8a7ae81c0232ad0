using TrustCenter.Engine;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Engine;

/// <summary>What an engine does beside others that write to the same store; the one that has its file alone does not ask it.</summary>
public abstract class SharedEngineContract : EngineContract
{
    [Fact]
    public async Task A_form_that_shows_what_another_wrote_is_not_called_stale()
    {
        await Count();
        await CountElsewhere();

        (await engine.Decide(id, new CountFrom { Id = Guid.CreateVersion7(), BasedOn = 2 }, Actor.System)).ShouldBe(new Outcome.Done(3));
        await CountElsewhere();
        (await engine.Decide(id, new CountFrom { Id = Guid.CreateVersion7(), BasedOn = 3 }, Actor.System)).ShouldBe(new Outcome.Stale(4));
    }

    [Fact]
    public async Task An_answer_that_writes_nothing_is_made_from_what_is_stored()
    {
        await Count();
        (await Compare(1)).ShouldBe(new Outcome.Done(1));
        await CountElsewhere();

        (await Compare(1)).ShouldBeOfType<Outcome.Refused>().Why.ShouldBe("It is 2.");
        await CountElsewhere();
        (await Compare(3)).ShouldBe(new Outcome.Done(3));
    }

    private Task<Outcome> Compare(int count) => engine.Decide(id, new CompareCount { Id = Guid.CreateVersion7(), Count = count }, Actor.System);

    private Task CountElsewhere() => new InProcessEngine(store, DataFolder.Keys, TimeProvider.System, isAlone: false).Decide(id, new CountOne { Id = Guid.CreateVersion7() }, Actor.System);
}
