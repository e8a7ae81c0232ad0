using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Mail;

namespace TrustCenter.Staff.Team;

/// <summary>Somebody new, or somebody who was removed and comes back.</summary>
public sealed record InviteMember : Command<StaffMember>
{
    public required string Name { get; init; }
    public required IReadOnlyList<Role> Roles { get; init; }
    public required IReadOnlyList<Role> Granter { get; init; } // the roles of whoever decides
    public required PersonalRecord Person { get; init; } // the address
    public required string Email { get; init; } // its pseudonym, hex
    public required string TokenHash { get; init; }
    public OutgoingMail? Mail { get; init; } // null: the first admin, who is at the console already

    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now)
    {
        var problems = StaffMember.ProblemsOf(Name, Roles).ToList();
        if (!Rights.MayGrant(Granter, Roles)) problems.Add(new("roles", StaffRules.NotYours));
        // The first admin is made again as often as his setup was broken off: until he has joined, nothing stands against it.
        if (member is { Status: not StaffStatus.Removed } && (Mail is not null || member.Joined is not null)) problems.Add(new("email", "This address is on the list already. Open that person to change roles or to invite again."));
        if (problems.Count > 0) return Decision<StaffMember>.Refuse(problems);
        return new(new Outcome.Done())
        {
            State = new StaffMember
            {
                Name = Name.Trim(), Roles = [.. Roles.Distinct().Order()], Person = Person.Id, Email = Email, Invitation = new Invitation(TokenHash, now, by.Id), Epoch = (member?.Epoch ?? 0) + 1, Hire = member is null ? 0 : member.Hire + 1,
            },
            Personal = [Person],
            Mails = Mail is null ? [] : [Mail],
            Happenings = [new Happening("staff.invited", new Fact("roles", string.Join(",", Roles.Order())), new Fact("person", Person.Id.ToString())) { Personal = [Person] }],
        };
    }
}

/// <summary>A new invitation to the same person: the old one is over, and so are the authenticator app, the recovery codes and every session.</summary>
public sealed record ReinviteMember : Command<StaffMember>
{
    public required IReadOnlyList<Role> Granter { get; init; }
    public required string TokenHash { get; init; }
    public required OutgoingMail Mail { get; init; }

    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now)
    {
        if (member is null) return Decision<StaffMember>.Missing;
        if (member.Status == StaffStatus.Removed || member.Email is null) return Decision<StaffMember>.Refuse("", "Only somebody who is invited or active can be invited again.");
        if (!Rights.MayGrant(Granter, member.Roles)) return Decision<StaffMember>.Refuse("", StaffRules.NotYours);
        return new(new Outcome.Done())
        {
            State = member with { Invitation = new Invitation(TokenHash, now, by.Id), Joined = null, Authenticator = null, WrongTries = 0, WrongSince = null, Epoch = member.Epoch + 1 },
            Mails = [Mail],
            Happenings = [new Happening("staff.invited_again", new Fact("roles", string.Join(",", member.Roles)), new Fact("authenticator", member.Authenticator is null ? "none" : "removed"))],
        };
    }
}
