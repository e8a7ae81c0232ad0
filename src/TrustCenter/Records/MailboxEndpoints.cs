using Microsoft.Extensions.Options;
using TrustCenter.Mail;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Records;

/// <summary>
/// Outgoing mail. In the demo anybody on this machine reads it, since the prospect's mail lands there. An admin is told what left for whom and what
/// failed, never what it says: with a code he would be the prospect who accepts, or the colleague who approves.
/// </summary>
public static class MailboxEndpoints
{
    private const int Most = 100; // the newest

    public static void MapMailbox(this RouteGroupBuilder platform)
        => platform.MapMethods("/mailbox", ["GET", "HEAD"], Show).For(Reader.Demo).WithName("Mailbox");

    private static async Task<IResult> Show(HttpContext context, DemoStaff demo, StaffSession sessions, MailQueue queue, IOptions<TrustCenterOptions> options)
    {
        var user = await sessions.Find(context);
        var (isAdmin, isDemo) = (user?.May(Right.ReadMail) == true, demo.IsAllowed(context));
        if (!isAdmin && !isDemo) return Answers.Nothing();
        var mails = await queue.Newest(isAdmin ? user!.Scope.Tenant : null, Most, context.RequestAborted);
        return Answers.Page<MailboxPage>(context, Style.Console, 200, new() { ["Mails"] = mails, ["HasServer"] = options.Value.Smtp is not null, ["IsDemo"] = isDemo, ["Console"] = isAdmin ? user!.Paths.Today : null });
    }
}
