using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Pages;
using TrustCenter.Prospects;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Requests;

/// <summary>Asking for access, on the vendor's host: the form, the code, and when an answer is due. A request is there for the browser that asked, and for nobody else.</summary>
public static class RequestEndpoints
{
    public static void MapRequests(this RouteGroupBuilder vendor)
    {
        vendor.MapMethods("/requests", ["GET", "HEAD"], Form).For(Reader.Prospect).WithName("NewRequest");
        vendor.MapPost("/requests", Ask).For(Reader.Prospect).WithName("AskAccess");
        vendor.MapMethods("/requests/{request:guid}", ["GET", "HEAD"], Show).For(Reader.Prospect).WithName("Request");
        vendor.MapPost("/requests/{request:guid}/code-tries", TryCode).For(Reader.Prospect).WithName("TryRequestCode");
    }

    private static Task<IResult> Form(HttpContext context, RequestDesk desk, IEngine engine, HostKeys keys, Paths paths) => AskPage(context, desk, engine, keys, paths, TypedForm.Empty, 200);

    private static async Task<IResult> Ask(HttpContext context, RequestDesk desk, IEngine engine, HostKeys keys, IOptions<TrustCenterOptions> options, Paths paths)
    {
        var (scope, stop) = (context.Scope(), context.RequestAborted);
        if (await OurForm(context, keys, scope.Tenant, "requests") is not { } form) return SafePost.Refuse(context);
        var settings = await engine.Settings(scope, stop);
        var (words, documents) = (RequestWords.Of(form), form.All("documents").Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Distinct().ToList());
        if (!EmailAddress.TryParse(form.Text("email"), out var address)) form.Add("email", "Write your work e-mail address, such as ana@company.com.");
        form.Add(words.Problems());
        if (documents.Except((await desk.Gated(scope, stop)).Select(d => d.Id)).Any()) form.Add("documents", "One of the documents is not offered here. Choose from the list.");
        if (documents.Count + words.Why.Length == 0) form.Add("documents", "Choose a document, or say below what you need.");
        if (form["notice"] != settings.Notice.Hash) form.Add("", "What we record, and for how long, was changed a moment ago. Please read it again below.");
        if (form.Problems.Count > 0) return await AskPage(context, desk, engine, keys, paths, form, StatusCodes.Status422UnprocessableEntity);

        var shown = new NoticeShown(settings.Notice.Number, settings.Notice.Hash, settings.Retention.People, settings.Retention.Acceptances);
        if (await desk.Begin(scope, await VendorOf(context, engine), address!, words, documents, Peer.NetworkOf(Peer.Of(context, options.Value)), shown, form.Command, stop) is not var (request, secret))
        {
            form.Add("email", AskLimits.Refusal);
            return await AskPage(context, desk, engine, keys, paths, form, StatusCodes.Status429TooManyRequests);
        }
        VisitCookie.Write(context.Response, request, secret);
        return Answers.SeeOther(context, paths.Request(request));
    }

    private static async Task<IResult> Show(HttpContext context, Guid request, IEngine engine, HostKeys keys, Paths paths, TimeProvider clock)
        => await Mine(context, request, engine, clock) is { } found ? await StatusPage(context, request, found, engine, keys, paths, clock, TypedForm.Empty, 200) : Answers.Nothing();

    private static async Task<IResult> TryCode(HttpContext context, Guid request, RequestDesk desk, IEngine engine, HostKeys keys, Paths paths, TimeProvider clock)
    {
        if (await Mine(context, request, engine, clock) is not { } found) return Answers.Nothing();
        if (await OurForm(context, keys, request, found.Secret) is not { } form) return SafePost.Refuse(context);
        var (secret, id) = (VisitCookie.NewSecret(), context.Scope().Id<AccessRequest>(request));
        if (MailedCode.Digits(form["code"]) is not { } digits) form.Add("code", "The code has six digits.");
        else
            switch (await desk.Try(context.Scope(), await VendorOf(context, engine), request, found, digits, secret, form.Command, context.RequestAborted))
            {
                case Outcome.Done { Number: MailedCode.Right }:
                    // A double click proves once; the second answer must not take the first one's cookie away.
                    if ((await engine.Read<AccessRequest>(id, context.RequestAborted))!.IsOf(secret, clock.GetUtcNow())) VisitCookie.Write(context.Response, request, secret);
                    return Answers.SeeOther(context, paths.Request(request));
                case Outcome.Done wrong: form.Add("code", MailedCode.Says(wrong.Number, "Ask again for a new one.")); break;
                case Outcome.Refused refused: form.Add(refused.Problems); break;
                default: return Answers.Nothing();
            }
        return await StatusPage(context, request, (await engine.Read<AccessRequest>(id, context.RequestAborted))!, engine, keys, paths, clock, form, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<AccessRequest?> Mine(HttpContext context, Guid request, IEngine engine, TimeProvider clock)
        => await engine.Read<AccessRequest>(context.Scope().Id<AccessRequest>(request), context.RequestAborted) is { } found && found.IsOf(VisitCookie.Read(context.Request, request), clock.GetUtcNow()) ? found : null;

    // The form, when it comes from a page of ours; else null.
    private static Task<TypedForm?> OurForm(HttpContext context, HostKeys keys, Guid stamped, string purpose)
        => SafePost.Form(context, keys.FormStamp(stamped, purpose));

    private static async Task<Vendor> VendorOf(HttpContext context, IEngine engine) => (await engine.Read<Vendor>(context.Scope().Id<Vendor>(Vendor.Only), context.RequestAborted))!;

    private static async Task<IResult> AskPage(HttpContext context, RequestDesk desk, IEngine engine, HostKeys keys, Paths paths, TypedForm form, int status)
    {
        var (scope, vendor) = (context.Scope(), await VendorOf(context, engine));
        return Answers.Page<AskPage>(context, Style.WithAccent(Style.Inner, vendor.Accent), status, new()
        {
            ["Frame"] = Frame.Of(vendor, paths), ["Stamp"] = keys.FormStamp(scope.Tenant, "requests"), ["Form"] = form, ["Documents"] = await desk.Gated(scope, context.RequestAborted),
            ["Notice"] = (await engine.Settings(scope, context.RequestAborted)).Notice, ["Chosen"] = context.Request.Query["document"].ToString(),
        });
    }

    private static async Task<IResult> StatusPage(HttpContext context, Guid id, AccessRequest request, IEngine engine, HostKeys keys, Paths paths, TimeProvider clock, TypedForm form, int status)
    {
        var vendor = await VendorOf(context, engine);
        return Answers.Page<StatusPage>(context, Style.WithAccent(Style.Inner, vendor.Accent), status, new()
        {
            ["Frame"] = Frame.Of(vendor, paths), ["Stamp"] = keys.FormStamp(id, request.Secret), ["Form"] = form, ["Id"] = id, ["Request"] = request,
            ["IsOver"] = MailedCode.IsOver(request.CodeHash, request.Asked, clock.GetUtcNow()), ["Hours"] = (await engine.Settings(context.Scope(), context.RequestAborted)).Hours,
        });
    }
}
