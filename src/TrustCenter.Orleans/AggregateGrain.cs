using Microsoft.Extensions.Logging;
using Orleans.Placement;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Orleans;

/// <summary>One aggregate of one tenant. The key is <c>tenant/kind/id</c>, made of typed ids alone.</summary>
[Alias("trust-center")]
internal interface IAggregateGrain : IGrainWithStringKey
{
    [Alias("decide"), ResponseTimeout("00:00:04")] // a little longer than the store waits for its database: what it says then arrives
    Task<Envelope> Decide(Envelope wish);
}

/// <summary>
/// The state is in memory where the cluster has put this key, so that decisions do not meet each other. That it is true is not
/// taken for granted: while silos come and go there may be two of this, and the store refuses the one that is late.
/// </summary>
[GrainType("trust-center"), PreferLocalPlacement] // whoever asked first mostly asks next, and a way through the network costs more than a decision
internal sealed class AggregateGrain(IStore store, HostKeys keys, TimeProvider clock, CommandTags tags, ActiveGrains active, ILogger<AggregateGrain> log) : Grain, IAggregateGrain, IActivation
{
    private const int MostTries = 2; // the second reads again; whoever is refused then is told

    private AggregateId id;
    private object? held;
    private ActiveGrain here = null!;

    public static string KeyOf(AggregateId id) => $"{id.Tenant:N}/{id.Kind}/{id.Key:N}";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        id = this.GetPrimaryKeyString().Split('/') is [var tenant, var kind, var key] ? new(Guid.ParseExact(tenant, "N"), kind, Guid.ParseExact(key, "N")) : throw new InvalidOperationException("This is no key of an aggregate.");
        here = active.Add(id, GrainContext);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        active.Remove(id, here);
        return Task.CompletedTask;
    }

    public async Task<Envelope> Decide(Envelope wish)
    {
        active.Use(here);
        try { return wish.Answer(await tags.Decide(wish, this)); }
        catch (Exception failed)
        {
            // Whether it became durable is not known: whoever asks next reads what is stored.
            held = null;
            if (failed is not StoreException) log.LogError(failed, "The decision {Command} on {Id} failed.", wish.Tag, id);
            return wish.Answer(failed);
        }
        finally
        {
            // Also where nothing is stored: an unknown key leaves nothing in memory.
            if (held is null) DeactivateOnIdle();
        }
    }

    public async Task<Outcome> Decide<TState>(Command<TState> command, Actor by) where TState : class, IState<TState>
    {
        for (var tries = 1; tries <= MostTries; tries++)
        {
            var remembered = held as Held<TState>;
            var mine = remembered ?? await Held<TState>.Load(store, keys, id, CancellationToken.None);
            if (mine.State is not null) held = mine;
            var step = mine.Decide(id, command, by, keys, clock.GetUtcNow());
            // What is written is refused by the store where memory was old; an answer that writes nothing has to ask.
            var stands = step.Commit is { } commit ? await store.Commit(commit, CancellationToken.None) is CommitResult.Committed : remembered is null || await store.Etag(id, CancellationToken.None) == remembered.Etag;
            if (stands)
            {
                held = step.Next ?? held;
                return step.Outcome;
            }
            held = null;
        }
        throw new StoreException($"{id} was changed by somebody else {MostTries} times in a row.");
    }
}
