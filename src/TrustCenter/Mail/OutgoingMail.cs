namespace TrustCenter.Mail;

/// <summary>A mail that leaves with its decision. At least one copy is sent per request; the id becomes its Message-ID.</summary>
/// <param name="Recipient">The very string that passed the allow-list (ABUSE T-017).</param>
public sealed record OutgoingMail(Guid Id, string Recipient, string Subject, string Body)
{
    public override string ToString() => $"mail:{Id:N}"; // never the content
}
