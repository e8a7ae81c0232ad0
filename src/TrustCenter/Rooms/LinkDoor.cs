using TrustCenter.Engine;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Rooms;

/// <summary>Finds the open link behind a token of this vendor's host; null for everything else.</summary>
public sealed class LinkDoor(IStore store, IEngine engine, TenantStandings standings, TimeProvider clock)
{
    private const int TokenLength = 22; // characters of base64url; 128 bits

    public async Task<(Guid Id, ShareLink Link)?> Find(Scope scope, string token, CancellationToken stop)
    {
        if (token.Length != TokenLength || !token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return null;
        var hash = Convert.FromHexString(ShareLink.HashOf(token));
        var found = await store.Query(sql => sql.First("select tenant, id from link_rows where token_hash = @hash", r => ((Guid Tenant, Guid Id)?)(r.Id(0), r.Id(1)), ("@hash", hash)), stop);
        if (found is not { } row || row.Tenant != scope.Tenant) return null;
        var suspended = (await standings.Find(scope.Tenant, stop)).LinksSuspended;
        return await engine.Read<ShareLink>(scope.Id<ShareLink>(row.Id), stop) is { } link && link.IsOpen(clock.GetUtcNow()) && link.Outlasts(suspended) ? (row.Id, link) : null;
    }
}
