using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Operation;

/// <summary>The operator signs in with what only the host's console shows: no account, no password.</summary>
public static class OperatorSignIn
{
    private static readonly Guid Forms = new("00000000-0000-8000-8000-0000000000f7"); // scope of the stamp before there is a session

    public static void MapOperatorSignIn(this RouteGroupBuilder platform)
    {
        platform.MapMethods("/operator/sign-in", ["GET", "HEAD"], (HttpContext context, HostKeys keys, Paths paths) => Page(context, TypedForm.Empty, keys, paths, 200)).For(Reader.Anybody).WithName("OperatorSignIn");
        platform.MapPost("/operator/sessions", Begin).For(Reader.Anybody).WithName("BeginOperatorSession");
    }

    private static async Task<IResult> Begin(HttpContext context, IEngine engine, HostKeys keys, Paths paths, TimeProvider clock)
    {
        if (await SafePost.Form(context, keys.FormStamp(Forms, "sign-in")) is not { } form) return SafePost.Refuse(context);
        var (name, code) = (OperatorCode.Plain(form["name"]), form.Text("code"));
        if (name.Length is 0 or > OperatorCode.LongestName || name.Any(char.IsControl)) form.Add("name", $"Write the name that you gave the command, at most {OperatorCode.LongestName} characters.");
        if (code.Length is 0 or > 40) form.Add("code", "Write the code as the console printed it: four groups of four.");
        if (form.Problems.Count > 0) return Page(context, form, keys, paths, StatusCodes.Status422UnprocessableEntity);

        var session = Guid.CreateVersion7();
        var command = new TryOperatorCode
        {
            Id = Guid.CreateVersion7(), // not the form's: the same form posted again is a second use of the code
            Name = Convert.ToHexStringLower(keys.Lookup(Platform.Scope.Tenant, name)),
            Code = Convert.ToHexStringLower(keys.CodeHash(Platform.Scope.Tenant, $"{name}|{code.ToLowerInvariant()}")),
            IsRight = OperatorCode.Matches(keys, name, code, clock.GetUtcNow()),
            Session = session,
            Person = PersonalRecord.Of(keys, Platform.Scope.Tenant, PersonalRecord.Name, name),
        };
        var number = (await engine.Decide(OperatorSession.Entrance, command, Actor.Operator(session), context.RequestAborted) as Outcome.Done)?.Number ?? OperatorEntrance.Locked;
        if (number == OperatorEntrance.Right)
        {
            await OperatorSession.Begin(context, session);
            return Answers.SeeOther(context, paths.Operator);
        }
        if (number == OperatorEntrance.Locked) Signals.Limit("operator");
        form.Add("code", number switch
        {
            OperatorEntrance.Used => "This code was used already. Print a new one in a few minutes, or under another spelling of your name.",
            OperatorEntrance.Locked => $"Too many wrong codes for this name. Wait {OperatorEntrance.TriesLife.TotalMinutes:0} minutes, or print a code under another spelling of your name.",
            _ => "That is not the code for this name, or it is over. Print a new one on the host’s console.",
        });
        return Page(context, form, keys, paths, StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Page(HttpContext context, TypedForm form, HostKeys keys, Paths paths, int status)
        => Answers.Page<OperatorSignInPage>(context, Style.Console, status, new() { ["Form"] = form, ["Stamp"] = keys.FormStamp(Forms, "sign-in"), ["Paths"] = paths });
}
