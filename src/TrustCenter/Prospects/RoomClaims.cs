using System.Text.Json;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Prospects;

/// <summary>One topic's claims as they stand now, those for rooms included.</summary>
public sealed record RoomTopic(string Name, IReadOnlyList<PublicClaim> Claims);

public static class RoomClaims
{
    public static async Task<IReadOnlyList<RoomTopic>> Read(IStore store, Scope scope, Vendor vendor, CancellationToken stop)
    {
        var published = await store.Query(sql => sql.Query("select published from claim_rows where tenant = @tenant and published is not null", r => r.Text(0), ("@tenant", scope.Tenant)), stop);
        var claims = published.Select(json => JsonSerializer.Deserialize(json, ClaimJson.Default.PublicClaim)!).Where(c => !c.IsWithdrawn).ToList();
        return [.. vendor.Topics
            .Select(topic => new RoomTopic(topic.Name, [.. claims.Where(c => c.Latest.Wording.Topic == topic.Key).OrderBy(c => c.Latest.Wording.Statement, StringComparer.Ordinal)]))
            .Where(topic => topic.Claims.Count > 0)];
    }
}
