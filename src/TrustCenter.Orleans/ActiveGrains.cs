using System.Collections.Concurrent;
using TrustCenter.Engine;

namespace TrustCenter.Orleans;

/// <summary>The aggregates that are in this process's memory.</summary>
/// <param name="most">Beyond it the longest unused tenth leaves, as soon as it has nothing to do.</param>
internal sealed class ActiveGrains(TimeProvider clock, int most = InProcessEngine.MostResident)
{
    private readonly ConcurrentDictionary<AggregateId, ActiveGrain> grains = new();
    private readonly Lock evicting = new();

    public IReadOnlyCollection<AggregateId> Ids => [.. grains.Keys];

    public int Count => grains.Count;

    public ActiveGrain Add(AggregateId id, IGrainContext context)
    {
        var grain = new ActiveGrain(context) { UsedAt = clock.GetTimestamp() };
        grains[id] = grain;
        if (grains.Count > most) EvictIdle();
        return grain;
    }

    public void Use(ActiveGrain grain) => grain.UsedAt = clock.GetTimestamp();

    public void Remove(AggregateId id, ActiveGrain grain) => grains.TryRemove(new(id, grain));

    public void Forget(Guid tenant)
    {
        foreach (var (id, grain) in grains)
            if (id.Tenant == tenant) grain.Leave("The tenant was deleted.");
    }

    private void EvictIdle()
    {
        // One at a time: those that come together would each pick the same longest unused.
        lock (evicting)
        {
            var tooMany = grains.Count - most;
            if (tooMany <= 0) return;
            foreach (var (id, grain) in grains.ToArray().OrderBy(g => g.Value.UsedAt).Take(tooMany + most / 10))
            {
                Remove(id, grain);
                grain.Leave("Others were asked for since.");
            }
        }
    }
}

/// <summary>One of them, and when it was asked last.</summary>
internal sealed class ActiveGrain(IGrainContext context)
{
    public long UsedAt { get; set; }

    public void Leave(string why) => context.Deactivate(new(DeactivationReasonCode.ApplicationRequested, why));
}
