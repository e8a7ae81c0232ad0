using TrustCenter.Web;

namespace TrustCenter.Mail;

public static class MailboxEndpoints
{
    public static void MapMailbox(this RouteGroupBuilder platform) { }
}
