using System.ComponentModel;
using TrustCenter.Keys;
using TrustCenter.Pages;
using TrustCenter.Staff;
using TrustCenter.Tenants;

namespace TrustCenter.Api;

/// <summary>One compiled page as everybody gets it.</summary>
public sealed record PageShape(string Path, string Address, string ContentType, [property: Description("As the page's answer has it.")] string Etag,
    [property: Description("Of the uncompressed bytes, hex; the manifest, whose own hash stands in the log of publications, has the same.")] string Sha256, long Length, DateTimeOffset CompiledAt);

internal static class PageResource
{
    public static void MapPages(RouteGroupBuilder api) => api.MapMethods("/pages", ApiRoutes.Reading, List).Says(Right.ReadConsole, PageExamples.List);

    private static async Task<IResult> List([AsParameters] Desk desk, HostKeys keys, HostRegister hosts)
    {
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, "pages");
        if (paging is null) return refusal!;
        var user = desk.User;
        var address = await hosts.AddressOf(user.Scope, user.Vendor, desk.Stop) + user.Paths.Prefix;
        var (made, rows) = await desk.Store.Query(sql => (MadeFrom.Read(SnapshotCache.Read(sql, user.Scope.Tenant, PageNames.Made)), sql.Query(
            "select page, content_type, etag, length(body), utc from snapshots where tenant = @tenant and page > @after and page <> @made order by page limit @most",
            r => (Page: r.Text(0), Type: r.Text(1), Etag: r.Text(2), Length: r.Number(3), At: r.Time(4)), ("@tenant", user.Scope.Tenant), ("@after", paging.After ?? ""), ("@made", PageNames.Made), ("@most", paging.Fetched))), desk.Stop);
        return paging.Page(keys, rows, r => r.Page, r => new PageShape(r.Page, address + r.Page, r.Type, r.Etag, made.GetValueOrDefault(r.Page)?.Sha ?? "", r.Length, r.At));
    }
}
