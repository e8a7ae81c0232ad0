using System.Collections.Concurrent;
using TrustCenter.Store;

namespace TrustCenter.Telemetry;

/// <summary>When a background worker last had its turn. Next is null while it waits for work instead of the clock.</summary>
public sealed record WorkerTurn(string Name, DateTimeOffset Last, DateTimeOffset? Next, string? Problem);

/// <summary>The workers of this process, for the operator. Of several processes one runs each of them, by its lease.</summary>
public sealed class WorkerBoard(TimeProvider clock, Leases leases)
{
    public Leases Leases => leases;

    private readonly ConcurrentDictionary<string, WorkerTurn> turns = new(StringComparer.Ordinal);

    public IReadOnlyList<WorkerTurn> Turns => [.. turns.Values.OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>A turn ended well.</summary>
    public void Done(string name, TimeSpan? pause = null) => Set(name, pause, null);

    /// <summary>Another process does this work now.</summary>
    public void Elsewhere(string name) => turns.TryRemove(name, out _);

    /// <summary>A turn failed; <paramref name="problem"/> is a sentence of ours.</summary>
    public void Failed(string name, string problem, TimeSpan? pause = null) => Set(name, pause, problem);

    private void Set(string name, TimeSpan? pause, string? problem)
    {
        var now = clock.GetUtcNow();
        turns[name] = new WorkerTurn(name, now, now + pause, problem);
    }
}
