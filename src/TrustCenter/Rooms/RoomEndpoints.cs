using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Pages;
using TrustCenter.Prospects;
using TrustCenter.Web;

namespace TrustCenter.Rooms;

/// <summary>The room behind a link. Every route asks the gate first; what it closes looks like an address that never was.</summary>
public static class RoomEndpoints
{
    public static void MapRooms(this RouteGroupBuilder vendor)
    {
        var room = vendor.MapGroup("/room/{visit:guid}");
        room.MapMethods("", ["GET", "HEAD"], Show).For(Reader.Prospect).WithName("Room").WithWay<RoomWay>((way, context, doors) => way.Answer(context, doors));
        room.MapPost("/code-tries", TryCode).For(Reader.Prospect).WithName("TryCode");
        room.MapPost("/acceptances", Accept).For(Reader.Prospect).WithName("AcceptAgreement");
        room.MapPost("/next-steps", Follow).For(Reader.Prospect).WithName("FollowNextStep");
        room.MapDownloads();
    }

    private static async Task<IResult> Show(HttpContext context, Guid visit, Gate gate, RoomView view, VisitRecorder recorder)
    {
        var answer = await Ask(context, visit, gate);
        if (answer.Step == GateStep.Closed) return Answers.Nothing();
        var page = await view.Page(context, answer, TypedForm.Empty, 200);
        if (page is HeldRoom room && HttpMethods.IsGet(context.Request.Method)) recorder.Seen(context.Scope(), answer, room);
        return page;
    }

    private static async Task<IResult> TryCode(HttpContext context, Guid visit, Gate gate, RoomView view, IEngine engine, HostKeys keys, Paths paths)
    {
        var answer = await Ask(context, visit, gate);
        if (answer.Step == GateStep.Closed) return Answers.Nothing();
        if (await OurForm(context, answer, keys) is not { } form) return SafePost.Refuse(context);
        if (answer.Step != GateStep.Code) return Answers.SeeOther(context, paths.Room(visit));
        var secret = VisitCookie.NewSecret();
        var id = context.Scope().Id<Visit>(visit);
        if (MailedCode.Digits(form["code"]) is not { } typed)
        {
            form.Add("code", "The code has six digits.");
            return await view.Page(context, answer, form, StatusCodes.Status422UnprocessableEntity);
        }
        var command = new TryCode { Id = form.Command, Target = id, CodeHash = Convert.ToHexStringLower(keys.CodeHash(visit, typed)), NextSecret = Visit.HashOf(secret) };
        switch (await engine.Decide(id, command, Actor.Prospect(visit), context.RequestAborted))
        {
            case Outcome.Done { Number: MailedCode.Right }:
                // A double click proves once; the second answer must not take the first one's cookie away.
                if ((await engine.Read<Visit>(id, context.RequestAborted))!.Holds(secret)) VisitCookie.Write(context.Response, visit, secret);
                return Answers.SeeOther(context, paths.Room(visit));
            case Outcome.Done wrong:
                form.Add("code", MailedCode.Says(wrong.Number, "Open the link from your mail again and ask for a new one."));
                break;
            case Outcome.Refused refused:
                form.Add(refused.Problems);
                break;
            default:
                return Answers.Nothing();
        }
        var now = answer with { Visit = await engine.Read<Visit>(id, context.RequestAborted) };
        return await view.Page(context, now, form, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Accept(HttpContext context, Guid visit, Gate gate, RoomView view, IEngine engine, HostKeys keys, IOptions<TrustCenterOptions> options, Paths paths)
    {
        var answer = await Ask(context, visit, gate);
        if (answer.Step is GateStep.Closed or GateStep.Code) return Answers.Nothing();
        if (await OurForm(context, answer, keys) is not { } form) return SafePost.Refuse(context);
        if (answer is not { Step: GateStep.Agreement, Agreement: { } agreement }) return Answers.SeeOther(context, paths.Room(visit));
        if (form["hash"] != agreement.Hash) form.Add("agree", "The agreement was changed meanwhile. Please read this version.");
        else if (form["agree"] != "yes") form.Add("agree", "Tick the box if you accept; otherwise ask your contact for another way.");
        if (form.Problems.Count > 0) return await view.Page(context, answer, form, StatusCodes.Status422UnprocessableEntity);

        var secret = VisitCookie.NewSecret();
        var id = context.Scope().Id<Visit>(visit);
        var agent = context.Request.Headers.UserAgent.ToString();
        var command = new AcceptAgreement
        {
            Id = form.Command, Target = id, Version = agreement.Number, Hash = agreement.Hash, NextSecret = Visit.HashOf(secret),
            Address = Peer.Of(context, options.Value).ToString(), Agent = agent.Length > 200 ? agent[..200] : agent,
        };
        if (await engine.Decide(id, command, Actor.Prospect(visit), context.RequestAborted) is not Outcome.Done) return Answers.Nothing();
        // A double click is one record; the second answer must not take the first one's cookie away.
        if ((await engine.Read<Visit>(id, context.RequestAborted))!.Holds(secret)) VisitCookie.Write(context.Response, visit, secret);
        return Answers.SeeOther(context, paths.Room(visit));
    }

    private static async Task<IResult> Follow(HttpContext context, Guid visit, Gate gate, IEngine engine, HostKeys keys)
    {
        var answer = await Ask(context, visit, gate);
        if (answer is not { Step: GateStep.Room, Link.NextStep: { } step }) return Answers.Nothing();
        if (await OurForm(context, answer, keys) is not { } form) return SafePost.Refuse(context);
        var id = context.Scope().Id<Visit>(visit);
        await engine.Decide(id, new FollowNextStep { Id = form.Command, Target = id, Label = step.Label }, Actor.Prospect(visit), context.RequestAborted);
        return Answers.SeeOther(context, step.Address);
    }

    internal static ValueTask<GateAnswer> Ask(HttpContext context, Guid visit, Gate gate)
        => gate.Ask(context.Scope(), visit, VisitCookie.Read(context.Request, visit), context.RequestAborted);

    /// <summary>The form, when it comes from a page that this visit was shown; else null.</summary>
    internal static Task<TypedForm?> OurForm(HttpContext context, GateAnswer answer, HostKeys keys)
        => SafePost.Form(context, Stamp(answer, keys));

    internal static string Stamp(GateAnswer answer, HostKeys keys) => keys.FormStamp(answer.VisitId, answer.Visit!.Secret);
}
