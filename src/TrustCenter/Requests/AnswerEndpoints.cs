using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Requests;

/// <summary>Answering requests, in the console.</summary>
public static class AnswerEndpoints
{
    public static void MapAnswers(this RouteGroupBuilder console)
    {
        var requests = console.MapGroup("/requests").Needs(Right.DecideRequests);
        requests.MapMethods("", ["GET", "HEAD"], List).WithName("Requests");
        requests.MapMethods("/{request:guid}", ["GET", "HEAD"], Show).WithName("ConsoleRequest");
        requests.MapPost("/{request:guid}/answers", Answer).WithName("AnswerRequest");
    }

    private static async Task<IResult> List([AsParameters] Desk desk, RequestQueue queue)
    {
        var (waiting, answered) = await queue.Read(desk.User.Scope, desk.Stop);
        return desk.Context.ConsolePage<RequestsPage>(new() { ["Waiting"] = waiting, ["Answered"] = answered, ["Hours"] = (await desk.Engine.Settings(desk.User.Scope, desk.Stop)).Hours, ["Now"] = desk.Clock.GetUtcNow() });
    }

    private static async Task<IResult> Show([AsParameters] Desk desk, Guid request, RequestView views)
        => await views.Find(desk, request) is { } view ? Page(desk, view, TypedForm.Empty, StatusCodes.Status200OK) : Answers.Nothing();

    private static async Task<IResult> Answer([AsParameters] Desk desk, Guid request, RequestView views, RequestGrant grant, HostKeys keys)
    {
        if (await views.Find(desk, request) is not { } view) return Answers.Nothing();
        var (user, form) = (desk.User, await TypedForm.Read(desk.Context));
        var (kind, words, link) = (form.Word<RequestAnswer>("answer"), form.Text("words"), (ShareLink?)null);
        if (kind is null) form.Add("answer", "Choose an answer.");
        else if (view.Address is null) form.Add("", "This person was forgotten. There is nobody to answer.");
        else if (kind == RequestAnswer.Granted && view.Request.Answer is null) link = await grant.Make(user, request, view.Address, [.. view.Offered.Select(d => d.Id)], form, desk.Stop);
        if (form.Problems.Count > 0) return Page(desk, view, form, StatusCodes.Status422UnprocessableEntity);

        var told = words.Length == 0 ? null : PersonalRecord.Of(keys, user.Scope.Tenant, "answer", words) with { Lookup = Convert.FromHexString(view.Request.Lookup) }; // forgotten with the address
        var mail = link is null ? RequestLetters.Answered(user.Vendor, view.Address!, user.Member.Name, words)
            : RequestLetters.Granted(user.Vendor, view.Address!, user.Member.Name, await grant.AddressOf(user, form.Command, desk.Stop), link.Expires, words);
        var outcome = await desk.Decide(request, new AnswerRequest { Id = form.Command, Kind = kind!.Value, Link = link is null ? null : form.Command, Words = told, Mail = mail });
        if (outcome is Outcome.Done) return Answers.SeeOther(desk.Context, user.Paths.ConsoleRequest(request));
        if (link is not null) await grant.TakeBack(user, form.Command, desk.Stop);
        if (outcome is not Outcome.Refused refused) return Answers.Nothing();
        form.Add(refused.Problems);
        return Page(desk, (await views.Find(desk, request))!, form, StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Page(Desk desk, RequestShown view, TypedForm form, int status) => desk.Context.ConsolePage<RequestPage>(new() { ["View"] = view, ["Form"] = form }, status);
}
