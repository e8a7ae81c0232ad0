using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Mail;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Rooms;

/// <summary>The address that a rep sends. Opening it changes nothing and sets no cookie: mail scanners open every link (ABUSE T-009).</summary>
public static class ShareEndpoints
{
    public static void MapShare(this RouteGroupBuilder vendor)
    {
        vendor.MapMethods("/s/{token}", ["GET", "HEAD"], Show).For(Reader.Prospect).WithName("ShareLink");
        vendor.MapPost("/s/{token}", AskCode).For(Reader.Prospect).WithName("AskCode");
    }

    private static async Task<IResult> Show(HttpContext context, string token, LinkDoor door, IEngine engine, HostKeys keys, Paths paths)
    {
        var scope = context.Scope();
        if (await door.Find(scope, token, context.RequestAborted) is not { } found) return Answers.Nothing();
        return await Page(context, engine, keys, paths, token, found.Id, found.Link, TypedForm.Empty, 200);
    }

    private static async Task<IResult> AskCode(HttpContext context, string token, LinkDoor door, CodeDesk desk, IEngine engine, HostKeys keys, IOptions<TrustCenterOptions> options, Paths paths)
    {
        var scope = context.Scope();
        if (await door.Find(scope, token, context.RequestAborted) is not { } found) return Answers.Nothing();
        if (await SafePost.Form(context, keys.FormStamp(found.Id, "share")) is not { } form) return SafePost.Refuse(context);
        if (!EmailAddress.TryParse(form.Text("email"), out var address))
        {
            form.Add("email", "Write your work e-mail address, such as ana@company.com.");
            return await Page(context, engine, keys, paths, token, found.Id, found.Link, form, StatusCodes.Status422UnprocessableEntity);
        }
        var settings = await engine.Settings(scope, context.RequestAborted);
        if (form["notice"] != settings.Notice.Hash)
        {
            form.Add("", "What we record, and for how long, was changed a moment ago. Please read it again below.");
            return await Page(context, engine, keys, paths, token, found.Id, found.Link, form, StatusCodes.Status422UnprocessableEntity);
        }
        var vendor = await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), context.RequestAborted);
        var network = Peer.NetworkOf(Peer.Of(context, options.Value));
        var shown = new NoticeShown(settings.Notice.Number, settings.Notice.Hash, settings.Retention.People, settings.Retention.Acceptances);
        if (await desk.Begin(scope, vendor!, found.Id, found.Link, address, network, shown, form.Command, context.RequestAborted) is not var (visit, secret))
        {
            form.Add("email", AskLimits.Refusal);
            return await Page(context, engine, keys, paths, token, found.Id, found.Link, form, StatusCodes.Status429TooManyRequests);
        }
        VisitCookie.Write(context.Response, visit, secret);
        return Answers.SeeOther(context, paths.Room(visit));
    }

    internal static async Task<IResult> Page(HttpContext context, IEngine engine, HostKeys keys, Paths paths, string token, Guid linkId, ShareLink link, TypedForm form, int status, ViewedAs? viewed = null)
    {
        var scope = context.Scope();
        var vendor = (await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), context.RequestAborted))!;
        var rep = await engine.Read<StaffMember>(scope.Id<StaffMember>(link.Owner), context.RequestAborted);
        return Answers.Page<SharePage>(context, Style.WithAccent(Style.Page, vendor.Accent), status, new()
        {
            ["Vendor"] = vendor, ["Logo"] = ViewedAs.Logo(viewed, vendor, paths), ["Rep"] = rep?.Name ?? vendor.Name, ["Link"] = link, ["Action"] = paths.Share(token), ["Stamp"] = keys.FormStamp(linkId, "share"), ["Form"] = form, ["Viewed"] = viewed,
            ["Notice"] = (await engine.Settings(scope, context.RequestAborted)).Notice,
        });
    }
}
