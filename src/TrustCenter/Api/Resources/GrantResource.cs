using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Staff;

namespace TrustCenter.Api;

/// <summary>Who may come through a link.</summary>
internal static class GrantResource
{
    public static void MapGrants(RouteGroupBuilder api)
    {
        api.MapMethods("/links/{link:guid}/grants", ApiRoutes.Reading, List).Says(Right.ReadLinks, GrantExamples.List);
        api.MapPost("/links/{link:guid}/grants", Add).Says(Right.Share, GrantExamples.Add);
        api.MapPost("/links/{link:guid}/grant-removals", Remove).Says(Right.ReadLinks, GrantExamples.Remove);
    }

    // At most 55, so one page.
    private static async Task<IResult> List([AsParameters] Desk desk, PersonalRecords personal, Guid link)
    {
        if (await LinkResource.Mine(desk, link) is not { } found) return ApiAnswer.Missing;
        var names = await personal.ReadAll(desk.User.Scope, [.. found.People.Select(p => p.Id)], desk.Stop);
        var grants = found.People.Select(p => new GrantShape(GrantKind.Person, names.GetValueOrDefault(p.Id, PersonalRecords.Forgotten))).Concat(found.Domains.Select(d => new GrantShape(GrantKind.Domain, d)));
        return ApiAnswer.Ok(new ListShape<GrantShape>([.. grants], More: false));
    }

    private static Task<IResult> Add([AsParameters] Desk desk, LinkForm forms, Guid link)
        => Change(desk, forms, link, (id, people, domains) => new AdmitToLink { Id = id, People = people, Domains = domains });

    private static Task<IResult> Remove([AsParameters] Desk desk, LinkForm forms, Guid link)
        => Change(desk, forms, link, (id, people, domains) => new TakeOffLink { Id = id, Lookups = [.. people.Select(p => Convert.ToHexStringLower(p.Lookup))], Domains = domains });

    private static async Task<IResult> Change(Desk desk, LinkForm forms, Guid link, Func<Guid, IReadOnlyList<PersonalRecord>, IReadOnlyList<string>, Command<ShareLink>> command)
    {
        if (await LinkResource.Mine(desk, link) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<GrantsShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var form = call.Body.ToForm();
        var (people, domains) = forms.ReadPeople(form, desk.User.Scope);
        if (form.Problems.Count == 0 && people.Count + domains.Count == 0) form.Add("people", "Say whom: e-mail addresses, or a domain.");
        if (form.Problems.Count > 0) return ApiAnswer.Wrong(form.Problems);
        return ApiAnswer.Of(await desk.Decide(link, command(call.Command, people, domains)), _ => ApiAnswer.Ok(new MadeShape(link)));
    }
}
