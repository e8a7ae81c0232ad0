using System.Net;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using TrustCenter.Journal;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Mail;

/// <summary>Sends what waits, off every request's path; without a mail server the console keeps it.</summary>
public sealed partial class MailWorker(MailQueue queue, IOptions<TrustCenterOptions> options, TimeProvider clock, WorkerBoard board, ILogger<MailWorker> log)
    : Worker("mail", TimeSpan.FromMilliseconds(500), board, log) // a prospect waits for his code
{
    private const int Batch = 20;

    protected override async Task Turn(CancellationToken stop)
    {
        foreach (var mail in await queue.Due(clock.GetUtcNow(), Batch, stop)) await Send(mail, stop);
    }

    private async Task Send(QueuedMail mail, CancellationToken stop)
    {
        await StillMine(stop);
        using var span = Signals.Work("mail");
        if (options.Value.Smtp is not { } smtp)
        {
            await queue.Sent(mail, "kept", stop);
            return;
        }
        try
        {
            using var message = Message(mail, smtp);
            using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.Tls };
            if (smtp.User is not null) client.Credentials = new NetworkCredential(smtp.User, smtp.Password);
            // The client's own Timeout does not hold for asynchronous sending, and its cancelling waits for the server.
            await client.SendMailAsync(message, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(smtp.Seconds), stop);
            await Lease.Regardless(() => queue.Sent(mail, "sent", CancellationToken.None)); // it is sent: nobody needs to send it again
        }
        catch (TimeoutException)
        {
            Log.LogWarning("The mail server gave no answer within {Seconds} seconds.", smtp.Seconds);
            await queue.Failed(mail, $"The mail server gave no answer within {smtp.Seconds} seconds.", clock.GetUtcNow(), stop);
        }
        catch (Exception failed) when (failed is SmtpException or FormatException or ArgumentException or InvalidOperationException)
        {
            var problem = ConsoleText.Clean(Address().Replace(failed.Message, "(address)")); // servers repeat whom it was for, and say what they like
            Log.LogWarning("A mail could not be sent: {Problem}", problem);
            await queue.Failed(mail, problem, clock.GetUtcNow(), stop);
        }
    }

    [GeneratedRegex(@"[^\s<>""']+@[^\s<>""':;,]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    private static MailMessage Message(QueuedMail mail, SmtpOptions smtp)
    {
        var message = new MailMessage(smtp.From, mail.Content.Recipient, MailHeader.Clean(mail.Content.Subject), mail.Content.Body);
        message.Headers.Add("Message-ID", $"<{mail.Id:N}@{new MailAddress(smtp.From).Host}>"); // the same at every attempt
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office answers
        return message;
    }
}
