using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Claims;

/// <summary>One claim as it stands now, those for rooms included.</summary>
public sealed record StandingClaim(Guid Id, ClaimVersion Version);

/// <summary>One topic's claims as they stand now, those for rooms included.</summary>
public sealed record StandingTopic(string Name, IReadOnlyList<StandingClaim> Claims);

/// <summary>Read from the claims themselves: what lists hold of a claim is only what is public.</summary>
public sealed class StandingClaims(IEngine engine, IStore store)
{
    public async Task<IReadOnlyList<StandingTopic>> Read(Scope scope, Vendor vendor, CancellationToken stop)
    {
        var ids = await store.Query(sql => sql.Query("select id from claim_rows where tenant = @tenant and version > 0", r => r.Id(0), ("@tenant", scope.Tenant)), stop);
        var claims = new List<StandingClaim>(ids.Count);
        foreach (var id in ids)
            if (await engine.Read<Claim>(scope.Id<Claim>(id), stop) is { Current: { } current }) claims.Add(new StandingClaim(id, current));
        return [.. vendor.Topics
            .Select(topic => new StandingTopic(topic.Name, [.. claims.Where(c => c.Version.Wording.Topic == topic.Key).OrderBy(c => c.Version.Wording.Statement, StringComparer.Ordinal)]))
            .Where(topic => topic.Claims.Count > 0)];
    }
}
