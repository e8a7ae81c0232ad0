namespace TrustCenter.Staff;

public enum Role { Editor, Approver, Legal, Marketing, Rep, Manager, DecisionMaker, Admin, Auditor }

public enum Right { ReadConsole, Write, Approve, Share, ReadLinks, RevokeAny, ReadDeals, WriteDeals, SeeAmounts, DecideRequests, ReadJournal, ReadMail, ManageStaff, ManageSettings }

/// <summary>Roles and rights: the one table that code, pages and tests read.</summary>
public static class Rights
{
    private static readonly Dictionary<Role, Right[]> Table = new()
    {
        [Role.Editor] = [Right.ReadConsole, Right.Write],
        [Role.Approver] = [Right.ReadConsole, Right.Approve],
        [Role.Legal] = [Right.ReadConsole, Right.Approve, Right.DecideRequests],
        [Role.Marketing] = [Right.ReadConsole, Right.Write],
        [Role.Rep] = [Right.ReadConsole, Right.Share, Right.ReadLinks, Right.ReadDeals, Right.WriteDeals, Right.SeeAmounts],
        [Role.Manager] = [Right.ReadConsole, Right.Share, Right.ReadLinks, Right.RevokeAny, Right.ReadDeals, Right.WriteDeals, Right.SeeAmounts, Right.DecideRequests],
        [Role.DecisionMaker] = [Right.ReadConsole, Right.ReadDeals, Right.SeeAmounts, Right.DecideRequests],
        [Role.Admin] = [Right.ReadConsole, Right.ReadLinks, Right.RevokeAny, Right.ReadJournal, Right.ReadMail, Right.ManageStaff, Right.ManageSettings],
        [Role.Auditor] = [Right.ReadConsole, Right.ReadJournal],
    };

    public static IReadOnlyList<Right> Of(Role role) => Table[role];
}
