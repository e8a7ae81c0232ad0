using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;

namespace TrustCenter.Staff.OpenId;

/// <summary>
/// Somebody whom a provider proved. The first time makes the record; name, address and roles are the provider's each time. Without a role nobody
/// comes in, and whoever had one has none from now on.
/// </summary>
public sealed record SignInByProvider : Command<StaffMember>
{
    public required string Provider { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<Role> Roles { get; init; }
    public required string From { get; init; } // the network's mark
    public PersonalRecord? Person { get; init; } // the address, where it is another than before

    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now)
    {
        if (member is not { Status: not StaffStatus.Removed } && (member is not null || Roles.Count == 0)) return Decision<StaffMember>.Missing;
        var next = (member ?? new StaffMember { Name = Name, Roles = Roles, Joined = now }) with { Name = Name, Roles = Roles, Provider = Provider, Person = Person?.Id ?? member?.Person };
        if (Roles.Count > 0) next = next with { LastSignIn = now };
        return new(new Outcome.Done()) { State = next, Personal = Person is null ? [] : [Person], Happenings = [.. Happened(member)] };
    }

    private IEnumerable<Happening> Happened(StaffMember? member)
    {
        var (roles, from) = (new Fact("roles", string.Join(",", Roles)), new Fact("from", From));
        if (member is null) yield return new Happening("staff.joined", roles, new Fact("by", Provider), from);
        else if (!member.Roles.Order().SequenceEqual(Roles)) yield return new Happening("staff.roles_changed", new Fact("before", string.Join(",", member.Roles)), roles, new Fact("by", Provider));
        if (Person is not null) yield return new Happening("staff.address_set", new Fact("person", Person.Id.ToString())) { Personal = [Person] };
        if (Roles.Count > 0) yield return new Happening("staff.signed_in", new Fact("by", Provider), from);
    }
}

/// <summary>Somebody from a provider who was removed may come back: with the roles that the provider names when they do, and none before.</summary>
public sealed record ReadmitMember : Command<StaffMember>
{
    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now)
    {
        if (member is not { Provider: not null }) return Decision<StaffMember>.Missing;
        if (member.Active) return new Outcome.Done();
        return new(new Outcome.Done()) { State = member with { Active = true, Roles = [], Hire = member.Hire + 1, Epoch = member.Epoch + 1 }, Happenings = [new Happening("staff.readmitted")] };
    }
}
