using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Staff;
using TrustCenter.Tenants;

namespace TrustCenter.Api;

/// <summary>After a restore from a backup: which links stand again.</summary>
internal static class LinkApprovalResource
{
    public static void MapLinkApprovals(RouteGroupBuilder api)
    {
        api.MapMethods("/link-approvals", ApiRoutes.Reading, List).Says(Right.RevokeAny, LinkExamples.Suspended);
        api.MapPost("/link-approvals", ApproveAll).Says(Right.RevokeAny, LinkExamples.ApproveAll);
        api.MapPost("/links/{link:guid}/approvals", Approve).Says(Right.RevokeAny, LinkExamples.Approve);
    }

    private static async Task<IResult> List([AsParameters] Desk desk, HostKeys keys, TenantStandings standings)
    {
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, "link-approvals");
        if (paging is null) return refusal!;
        var scope = desk.User.Scope;
        var rows = (await standings.Find(scope.Tenant, desk.Stop)).LinksSuspended is not { } since ? [] : await desk.Store.Query(sql => sql.Query(
            $"select l.id, l.account, l.owner, l.created, l.expires from link_rows l where {LinkApprovals.Waiting} and l.id > @after order by l.id limit @most",
            r => new SuspendedLinkShape(r.Id(0), r.Text(1), r.Id(2), r.Time(3), r.Time(4)),
            ("@tenant", scope.Tenant), ("@now", desk.Clock.GetUtcNow()), ("@since", since), ("@after", paging.AfterId), ("@most", paging.Fetched)), desk.Stop);
        return paging.Page(keys, rows, r => r.Id.ToString("N"), r => r);
    }

    private static async Task<IResult> ApproveAll([AsParameters] Desk desk, TenantStandings standings)
    {
        var (call, refusal) = await ApiCall.Read<NothingShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        await standings.Decide(desk.User.Scope.Tenant, new LiftLinkSuspension { Id = call.Command }, desk.User.Actor, desk.Stop);
        return ApiAnswer.Ok(new NothingShape());
    }

    private static async Task<IResult> Approve([AsParameters] Desk desk, TenantStandings standings, Guid link)
    {
        if (await desk.Read<ShareLink>(link) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<NothingShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        await LinkApprovals.Again(desk.Engine, standings, desk.User, link, call.Command, desk.Stop);
        return ApiAnswer.Ok(new MadeShape(link));
    }
}
