using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Links;

/// <summary>Changing who may open a link.</summary>
public static class PeopleEndpoints
{
    public static void MapLinkPeople(this RouteGroupBuilder console)
    {
        console.MapMethods("/links/{link:guid}/people", ["GET", "HEAD"], Show).Needs(Right.ReadLinks).WithName("LinkPeople");
        console.MapPost("/links/{link:guid}/people", Change).Needs(Right.ReadLinks).WithName("ChangeLinkPeople");
    }

    private static async Task<IResult> Show([AsParameters] Desk desk, Guid link, PersonalRecords personal)
        => await Mine(desk, link) is { } found ? await Page(desk, link, found, personal, TypedForm.Empty, 200) : Answers.Nothing();

    private static async Task<IResult> Change([AsParameters] Desk desk, Guid link, PersonalRecords personal, LinkForm forms)
    {
        if (await Mine(desk, link) is not { } found) return Answers.Nothing();
        var form = await TypedForm.Read(desk.Context);
        var (add, domains) = forms.ReadPeople(form, desk.User.Scope);
        // Whoever may revoke any link may take people off it; letting somebody in is sharing.
        if (!desk.User.May(Right.Share) && (add.Count > 0 || domains.Except(found.Domains).Any())) form.Add("", "You may take people off this list. Whoever shares with customers adds them.");
        var keep = form.All("keep").Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).ToList();
        if (form.Problems.Count == 0)
            switch (await desk.Decide(link, new ChangeLinkPeople { Id = form.Command, Keep = keep, Add = add, Domains = domains }))
            {
                case Outcome.Done: return Answers.SeeOther(desk.Context, desk.User.Paths.Link(link));
                case Outcome.Refused refused: form.Add(refused.Problems); break;
                default: return Answers.Nothing();
            }
        return await Page(desk, link, found, personal, form, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<ShareLink?> Mine(Desk desk, Guid link)
        => await desk.Read<ShareLink>(link) is { } found && (found.Owner == desk.User.Id || desk.User.May(Right.RevokeAny)) ? found : null;

    private static async Task<IResult> Page(Desk desk, Guid id, ShareLink link, PersonalRecords personal, TypedForm form, int status)
    {
        var names = await personal.ReadAll(desk.User.Scope, [.. link.People.Select(p => p.Id)], desk.Stop);
        return desk.Context.ConsolePage<LinkPeoplePage>(new()
        {
            ["Id"] = id, ["Link"] = link, ["Form"] = form, ["People"] = link.People.Select(p => (p.Id.ToString("D"), names.GetValueOrDefault(p.Id, PersonalRecords.Forgotten))).ToList(),
        }, status);
    }
}
