using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Links;

public static class LinkEndpoints
{
    public static void MapLinks(this RouteGroupBuilder console)
    {
        console.MapMethods("/links", ["GET", "HEAD"], List).Needs(Right.ReadLinks).WithName("Links");
        console.MapMethods("/links/new", ["GET", "HEAD"], New).Needs(Right.Share).WithName("NewLink");
        console.MapPost("/links", Create).Needs(Right.Share).WithName("CreateLink");
        console.MapMethods("/links/{link:guid}", ["GET", "HEAD"], Show).Needs(Right.ReadLinks).WithName("Link");
        console.MapPost("/links/{link:guid}/revocations", Revoke).Needs(Right.ReadLinks).WithName("RevokeLink");
        console.MapPost("/links/{link:guid}/prolongations", Prolong).Needs(Right.Share).WithName("ProlongLink");
        console.MapLinkApprovals();
        console.MapMethods("/links/{link:guid}/summary", ["GET", "HEAD"], Summary).Needs(Right.ReadLinks).WithName("LinkSummary");
        console.MapLinkPeople();
    }

    private static async Task<IResult> List(HttpContext context, LinkList links, TenantStandings standings)
    {
        var user = context.ConsoleUser();
        return context.ConsolePage<LinksPage>(new() { ["Links"] = await links.Read(user, context.Request.Query, context.RequestAborted), ["Suspended"] = (await standings.Find(user.Scope.Tenant, context.RequestAborted)).LinksSuspended });
    }

    private static async Task<IResult> New(HttpContext context, LinkForm forms)
        => Form(context, TypedForm.Empty, await forms.Choices(context.ConsoleUser().Scope, context.RequestAborted), 200);

    private static async Task<IResult> Create(HttpContext context, LinkForm forms, SummaryWriter summaries, IEngine engine)
    {
        var (user, form, stop) = (context.ConsoleUser(), await TypedForm.Read(context), context.RequestAborted);
        var choices = await forms.Choices(user.Scope, stop);
        var id = user.Scope.Id<ShareLink>(form.Command);
        // The same form again: the link is there already, and a second summary would only cost.
        if (await engine.Read<ShareLink>(id, stop) is not null) return Answers.SeeOther(context, user.Paths.Link(form.Command));
        var (link, people) = forms.Read(form, user, choices, form.Command);
        if (form.Problems.Count > 0) return Form(context, form, choices, StatusCodes.Status422UnprocessableEntity);

        var (written, missing) = form["summary"] == "yes" ? await summaries.Write(user, link.Account, link.NextStep, LinkForm.Paper(form, user.Vendor), stop) : default;
        if (missing is not null)
        {
            form.Add("summary", missing + " You can make the link without a summary: untick it.");
            return Form(context, form, choices, StatusCodes.Status422UnprocessableEntity);
        }
        switch (await engine.Decide(id, new CreateLink { Id = form.Command, Link = link with { Summary = written?.Stored, Edition = written?.Edition }, People = people, Files = written is null ? [] : [written.File], Rules = choices.Rules }, user.Actor, stop))
        {
            case Outcome.Done:
                return Answers.SeeOther(context, user.Paths.Link(form.Command));
            case Outcome.Refused refused:
                form.Add(refused.Problems);
                return Form(context, form, choices, StatusCodes.Status422UnprocessableEntity);
            default:
                return Answers.Nothing();
        }
    }

    private static async Task<IResult> Show([AsParameters] LinkDesk desk, Guid link)
        => await Mine(desk.User, link, desk.Engine, desk.Stop) is { } found ? await desk.Page(link, found, TypedForm.Empty, 200) : Answers.Nothing();

    private static async Task<IResult> Revoke(HttpContext context, Guid link, IEngine engine)
    {
        var (user, form) = (context.ConsoleUser(), await TypedForm.Read(context));
        if (await Mine(user, link, engine, context.RequestAborted) is null) return Answers.Nothing();
        await engine.Decide(user.Scope.Id<ShareLink>(link), new RevokeLink { Id = form.Command }, user.Actor, context.RequestAborted);
        return Answers.SeeOther(context, user.Paths.Link(link));
    }

    private static async Task<IResult> Prolong([AsParameters] LinkDesk desk, LinkForm forms, Guid link)
    {
        if (await Mine(desk.User, link, desk.Engine, desk.Stop) is not { } found) return Answers.Nothing();
        var (form, rules) = (await TypedForm.Read(desk.Context), (await desk.Engine.Settings(desk.User.Scope, desk.Stop)).Links);
        var end = forms.ReadEnd(form, rules);
        if (form.Problems.Count == 0)
            switch (await desk.Engine.Decide(desk.User.Scope.Id<ShareLink>(link), new ProlongLink { Id = form.Command, Expires = end, Rules = rules }, desk.User.Actor, desk.Stop))
            {
                case Outcome.Done: return Answers.SeeOther(desk.Context, desk.User.Paths.Link(link));
                case Outcome.Refused refused: form.Add(refused.Problems); break;
                default: return Answers.Nothing();
            }
        return await desk.Page(link, found, form, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Summary(HttpContext context, Guid link, IEngine engine, SummaryWriter summaries, FileStore files)
    {
        var user = context.ConsoleUser();
        if (await Mine(user, link, engine, context.RequestAborted) is not { Summary: not null } found) return Answers.Nothing();
        var (current, missing) = await summaries.Current(user.Scope, link, found, context.RequestAborted);
        if (current?.Summary is not { } summary) return Answers.Later(context, missing!);
        if (await files.ReadAll(user.Scope, summary.Sha, context.RequestAborted) is not { } bytes) return Answers.Nothing();
        // Shown within the link's own page: a viewer draws nothing inside a sandbox. It is a file that we wrote.
        var isWithin = context.Request.Query["within"] == "page";
        Answers.Private(context.Response, isWithin ? "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'" : "sandbox; default-src 'none'");
        return Results.File(bytes, summary.ContentType, isWithin ? null : summary.Name);
    }

    // A rep sees his own links; whoever may revoke any sees all (DESIGN, section 7).
    internal static async Task<ShareLink?> Mine(ConsoleUser user, Guid link, IEngine engine, CancellationToken stop)
        => await engine.Read<ShareLink>(user.Scope.Id<ShareLink>(link), stop) is { } found && (found.Owner == user.Id || user.May(Right.RevokeAny)) ? found : null;

    private static IResult Form(HttpContext context, TypedForm form, LinkChoices choices, int status)
        => context.ConsolePage<NewLinkPage>(new() { ["Form"] = form, ["Choices"] = choices, ["Deal"] = context.Request.Query["deal"].ToString() }, status);
}
