using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Api;

/// <summary>One key in the list.</summary>
public sealed record ApiKeyRow(Guid Id, string Name, IReadOnlyList<Right> Scopes, Guid Creator, DateTimeOffset Expires, DateTimeOffset? Revoked, DateTimeOffset? Used)
{
    public string State(DateTimeOffset now) => Revoked is not null ? "revoked" : Expires <= now ? "over" : "open";

    private const int Most = 500; // the newest; a vendor has tens

    public static List<ApiKeyRow> Read(Sql sql, Scope scope) => sql.Query("select id, name, scopes, creator, expires, revoked, used from api_key_rows where tenant = @tenant order by created desc limit @most",
        r => new ApiKeyRow(r.Id(0), r.Text(1), [.. r.Text(2).Split(',').Select(Enum.Parse<Right>)], r.Id(3), r.Time(4), r.TimeOrNull(5), r.TimeOrNull(6)), ("@tenant", scope.Tenant), ("@most", Most));
}
