using TrustCenter.Deals;
using TrustCenter.Keys;
using TrustCenter.Staff;

namespace TrustCenter.Api;

/// <summary>Who came, and what they did: of a link, and of a deal.</summary>
internal static class TouchResource
{
    public static void MapTouches(RouteGroupBuilder api)
    {
        api.MapMethods("/links/{link:guid}/visits", ApiRoutes.Reading, Visits).Says(Right.ReadLinks, LinkExamples.Visits);
        api.MapMethods("/links/{link:guid}/touches", ApiRoutes.Reading, OfLink).Says(Right.ReadLinks, LinkExamples.Touches);
        api.MapMethods("/deals/{deal:guid}/touches", ApiRoutes.Reading, OfDeal).Says(Right.ReadDeals, DealExamples.Touches);
    }

    private static async Task<IResult> Visits([AsParameters] Desk desk, HostKeys keys, PersonalRecords personal, Guid link)
    {
        if (await LinkResource.Mine(desk, link) is null) return ApiAnswer.Missing;
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, $"visits|{link:N}");
        if (paging is null) return refusal!;
        var (utc, id) = paging.AfterTime;
        var rows = await desk.Store.Query(sql => sql.Query("select id, person, stage, asked, proven, accepted from visit_rows where tenant = @tenant and link = @link and (asked > @utc or asked = @utc and id > @id) order by asked, id limit @most",
            r => (Id: r.Id(0), Person: r.Id(1), Stage: Enum.Parse<VisitStage>(r.Text(2)), Asked: r.Time(3), Proven: r.TimeOrNull(4), Accepted: r.TimeOrNull(5)),
            ("@tenant", desk.User.Scope.Tenant), ("@link", link), ("@utc", utc), ("@id", id), ("@most", paging.Fetched)), desk.Stop);
        var names = await personal.ReadAll(desk.User.Scope, [.. rows.Select(r => r.Person)], desk.Stop);
        return paging.Page(keys, rows, r => ApiPaging.At(r.Asked, r.Id), r => new VisitShape(r.Id, Name(names, r.Person), r.Stage, r.Asked, r.Proven, r.Accepted));
    }

    private static async Task<IResult> OfLink([AsParameters] Desk desk, HostKeys keys, PersonalRecords personal, Guid link)
        => await LinkResource.Mine(desk, link) is null ? ApiAnswer.Missing : await Touches(desk, keys, personal, "link", link);

    private static async Task<IResult> OfDeal([AsParameters] Desk desk, HostKeys keys, PersonalRecords personal, Guid deal)
        => await desk.Read<Deal>(deal) is null ? ApiAnswer.Missing : await Touches(desk, keys, personal, "deal", deal);

    /// <param name="column">A name from here, never from input.</param>
    private static async Task<IResult> Touches(Desk desk, HostKeys keys, PersonalRecords personal, string column, Guid of)
    {
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, $"touches|{column}|{of:N}");
        if (paging is null) return refusal!;
        var (utc, id) = paging.AfterTime;
        var rows = await desk.Store.Query(sql => sql.Query($"select id, utc, link, deal, visit, person, what, about, about_id from touch_rows where tenant = @tenant and {column} = @of and (utc > @utc or utc = @utc and id > @id) order by utc, id limit @most",
            Row.Of, ("@tenant", desk.User.Scope.Tenant), ("@of", of), ("@utc", utc), ("@id", id), ("@most", paging.Fetched)), desk.Stop);
        var names = await personal.ReadAll(desk.User.Scope, [.. rows.Select(r => r.Person).OfType<Guid>()], desk.Stop);
        return paging.Page(keys, rows, r => ApiPaging.At(r.At, r.Id), r => new TouchShape(r.Id, r.At, r.Link, r.What, r.About, r.Person is { } person ? Name(names, person) : null, r.Deal, r.Visit, r.AboutId));
    }

    private static string Name(Dictionary<Guid, string> names, Guid person) => names.GetValueOrDefault(person, PersonalRecords.Forgotten);

    private sealed record Row(Guid Id, DateTimeOffset At, Guid Link, Guid? Deal, Guid? Visit, Guid? Person, string What, string About, Guid? AboutId)
    {
        public static Row Of(Store.Row r) => new(r.Id(0), r.Time(1), r.Id(2), r.IdOrNull(3), r.IdOrNull(4), r.IdOrNull(5), r.Text(6), r.Text(7), r.IdOrNull(8));
    }
}
