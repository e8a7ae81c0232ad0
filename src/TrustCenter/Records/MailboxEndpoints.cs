using Microsoft.Extensions.Options;
using TrustCenter.Mail;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Records;

/// <summary>The reader of outgoing mail: for the admin, and in the demo for anybody on this machine, since the prospect's mail lands there.</summary>
public static class MailboxEndpoints
{
    private const int Most = 100; // the newest

    public static void MapMailbox(this RouteGroupBuilder platform)
        => platform.MapMethods("/mailbox", ["GET", "HEAD"], Show).For(Reader.Demo).WithName("Mailbox");

    private static async Task<IResult> Show(HttpContext context, DemoStaff demo, StaffSession sessions, MailQueue queue, IOptions<TrustCenterOptions> options)
    {
        var user = await sessions.Find(context);
        var isAdmin = user?.May(Right.ReadMail) == true;
        if (!isAdmin && !demo.IsAllowed(context)) return Answers.Nothing();
        var mails = await queue.Newest(isAdmin ? user!.Scope.Tenant : null, Most, context.RequestAborted);
        return Answers.Page<MailboxPage>(context, Style.Console, 200, new() { ["Mails"] = mails, ["HasServer"] = options.Value.Smtp is not null });
    }
}
