using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Staff;

/// <summary>A person who works for a vendor, by roles. Removing one ends the open sessions at the next request.</summary>
public sealed record StaffMember : IState<StaffMember>
{
    public required string Name { get; init; }
    public required IReadOnlyList<Role> Roles { get; init; }
    public bool Active { get; init; } = true;

    static string IState<StaffMember>.Kind => "staff";
    static JsonTypeInfo<StaffMember> IState<StaffMember>.Json => StaffJson.Default.StaffMember;

    public bool May(Right right) => Active && Roles.Any(r => Rights.Of(r).Contains(right));

    public IEnumerable<ViewRow> Rows(AggregateId id) => [new ViewRow("staff_rows", id.Key, ("name", Name), ("roles", string.Join(",", Roles)), ("active", Active))];
}

public sealed record SetStaffMember : Command<StaffMember>
{
    public required string Name { get; init; }
    public required IReadOnlyList<Role> Roles { get; init; }
    public bool Active { get; init; } = true;

    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 80) return Decision<StaffMember>.Refuse("name", "Write the person's name, at most 80 characters.");
        return new(new Outcome.Done())
        {
            State = new StaffMember { Name = Name.Trim(), Roles = Roles, Active = Active },
            Happenings = [new Happening("staff.set", new Fact("roles", string.Join(",", Roles)), new Fact("active", Active ? "yes" : "no"))],
        };
    }
}

[JsonSerializable(typeof(StaffMember))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class StaffJson : JsonSerializerContext;
