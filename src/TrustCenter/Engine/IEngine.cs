namespace TrustCenter.Engine;

/// <summary>
/// One writer per key: decisions on one aggregate follow each other, and an answer leaves only after its transaction is
/// durable. Nothing else in the code may know which engine runs; <c>EngineContract</c> in the tests says what each of them does.
/// </summary>
public interface IEngine
{
    /// <summary>Decides and commits. Another process's write in between means: read again, decide again (a few times, then it is given up).</summary>
    /// <exception cref="Store.StoreException">The database refused to write; nothing was done.</exception>
    /// <exception cref="Store.CommitInDoubtException">The answer was lost: it is done whole, or not at all.</exception>
    Task<Outcome> Decide<TState>(AggregateId id, Command<TState> command, Actor by, CancellationToken stop = default)
        where TState : class, IState<TState>;

    /// <summary>The state as the last acknowledged decision left it, or null. Costs a look-up, never a resident entry, when unknown.</summary>
    /// <exception cref="Store.StateCorruptException">What is stored fails its hash: a refusal and an alarm, never an empty default.</exception>
    ValueTask<TState?> Read<TState>(AggregateId id, CancellationToken stop = default) where TState : class, IState<TState>;

    /// <summary>
    /// Grows with every decision on this tenant's content, before its answer leaves: what was made from content while this number was read
    /// first, and is the same now, is made from what stands now.
    /// </summary>
    ValueTask<long> ContentOf(Guid tenant, CancellationToken stop = default);
}
