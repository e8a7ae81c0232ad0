namespace TrustCenter.Staff;

public enum Role { Editor, Approver, Legal, Marketing, Rep, Manager, DecisionMaker, Admin, Auditor }

public enum Right { ReadConsole, Write, Approve, Share, ReadLinks, RevokeAny, ReadDeals, WriteDeals, SeeAmounts, DecideRequests, PublishAgreement, ReadJournal, ReadMail, ManageStaff, ManageKeys, ManageSettings, ImportDeals, Comment }

/// <summary>Roles and rights: the one table that code, pages and tests read.</summary>
public static class Rights
{
    private static readonly Dictionary<Role, Right[]> Table = new()
    {
        [Role.Editor] = [Right.ReadConsole, Right.Write, Right.Comment],
        [Role.Approver] = [Right.ReadConsole, Right.Approve, Right.Comment],
        [Role.Legal] = [Right.ReadConsole, Right.Approve, Right.ReadLinks, Right.DecideRequests, Right.PublishAgreement, Right.Comment],
        [Role.Marketing] = [Right.ReadConsole, Right.Write, Right.Comment],
        [Role.Rep] = [Right.ReadConsole, Right.Share, Right.ReadLinks, Right.ReadDeals, Right.WriteDeals, Right.ImportDeals, Right.SeeAmounts],
        [Role.Manager] = [Right.ReadConsole, Right.Share, Right.ReadLinks, Right.RevokeAny, Right.ReadDeals, Right.WriteDeals, Right.ImportDeals, Right.SeeAmounts, Right.DecideRequests],
        [Role.DecisionMaker] = [Right.ReadConsole, Right.ReadDeals, Right.SeeAmounts, Right.DecideRequests],
        [Role.Admin] = [Right.ReadConsole, Right.ReadLinks, Right.RevokeAny, Right.ReadJournal, Right.PublishAgreement, Right.ReadMail, Right.ManageStaff, Right.ManageKeys, Right.ManageSettings],
        [Role.Auditor] = [Right.ReadConsole, Right.ReadJournal],
    };

    public static IReadOnlyList<Right> Of(Role role) => Table[role];

    /// <summary>
    /// Whether somebody with <paramref name="own"/> roles may give or take <paramref name="roles"/>: an admin any, everybody else only what adds up
    /// to rights that he holds himself (ABUSE T-083).
    /// </summary>
    public static bool MayGrant(IEnumerable<Role> own, IEnumerable<Role> roles)
    {
        var mine = own.ToList();
        return mine.Contains(Role.Admin) || roles.All(role => role != Role.Admin && Of(role).All(right => mine.Any(m => Of(m).Contains(right))));
    }
}
