using System.Collections.Concurrent;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Engine;

/// <summary>
/// A turn per key, awaited and not blocked; the state in memory with idle eviction. With one process memory is the truth; with several
/// it is true while the database holds the same version, which is asked at each use. The store's etag refuses a second writer in any case.
/// </summary>
/// <param name="mostResident">States in memory, about 5 KB each; beyond it the longest unused tenth leaves.</param>
/// <param name="isAlone">False where others decide too, although the store is this process's own.</param>
public sealed class InProcessEngine(IStore store, HostKeys keys, TimeProvider clock, int mostResident = InProcessEngine.MostResident, bool isAlone = true) : IEngine, ITenantMemory, IStateMemory
{
    public const int MostResident = 20_000; // states; about 100 MB
    private const int MostTries = 8; // after which something else than a race is wrong

    private readonly ConcurrentDictionary<AggregateId, Slot> slots = new();
    private readonly ConcurrentDictionary<Guid, long> contents = new(); // decisions on content by tenant, of this process
    private readonly Lock evicting = new();
    private readonly bool isShared = store.IsShared || !isAlone;

    public int Resident => slots.Count;

    public void Forget(Guid tenant)
    {
        foreach (var (id, slot) in slots.ToArray().Where(s => s.Key.Tenant == tenant))
            lock (slot)
            {
                slot.Held = null;
                Remove(id, slot);
            }
    }

    public async ValueTask<TState?> Read<TState>(AggregateId id, CancellationToken stop = default) where TState : class, IState<TState>
    {
        if (slots.TryGetValue(id, out var slot) && slot.Held is Held<TState> held && (!isShared || await IsStored(held.Etag, id, stop)))
        {
            slot.UsedAt = clock.GetTimestamp();
            return held.State;
        }
        return await InTurn(id, async entered => (await Load<TState>(entered, id, stop)).State, stop);
    }

    public ValueTask<long> ContentOf(Guid tenant, CancellationToken stop = default) => isShared ? new(store.Content(tenant, stop)) : new(contents.GetValueOrDefault(tenant));

    // One read by primary key. The tenant's gate epoch would tell as much of all its states at once, and would drop them all at each decision on any.
    private async Task<bool> IsStored(long etag, AggregateId id, CancellationToken stop) => await store.Etag(id, stop) == etag;

    public Task<Outcome> Decide<TState>(AggregateId id, Command<TState> command, Actor by, CancellationToken stop = default)
        where TState : class, IState<TState>
        => Signals.Decision<TState>(() => InTurn(id, slot => DecideInTurn(slot, id, command, by, stop), stop));

    private async Task<Outcome> DecideInTurn<TState>(Slot slot, AggregateId id, Command<TState> command, Actor by, CancellationToken stop)
        where TState : class, IState<TState>
    {
        for (var tries = 1; tries <= MostTries; tries++)
        {
            var held = await Load<TState>(slot, id, stop);
            var step = held.Decide(id, command, by, keys, clock.GetUtcNow());
            if (step.Commit is not { } commit) return step.Outcome;
            // From here on the answer belongs to the database: a caller who left must not leave memory behind the truth.
            if (await Answered(slot, commit) is CommitResult.Committed)
            {
                slot.Held = step.Next;
                Decided.Note();
                if (TState.IsContent) contents.AddOrUpdate(id.Tenant, 1, static (_, before) => before + 1);
                return step.Outcome;
            }
            slot.Held = null;
        }
        throw new StoreException($"{id} was changed by somebody else {MostTries} times in a row.");
    }

    private async Task<CommitResult> Answered(Slot slot, Commit commit)
    {
        try { return await store.Commit(commit, CancellationToken.None); }
        catch
        {
            slot.Held = null; // an answer that was lost may belong to a commit that is durable: the database is asked again
            contents.AddOrUpdate(commit.Tenant, 1, static (_, before) => before + 1);
            throw;
        }
    }

    private async Task<Held<TState>> Load<TState>(Slot slot, AggregateId id, CancellationToken stop) where TState : class, IState<TState>
    {
        if (slot.Held is Held<TState> held && (!isShared || await IsStored(held.Etag, id, stop))) return held;
        slot.Held = null;
        held = await Held<TState>.Load(store, keys, id, stop);
        if (held.State is not null) slot.Held = held;
        return held;
    }

    private async Task<T> InTurn<T>(AggregateId id, Func<Slot, Task<T>> act, CancellationToken stop)
    {
        var slot = Enter(id);
        try
        {
            await slot.Turn.WaitAsync(stop);
            try { return await act(slot); }
            finally { slot.Turn.Release(); }
        }
        finally { Leave(id, slot); }
    }

    private Slot Enter(AggregateId id)
    {
        while (true)
        {
            var slot = slots.GetOrAdd(id, static _ => new Slot());
            lock (slot)
            {
                if (slot.Gone) continue;
                slot.Users++;
                slot.UsedAt = clock.GetTimestamp();
                return slot;
            }
        }
    }

    private void Leave(AggregateId id, Slot slot)
    {
        lock (slot)
        {
            slot.Users--;
            if (slot.Held is null) Remove(id, slot);
        }
        if (slots.Count > mostResident) EvictIdle();
    }

    private void EvictIdle()
    {
        // One at a time: callers that leave together would each pick the same longest unused, and the bound would not hold.
        lock (evicting)
        {
            var tooMany = slots.Count - mostResident;
            if (tooMany <= 0) return;
            // ToArray is the dictionary's own, under its locks; sorting the dictionary itself throws when it grows meanwhile.
            var unused = slots.ToArray().Where(s => Volatile.Read(ref s.Value.Users) == 0).OrderBy(s => s.Value.UsedAt);
            foreach (var (id, slot) in unused.Take(tooMany + mostResident / 10).ToList())
                lock (slot) Remove(id, slot);
        }
    }

    private void Remove(AggregateId id, Slot slot)
    {
        if (slot.Users > 0 || slot.Gone) return;
        slot.Gone = true;
        slots.TryRemove(new(id, slot));
    }

    private sealed class Slot
    {
        public readonly SemaphoreSlim Turn = new(1);
        public int Users;
        public bool Gone;
        public long UsedAt;
        public volatile object? Held;
    }
}
