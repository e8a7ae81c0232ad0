using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Orleans;

/// <summary>
/// Decisions are made where the cluster holds the key, so that several processes do not refuse each other. What is read is read here and is
/// true while the database holds the same version, which is asked at each use: an activation elsewhere may be a stale one.
/// </summary>
/// <param name="here">Reads; and decides while no silo runs here, as in the host's commands and before the start: the store's etag makes that safe.</param>
/// <param name="longest">For one decision, with the wait for its turn.</param>
internal sealed class OrleansEngine(InProcessEngine here, IStore store, IGrainFactory grains, CommandTags tags, SiloState silo, ActiveGrains active, TimeProvider clock, TimeSpan? longest = null) : IEngine, ITenantMemory, IStateMemory
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12); // a silo that does not answer is found dead within three
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan longest = longest ?? Longest;
    private readonly Turns turns = new();

    public ValueTask<TState?> Read<TState>(AggregateId id, CancellationToken stop = default) where TState : class, IState<TState> => here.Read<TState>(id, stop);

    public ValueTask<long> ContentOf(Guid tenant, CancellationToken stop = default) => here.ContentOf(tenant, stop);

    public int Resident => here.Resident + active.Count;

    public void Forget(Guid tenant)
    {
        here.Forget(tenant);
        active.Forget(tenant);
    }

    public Task<Outcome> Decide<TState>(AggregateId id, Command<TState> command, Actor by, CancellationToken stop = default) where TState : class, IState<TState>
        => silo.IsActive ? Signals.Decision<TState>(() => DecideInTurn(id, command, by, stop)) : here.Decide(id, command, by, stop);

    private Task<Outcome> DecideInTurn<TState>(AggregateId id, Command<TState> command, Actor by, CancellationToken stop) where TState : class, IState<TState>
    {
        var began = clock.GetTimestamp();
        return turns.In(id, longest, () => DecideInCluster(id, command, by, began), stop);
    }

    private async Task<Outcome> DecideInCluster<TState>(AggregateId id, Command<TState> command, Actor by, long began) where TState : class, IState<TState>
    {
        // Strangers choose keys: one that nobody made costs a look-up, and no activation anywhere.
        if (by.Kind is ActorKind.Prospect or ActorKind.System && await store.Etag(id, CancellationToken.None) == 0 && command.Decide(null, by, clock.GetUtcNow()) is { State: null } nothing) return nothing.Outcome;
        // The silo that decides knows nothing of the lease of whoever asks.
        if (Lease.Current is { } lease && await store.Query(lease.IsAnothers)) throw lease.Lost();
        var outcome = (await Answer(AggregateGrain.KeyOf(id), Envelope.Of(command, by, tags), began)).Outcome(id);
        if (outcome is Outcome.Done) Decided.Note();
        return outcome;
    }

    // While keys move to another process a call is refused, or its answer is lost: the same command again is answered rightly in either case.
    private async Task<Envelope> Answer(string key, Envelope wish, long began)
    {
        for (; ; await Task.Delay(Pause))
            try { return await grains.GetGrain<IAggregateGrain>(key).Decide(wish); }
            catch (Exception moving) when (moving is OrleansException or TimeoutException)
            {
                if (clock.GetElapsedTime(began) > longest) throw new CommitInDoubtException("The cluster did not answer; whether this was done shows when it does. " + moving.Message, moving);
            }
    }
}

/// <summary>
/// This process's callers of one key wait here for each other: one that leaves, or waits too long, has done nothing, and none waits at the silo until
/// its answer is given up. A command that is sent again is overtaken by those of other processes alone; the aggregate remembers the last sixteen, so
/// that after as many on the same key within seconds it is decided anew, as if the form had been posted twice: one that shows its version is refused as stale.
/// </summary>
internal sealed class Turns
{
    private readonly Dictionary<AggregateId, Turn> turns = [];

    /// <exception cref="StoreException">Its turn did not come within <paramref name="most"/>.</exception>
    public async Task<T> In<T>(AggregateId id, TimeSpan most, Func<Task<T>> act, CancellationToken stop)
    {
        var turn = Enter(id);
        try
        {
            if (!await turn.Free.WaitAsync(most, stop)) throw new StoreException($"Others decided on {id} for too long; nothing was done.");
            try { return await act(); }
            finally { turn.Free.Release(); }
        }
        finally { Leave(id, turn); }
    }

    private Turn Enter(AggregateId id)
    {
        lock (turns)
        {
            if (!turns.TryGetValue(id, out var turn)) turns.Add(id, turn = new Turn());
            turn.Users++;
            return turn;
        }
    }

    private void Leave(AggregateId id, Turn turn)
    {
        lock (turns)
            if (--turn.Users == 0) turns.Remove(id);
    }

    private sealed class Turn
    {
        public SemaphoreSlim Free { get; } = new(1);
        public int Users { get; set; }
    }
}

/// <summary>Whether the silo of this process takes part in the cluster.</summary>
internal sealed class SiloState : ILifecycleParticipant<ISiloLifecycle>
{
    private volatile bool isActive;

    public bool IsActive => isActive;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(SiloState), ServiceLifecycleStage.Active, _ => Become(true), _ => Become(false));

    private Task Become(bool active)
    {
        isActive = active;
        return Task.CompletedTask;
    }
}
