using TrustCenter.Engine;
using TrustCenter.Journal;

namespace TrustCenter.Staff.Team;

internal static class StaffRules
{
    public const string NotYours = "You can give and take only roles whose rights you hold yourself. Ask an admin.";
    public const string LastAdmin = "This is the last admin who can sign in. Make somebody else an admin first, and wait until they have signed in.";
}

/// <summary>Other roles for the same person; rights follow at the next request.</summary>
public sealed record ChangeRoles : Command<StaffMember>
{
    public required IReadOnlyList<Role> Roles { get; init; }
    public required IReadOnlyList<Role> Granter { get; init; }

    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now)
    {
        if (member is null) return Decision<StaffMember>.Missing;
        if (!member.Active) return Decision<StaffMember>.Refuse("roles", "This person was removed. Invite them again first.");
        if (member.Provider is { } provider) return Decision<StaffMember>.Refuse("roles", $"This person's roles come from {provider} at each sign-in. Change them there.");
        var problems = StaffMember.ProblemsOf(member.Name, Roles).ToList();
        // What is taken away counts as much as what is given: else a colleague without a right could take it from those who have it.
        if (!Rights.MayGrant(Granter, Roles.Union(member.Roles))) problems.Add(new("roles", StaffRules.NotYours));
        if (problems.Count > 0) return Decision<StaffMember>.Refuse(problems);
        IReadOnlyList<Role> next = [.. Roles.Distinct().Order()];
        if (next.SequenceEqual(member.Roles.Order())) return new Outcome.Done();
        return new(new Outcome.Done())
        {
            State = member with { Roles = next },
            Happenings = [new Happening("staff.roles_changed", new Fact("before", string.Join(",", member.Roles)), new Fact("roles", string.Join(",", next)))],
        };
    }
}

/// <summary>The person has no way in from the next request on. What they wrote stays theirs.</summary>
public sealed record RemoveMember : Command<StaffMember>
{
    public required IReadOnlyList<Role> Granter { get; init; }
    public required Guid Member { get; init; }

    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now)
    {
        if (member is null) return Decision<StaffMember>.Missing;
        if (by.Id == Member) return Decision<StaffMember>.Refuse("", "Nobody removes himself. Ask another admin to do it.");
        if (!Rights.MayGrant(Granter, member.Roles)) return Decision<StaffMember>.Refuse("", StaffRules.NotYours);
        if (!member.Active) return new Outcome.Done();
        return new(new Outcome.Done())
        {
            State = member with { Active = false, Invitation = null, Authenticator = null, WrongTries = 0, WrongSince = null, Epoch = member.Epoch + 1 },
            Happenings = [new Happening("staff.removed", new Fact("roles", string.Join(",", member.Roles)))],
        };
    }
}
