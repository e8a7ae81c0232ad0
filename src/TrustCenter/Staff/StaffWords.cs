namespace TrustCenter.Staff;

/// <summary>Roles as people say them.</summary>
public static class StaffWords
{
    public static string Of(Role role) => role switch
    {
        Role.Editor => "editor",
        Role.Approver => "approver",
        Role.Legal => "legal",
        Role.Marketing => "marketing",
        Role.Rep => "sales rep",
        Role.Manager => "sales manager",
        Role.DecisionMaker => "decision maker",
        Role.Admin => "admin",
        Role.Auditor => "auditor",
        _ => throw new System.Diagnostics.UnreachableException(role.ToString()),
    };
}
