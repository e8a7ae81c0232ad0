using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>Links for programs. As in the console, a key sees the links of its maker, and all of them with the right to revoke any.</summary>
internal static class LinkResource
{
    public static void MapLinks(RouteGroupBuilder api)
    {
        api.MapMethods("/links", ApiRoutes.Reading, List).Says(Right.ReadLinks, LinkExamples.List);
        api.MapPost("/links", Create).Says(Right.Share, LinkExamples.Create);
        api.MapMethods("/links/{link:guid}", ApiRoutes.Reading, Show).Says(Right.ReadLinks, LinkExamples.Show);
        api.MapMethods("/links/{link:guid}/summary", ApiRoutes.Reading, Summary).Says(Right.ReadLinks, LinkExamples.Summary);
        api.MapPost("/links/{link:guid}/revocations", Revoke).Says(Right.ReadLinks, LinkExamples.Revoke);
        api.MapPost("/links/{link:guid}/prolongations", Prolong).Says(Right.Share, LinkExamples.Prolong);
    }

    private static async Task<IResult> List([AsParameters] Desk desk, HostKeys keys, TenantStandings standings)
    {
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, "links");
        if (paging is null) return refusal!;
        var (user, now) = (desk.User, desk.Clock.GetUtcNow());
        var suspended = (await standings.Find(user.Scope.Tenant, desk.Stop)).LinksSuspended;
        var rows = await desk.Store.Query(sql => sql.Query("""
            select l.id, l.account, l.created, l.expires, l.revoked, l.deal,
              (select count(*) from visit_rows v where v.tenant = l.tenant and v.link = l.id and v.proven is not null),
              (select max(t.utc) from touch_rows t where t.tenant = l.tenant and t.link = l.id), l.approved
            from link_rows l where l.tenant = @tenant and l.id > @after and (l.owner = @owner or @all = 1) order by l.id limit @most
            """, r => new LinkLineShape(r.Id(0), r.Text(1), LinkShape.StateOf(r.TimeOrNull(4), r.Time(3), now, ShareLink.Outlasts(r.Time(2), r.TimeOrNull(8), suspended)), r.Time(2), r.Time(3), r.Int(6), r.TimeOrNull(7), r.IdOrNull(5)),
            ("@tenant", user.Scope.Tenant), ("@after", paging.AfterId), ("@owner", user.Id), ("@all", user.May(Right.RevokeAny)), ("@most", paging.Fetched)), desk.Stop);
        return paging.Page(keys, rows, r => r.Id.ToString("N"), r => r);
    }

    private static async Task<IResult> Show([AsParameters] Desk desk, HostKeys keys, HostRegister hosts, TenantStandings standings, Guid link)
    {
        var user = desk.User;
        if (await Mine(desk, link) is not { } found) return ApiAnswer.Missing;
        var address = await hosts.AddressOf(user.Scope, user.Vendor, desk.Stop) + user.Paths.Share(keys.LinkToken(user.Scope.Tenant, link, found.Generation));
        return ApiAnswer.Ok(LinkShape.Of(link, address, found, desk.Clock.GetUtcNow(), (await standings.Find(user.Scope.Tenant, desk.Stop)).LinksSuspended));
    }

    private static async Task<IResult> Create([AsParameters] Desk desk, LinkForm forms, SummaryWriter summaries)
    {
        var (call, refusal) = await ApiCall.Read<NewLinkShape>(desk.Context, creates: true);
        if (call is null) return refusal!;
        var (form, user) = (call.Body.ToForm(), desk.User);
        var choices = await forms.Choices(user.Scope, desk.Stop);
        var (link, people) = forms.Read(form, user, choices, call.Key);
        var isThere = await desk.Read<ShareLink>(call.Key) is not null; // then this is a repetition, and what it names may be over meanwhile
        if (form.Problems.Count > 0 && !isThere) return ApiAnswer.Wrong(form.Problems, NewLinkShape.Name);
        var (written, missing) = call.Body.Summary && !isThere ? await summaries.Write(user, link.Account, link.NextStep, LinkForm.Paper(form, user.Vendor), desk.Stop) : default;
        if (missing is not null) return ApiAnswer.Wrong([new Problem("summary", missing)]);
        var outcome = await desk.Decide(call.Key, new CreateLink { Id = call.Command, Link = link with { Summary = written?.Stored, Edition = written?.Edition }, People = people, Files = written is null ? [] : [written.File], Rules = choices.Rules });
        if (isThere && outcome is Outcome.Refused) return ApiAnswer.UsedForAnother;
        return ApiAnswer.Of(outcome, _ => ApiAnswer.Made($"{user.Paths.Api}/links/{call.Key:D}", new MadeShape(call.Key)), NewLinkShape.Name);
    }

    private static async Task<IResult> Summary([AsParameters] Desk desk, SummaryWriter summaries, FileStore files, Guid link)
    {
        if (await Mine(desk, link) is not { Summary: not null } found) return ApiAnswer.Missing;
        var (current, missing) = await summaries.Current(desk.User.Scope, link, found, desk.Stop);
        if (current?.Summary is not { } summary) return ApiAnswer.Failed(StatusCodes.Status503ServiceUnavailable, "The summary cannot be made again right now.", missing!);
        if (await files.ReadAll(desk.User.Scope, summary.Sha, desk.Stop) is not { } bytes) return ApiAnswer.Missing;
        Answers.Private(desk.Context.Response, ApiAnswer.Policy);
        return Results.File(bytes, summary.ContentType, summary.Name);
    }

    private static async Task<IResult> Revoke([AsParameters] Desk desk, Guid link)
    {
        if (await Mine(desk, link) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<NothingShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        return ApiAnswer.Of(await desk.Decide(link, new RevokeLink { Id = call.Command }), _ => ApiAnswer.Ok(new MadeShape(link)));
    }

    private static async Task<IResult> Prolong([AsParameters] Desk desk, LinkForm forms, Guid link)
    {
        if (await Mine(desk, link) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<ProlongationShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var rules = (await desk.Engine.Settings(desk.User.Scope, desk.Stop)).Links;
        return ApiAnswer.Of(await desk.Decide(link, new ProlongLink { Id = call.Command, Expires = forms.EndOf(call.Body.Until, rules), Rules = rules }), _ => ApiAnswer.Ok(new MadeShape(link)), NewLinkShape.Name);
    }

    /// <summary>Null for what is not there and for what is not his: outside they are one.</summary>
    public static async Task<ShareLink?> Mine(Desk desk, Guid link)
        => await desk.Read<ShareLink>(link) is { } found && (found.Owner == desk.User.Id || desk.User.May(Right.RevokeAny)) ? found : null;
}
