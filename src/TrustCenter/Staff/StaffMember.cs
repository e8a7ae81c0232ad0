using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Staff;

public enum StaffStatus { Invited, Active, Removed }

/// <summary>
/// A person who works for a vendor, by roles. Removing one ends the open sessions at the next request.
/// Who has no <see cref="Email"/> signs in by a provider, or came by an import or the demo and cannot sign in.
/// </summary>
public sealed record StaffMember : IState<StaffMember>
{
    public const int LongestName = 80; // characters
    public const string Forgotten = "a former colleague"; // the name of who left and was forgotten

    public required string Name { get; init; }
    public required IReadOnlyList<Role> Roles { get; init; }
    public bool Active { get; init; } = true;
    public Guid? Person { get; init; } // a personal record: the address
    public string? Email { get; init; } // the address's pseudonym, the same at every vendor of this host; hex
    public string? Provider { get; init; } // by which the person signs in and which says the roles; null: by mailed codes
    public Invitation? Invitation { get; init; } // open until the person joined
    public DateTimeOffset? Joined { get; init; } // since when there is an authenticator app, or the first sign-in by a provider
    public DateTimeOffset? LastSignIn { get; init; }
    public Authenticator? Authenticator { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Epoch { get; init; } // sessions of an earlier one are over
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Hire { get; init; } // counts up when who was removed comes back; API keys of an earlier one are over
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int WrongTries { get; init; } // codes of the app, since WrongSince
    public DateTimeOffset? WrongSince { get; init; }

    static string IState<StaffMember>.Kind => "staff";
    static JsonTypeInfo<StaffMember> IState<StaffMember>.Json => StaffJson.Default.StaffMember;

    [JsonIgnore] public StaffStatus Status => !Active ? StaffStatus.Removed : Invitation is not null ? StaffStatus.Invited : StaffStatus.Active;

    public bool May(Right right) => Status == StaffStatus.Active && Roles.Any(r => Rights.Of(r).Contains(right));

    public IEnumerable<ViewRow> Rows(AggregateId id) => [new ViewRow("staff_rows", id.Key,
        ("name", Name), ("roles", string.Join(",", Roles)), ("active", Active), ("email", Email is null ? null : Convert.FromHexString(Email)), ("person", Person),
        ("joined", Joined), ("invited", Invitation?.At), ("invitation_hash", Invitation is null ? null : Convert.FromHexString(Invitation.TokenHash)), ("last_sign_in", LastSignIn))];

    internal static IEnumerable<Problem> ProblemsOf(string name, IReadOnlyList<Role> roles)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName) yield return new("name", $"Write the person's name, at most {LongestName} characters.");
        if (roles.Count == 0) yield return new("roles", "Tick at least one role; without one there is nothing to do here.");
    }
}

/// <summary>A way in by mail. The token itself is only in the mail.</summary>
/// <param name="TokenHash">SHA-256, hex.</param>
public sealed record Invitation(string TokenHash, DateTimeOffset At, Guid By)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    public bool IsOpen(DateTimeOffset now) => now < At + Life;
}

/// <summary>What proves the second factor (RFC 6238), and ten codes for the day when it is lost.</summary>
/// <param name="Sealed">The app's secret under the host's key, base64.</param>
/// <param name="LastStep">The newest time step whose code was taken; no code of it or of an earlier one is taken again.</param>
/// <param name="RecoveryHashes">Keyed hashes of the recovery codes that are left, hex.</param>
public sealed record Authenticator(string Sealed, long LastStep, IReadOnlyList<string> RecoveryHashes);

/// <summary>Somebody who stands in the demo or in an import. It gives no way to sign in.</summary>
public sealed record SetStaffMember : Command<StaffMember>
{
    public required string Name { get; init; }
    public required IReadOnlyList<Role> Roles { get; init; }
    public bool Active { get; init; } = true;

    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > StaffMember.LongestName) return Decision<StaffMember>.Refuse("name", $"Write the person's name, at most {StaffMember.LongestName} characters.");
        return new(new Outcome.Done())
        {
            State = (member ?? new StaffMember { Name = "", Roles = [] }) with { Name = Name.Trim(), Roles = Roles, Active = Active, Hire = (member?.Hire ?? 0) + (member is { Active: false } && Active ? 1 : 0) },
            Happenings = [new Happening("staff.set", new Fact("roles", string.Join(",", Roles)), new Fact("active", Active ? "yes" : "no"))],
        };
    }
}

/// <summary>Takes the name and the pseudonym of somebody who left; whoever works here keeps them.</summary>
public sealed record ForgetMember : Command<StaffMember>
{
    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now)
    {
        if (member is not { Status: StaffStatus.Removed }) return Decision<StaffMember>.Missing;
        if (member is { Name: StaffMember.Forgotten, Email: null, Person: null }) return new Outcome.Done();
        return new(new Outcome.Done()) { State = member with { Name = StaffMember.Forgotten, Email = null, Person = null }, Happenings = [new Happening("staff.forgotten")] };
    }
}

[JsonSerializable(typeof(StaffMember))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class StaffJson : JsonSerializerContext;
