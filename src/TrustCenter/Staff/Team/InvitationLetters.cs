using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Prospects;
using TrustCenter.Staff.SignIn;
using TrustCenter.Web;

namespace TrustCenter.Staff.Team;

/// <summary>Writes invitations, and keeps the address that they go to sealed.</summary>
public sealed class InvitationLetters(HostKeys keys, PersonalRecords people, IOptions<TrustCenterOptions> options, Paths paths)
{
    private const int TokenBytes = 32; // random; only the hash stays here

    public PersonalRecord Record(ConsoleUser user, EmailAddress address) => PersonalRecord.Of(keys, user.Scope.Tenant, PersonalRecord.Email, address.Value);

    /// <summary>Null when there is none, or when it was forgotten.</summary>
    public async Task<string?> AddressOf(ConsoleUser user, StaffMember member, CancellationToken stop)
        => member.Person is { } person ? await people.Read(user.Scope, person, stop) : null;

    /// <summary>The mail, and the hash of the token in it. The link's host comes from the settings, never from the request (ABUSE T-019).</summary>
    public (string TokenHash, OutgoingMail Mail) Write(ConsoleUser user, string address, string name) => Write(user.Member.Name, user.Vendor.Name, address, name);

    internal (string TokenHash, OutgoingMail Mail) Write(string sender, string company, string address, string name)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var (from, vendor) = (MailHeader.Clean(sender), MailHeader.Clean(company));
        var mail = new OutgoingMail(Guid.CreateVersion7(), address, MailHeader.Clean($"{from} invites you to the trust center of {vendor}"),
            $"""
            Hello {MailHeader.Clean(name)},

            {from} invites you to work on the trust center of {vendor}. Open this address, type your e-mail and set up an authenticator app:

            {options.Value.AddressOf(options.Value.PlatformLabel)}{paths.Invitation(token)}

            It is good for seven days and for you alone. If you do not know {from}, do nothing.
            """);
        return (SignInAttempt.HashOf(token), mail);
    }
}
