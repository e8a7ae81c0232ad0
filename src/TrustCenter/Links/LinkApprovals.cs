using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Links;

/// <summary>A link that is closed since a restore.</summary>
public sealed record ClosedLink(Guid Id, string Account, string Owner, DateTimeOffset Created, DateTimeOffset Expires);

/// <summary>After a restore from a backup: whoever may revoke any link says which stand again.</summary>
public static class LinkApprovals
{
    /// <summary>Links that wait to be approved: a condition over <c>link_rows</c>, with <c>@tenant</c>, <c>@now</c> and the suspension's <c>@since</c>.</summary>
    internal const string Waiting = "l.tenant = @tenant and l.revoked is null and l.expires > @now and l.created <= @since and (l.approved is null or l.approved < @since)";

    private const int Most = 500; // on the page; as they are approved the others follow

    public static void MapLinkApprovals(this RouteGroupBuilder console)
    {
        console.MapMethods("/link-approvals", ["GET", "HEAD"], List).Needs(Right.RevokeAny).WithName("LinkApprovals");
        console.MapPost("/link-approvals", ApproveAll).Needs(Right.RevokeAny).WithName("ApproveAllLinks");
        console.MapPost("/links/{link:guid}/approvals", Approve).Needs(Right.RevokeAny).WithName("ApproveLink");
    }

    private static async Task<IResult> List(HttpContext context, IStore store, TenantStandings standings, TimeProvider clock)
    {
        var (user, stop) = (context.ConsoleUser(), context.RequestAborted);
        var suspended = (await standings.Find(user.Scope.Tenant, stop)).LinksSuspended;
        var links = suspended is not { } since ? [] : await store.Query(sql => sql.Query($"""
            select l.id, l.account, coalesce(s.name, ''), l.created, l.expires from link_rows l left join staff_rows s on s.tenant = l.tenant and s.id = l.owner
            where {Waiting} order by l.created desc limit @most
            """, r => new ClosedLink(r.Id(0), r.Text(1), r.Text(2), r.Time(3), r.Time(4)), ("@tenant", user.Scope.Tenant), ("@now", clock.GetUtcNow()), ("@since", since), ("@most", Most)), stop);
        return context.ConsolePage<LinkApprovalsPage>(new() { ["Links"] = links, ["Suspended"] = suspended });
    }

    private static async Task<IResult> ApproveAll(HttpContext context, TenantStandings standings)
    {
        var (user, form) = (context.ConsoleUser(), await TypedForm.Read(context));
        await standings.Decide(user.Scope.Tenant, new LiftLinkSuspension { Id = form.Command }, user.Actor, context.RequestAborted);
        return Answers.SeeOther(context, user.Paths.Links);
    }

    private static async Task<IResult> Approve(HttpContext context, Guid link, IEngine engine, TenantStandings standings)
    {
        var (user, form, stop) = (context.ConsoleUser(), await TypedForm.Read(context), context.RequestAborted);
        if (await engine.Read<ShareLink>(user.Scope.Id<ShareLink>(link), stop) is null) return Answers.Nothing();
        await Again(engine, standings, user, link, form.Command, stop);
        return Answers.SeeOther(context, form["from"] == "list" ? user.Paths.LinkApprovals : user.Paths.Link(link));
    }

    /// <summary>Where links are not suspended, there is nothing to approve.</summary>
    internal static async Task Again(IEngine engine, TenantStandings standings, ConsoleUser user, Guid link, Guid command, CancellationToken stop)
    {
        if ((await standings.Find(user.Scope.Tenant, stop)).LinksSuspended is { } since)
            await engine.Decide(user.Scope.Id<ShareLink>(link), new ApproveLinkAgain { Id = command, Suspended = since }, user.Actor, stop);
    }
}
