using System.Security.Cryptography;
using System.Text;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Staff.Team;

/// <summary>One line of the list. The address is null for who came by an import or the demo.</summary>
public sealed record StaffRow(Guid Id, string Name, IReadOnlyList<Role> Roles, StaffStatus Status, string? Email, DateTimeOffset? LastSignIn, DateTimeOffset? Invited);

public sealed class StaffList(IStore store, PersonalRecords people)
{
    /// <summary>One person at one vendor, whoever invites them and how often: two invitations of one address meet in one state.</summary>
    public static Guid IdOf(Scope scope, byte[] email) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"staff/{scope.Tenant:N}/{Convert.ToHexStringLower(email)}")).AsSpan(0, 16));

    public async Task<IReadOnlyList<StaffRow>> Read(Scope scope, CancellationToken stop)
    {
        var rows = await store.Query(sql => sql.Query("select id, name, roles, active, invited, person, last_sign_in from staff_rows where tenant = @tenant order by active desc, name",
            r => (Row: new StaffRow(r.Id(0), r.Text(1), RolesIn(r.Text(2)), StatusOf(r.Flag(3), !r.IsNull(4)), null, r.TimeOrNull(6), r.TimeOrNull(4)), Person: r.IdOrNull(5)), ("@tenant", scope.Tenant)), stop);
        var emails = await people.ReadAll(scope, [.. rows.Select(r => r.Person).OfType<Guid>()], stop);
        return [.. rows.Select(r => r.Person is { } person ? r.Row with { Email = emails.GetValueOrDefault(person, PersonalRecords.Forgotten) } : r.Row)];
    }

    private static StaffStatus StatusOf(bool active, bool invited) => !active ? StaffStatus.Removed : invited ? StaffStatus.Invited : StaffStatus.Active;

    private static IReadOnlyList<Role> RolesIn(string roles) => [.. roles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>)];
}
