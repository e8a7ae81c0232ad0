namespace TrustCenter.Staff.Team;

/// <summary>The table of rights as page and document show it.</summary>
public static class RoleTable
{
    public static IReadOnlyList<Role> Roles { get; } = Enum.GetValues<Role>();

    public static IReadOnlyList<Right> AllRights { get; } = Enum.GetValues<Right>();

    /// <summary>What stands in ROLES.md beside the code; a test compares the two.</summary>
    public static string Markdown() => $"""
        # Roles and rights

        A person may have several roles and then has the rights of all of them. The table is generated from `Rights.cs`.

        | may | {string.Join(" | ", Roles.Select(StaffWords.Of))} |
        |---|{string.Concat(Roles.Select(_ => ":-:|"))}
        {string.Join('\n', AllRights.Select(right => $"| {StaffWords.Of(right)} | {string.Join(" | ", Roles.Select(role => Rights.Of(role).Contains(right) ? "●" : " "))} |"))}

        Only an admin gives roles; anybody else who ever gets the right to manage staff gives and takes only what he holds himself.
        Nobody removes himself, and the last admin who can sign in is neither removed nor demoted.
        The platform's operator is no role of a vendor: he has the host's console.

        """;
}
