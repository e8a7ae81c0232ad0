using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Staff.SignIn;
using TrustCenter.Web;

namespace TrustCenter.Staff.Team;

/// <summary>What the pages about colleagues work with.</summary>
internal sealed record TeamDesk(Desk Desk, StaffList List, SignInDesk SignIns, HostKeys Keys, PersonalRecords People, IOptions<TrustCenterOptions> Options)
{
    public ConsoleUser User => Desk.User;

    public async Task<Outcome> Invite(TypedForm form, Prospects.EmailAddress address, IReadOnlyList<Role> roles)
    {
        var email = SignIns.Lookup(address);
        var (hash, mail) = Mail(address.Value, form.Text("name"));
        return await Desk.Decide(StaffList.IdOf(User.Scope, email), new InviteMember
        {
            Id = form.Command, Name = form.Text("name"), Roles = roles, Granter = User.Member.Roles, Email = Convert.ToHexStringLower(email),
            Person = PersonalRecord.Of(Keys, User.Scope.Tenant, PersonalRecord.Email, address.Value), TokenHash = hash, Mail = mail,
        });
    }

    public async Task<Outcome> InviteAgain(TypedForm form, Guid key, StaffMember member)
    {
        if (member.Person is not { } person || await People.Read(User.Scope, person, Desk.Stop) is not { } address) return new Outcome.Refused([new("", "There is no address of this person any more. Invite them anew.")]);
        if (await Strike(key, member) is { } last) return last;
        var (hash, mail) = Mail(address, member.Name);
        return await Desk.Decide(key, new ReinviteMember { Id = form.Command, Granter = User.Member.Roles, TokenHash = hash, Mail = mail });
    }

    public async Task<Outcome> ChangeRoles(TypedForm form, Guid key, StaffMember member, IReadOnlyList<Role> roles)
    {
        var command = new ChangeRoles { Id = form.Command, Roles = roles, Granter = User.Member.Roles };
        var (was, willBe) = (member.Roles.Contains(Role.Admin), roles.Contains(Role.Admin));
        // Asked before the admins' list is touched: a refusal must leave it as it was.
        if (command.Decide(member, User.Actor, Desk.Clock.GetUtcNow()).Outcome is not Outcome.Done) return await Desk.Decide(key, command);
        if (was && !willBe && await Strike(key, member) is { } last) return last;
        var outcome = await Desk.Decide(key, command);
        if (outcome is Outcome.Done && willBe && member.Joined is not null) await Desk.Decide(Admins.Only, new CountAdmin { Id = Guid.CreateVersion7(), Member = key });
        return outcome;
    }

    public async Task<Outcome> Remove(TypedForm form, Guid key, StaffMember member)
    {
        var command = new RemoveMember { Id = form.Command, Granter = User.Member.Roles, Member = key };
        if (command.Decide(member, User.Actor, Desk.Clock.GetUtcNow()).Outcome is not Outcome.Done) return await Desk.Decide(key, command);
        return await Strike(key, member) is { } last ? last : await Desk.Decide(key, command);
    }

    // Null when the person may go on to lose the role; an invited admin was never counted.
    private async Task<Outcome?> Strike(Guid key, StaffMember member)
        => member is { Status: StaffStatus.Active } && member.Roles.Contains(Role.Admin) && await Desk.Decide(Admins.Only, new StrikeAdmin { Id = Guid.CreateVersion7(), Member = key }) is Outcome.Refused last ? last : null;

    // 256 random bits; only their hash stays here. The address comes from the settings, never from the request (ABUSE T-019).
    private (string Hash, OutgoingMail Mail) Mail(string address, string name)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var link = Options.Value.AddressOf(Options.Value.PlatformLabel) + User.Paths.Invitation(token);
        var mail = new OutgoingMail(Guid.CreateVersion7(), address, MailHeader.Clean($"{User.Member.Name} invites you to the trust center of {User.Vendor.Name}"),
            $"""
            Hello {MailHeader.Clean(name)},

            {MailHeader.Clean(User.Member.Name)} invites you to work on the trust center of {MailHeader.Clean(User.Vendor.Name)}. Open this address, type your e-mail and set up an authenticator app:

            {link}

            It is good for seven days and for you alone. If you do not know {MailHeader.Clean(User.Member.Name)}, do nothing.
            """);
        return (SignInAttempt.HashOf(token), mail);
    }
}
