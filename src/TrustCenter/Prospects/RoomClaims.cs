using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Prospects;

/// <summary>One claim as it stands now, for a room or a summary.</summary>
public sealed record RoomClaim(Guid Id, ClaimVersion Version);

/// <summary>One topic's claims as they stand now, those for rooms included.</summary>
public sealed record RoomTopic(string Name, IReadOnlyList<RoomClaim> Claims);

/// <summary>Read from the claims themselves: what lists hold of a claim is only what is public.</summary>
public sealed class RoomClaims(IEngine engine, IStore store)
{
    public async Task<IReadOnlyList<RoomTopic>> Read(Scope scope, Vendor vendor, CancellationToken stop)
    {
        var ids = await store.Query(sql => sql.Query("select id from claim_rows where tenant = @tenant and version > 0", r => r.Id(0), ("@tenant", scope.Tenant)), stop);
        var claims = new List<RoomClaim>(ids.Count);
        foreach (var id in ids)
            if (await engine.Read<Claim>(scope.Id<Claim>(id), stop) is { Current: { } current }) claims.Add(new RoomClaim(id, current));
        return [.. vendor.Topics
            .Select(topic => new RoomTopic(topic.Name, [.. claims.Where(c => c.Version.Wording.Topic == topic.Key).OrderBy(c => c.Version.Wording.Statement, StringComparer.Ordinal)]))
            .Where(topic => topic.Claims.Count > 0)];
    }
}
