using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrustCenter.Mail;

/// <summary>Recipient, subject and body as they lie in the queue: sealed, since they are personal and may hold a code.</summary>
public sealed record MailContent(string Recipient, string Subject, string Body)
{
    public static byte[] Write(OutgoingMail mail)
        => JsonSerializer.SerializeToUtf8Bytes(new MailContent(mail.Recipient, mail.Subject, mail.Body), MailJson.Default.MailContent);

    public static MailContent Read(byte[] clear) => JsonSerializer.Deserialize(clear, MailJson.Default.MailContent)!;

    public override string ToString() => "mail content"; // never the content: records are easily logged
}

[JsonSerializable(typeof(MailContent))]
internal sealed partial class MailJson : JsonSerializerContext;
