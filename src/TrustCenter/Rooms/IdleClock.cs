using System.Collections.Concurrent;
using TrustCenter.Links;
using TrustCenter.Prospects;

namespace TrustCenter.Rooms;

/// <summary>
/// When each visit was last seen. In memory only, so that reading costs no write: after a restart a visit counts from its last durable step,
/// which can end it early and never late.
/// </summary>
public sealed class IdleClock
{
    private const int Most = 50_000; // visits; beyond it the oldest half is dropped

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> seen = new();

    /// <summary>Whether the visit was used within its idle life; if so, this is a use.</summary>
    public bool IsAwake(Guid visit, DateTimeOffset lastDurable, DateTimeOffset now)
    {
        var last = seen.TryGetValue(visit, out var at) && at > lastDurable ? at : lastDurable;
        if (now - last > Visit.IdleLife) return false;
        seen[visit] = now;
        if (seen.Count > Most)
            foreach (var (old, _) in seen.OrderBy(s => s.Value).Take(Most / 2).ToList()) seen.TryRemove(old, out _);
        return true;
    }
}
