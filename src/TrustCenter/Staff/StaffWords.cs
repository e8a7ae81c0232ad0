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

    /// <summary>What a role is for, in a line.</summary>
    public static string Does(Role role) => role switch
    {
        Role.Editor => "writes claims and brings evidence",
        Role.Approver => "approves what others wrote",
        Role.Legal => "approves what others wrote and decides requests",
        Role.Marketing => "writes claims and brings evidence",
        Role.Rep => "shares pages with customers and keeps deals",
        Role.Manager => "sees and ends what every rep shares",
        Role.DecisionMaker => "reads what security wins and costs and decides requests",
        Role.Admin => "invites colleagues, sets things up, reads the journal",
        Role.Auditor => "reads the journal",
        _ => throw new System.Diagnostics.UnreachableException(role.ToString()),
    };

    /// <summary>Rights as people say them.</summary>
    public static string Of(Right right) => right switch
    {
        Right.ReadConsole => "read claims, evidence and Today",
        Right.Write => "write claims and bring evidence",
        Right.Approve => "publish what somebody else wrote",
        Right.Share => "make and prolong links for customers",
        Right.ReadLinks => "see links",
        Right.RevokeAny => "see and revoke everybody's links",
        Right.ReadDeals => "see deals",
        Right.WriteDeals => "write deals",
        Right.SeeAmounts => "see amounts",
        Right.DecideRequests => "decide requests",
        Right.ReadJournal => "read and export the journal",
        Right.ReadMail => "read outgoing mail",
        Right.ManageStaff => "invite and remove staff, give roles",
        Right.ManageSettings => "change settings",
        Right.PublishAgreement => "publish the agreement that readers accept",
        Right.ManageKeys => "make and revoke API keys",
        Right.ImportDeals => "import deals",
        Right.Comment => "comment on claims",
        _ => throw new System.Diagnostics.UnreachableException(right.ToString()),
    };

    public static string Of(IEnumerable<Role> roles) => string.Join(", ", roles.Select(Of));
}
