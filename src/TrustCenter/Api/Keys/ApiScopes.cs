using TrustCenter.Staff;

namespace TrustCenter.Api;

/// <summary>The rights that a key can hold, with the words under which a person chooses them. What is not here, no program does.</summary>
public static class ApiScopes
{
    private static readonly (Right Right, string Words)[] Table =
    [
        (Right.ReadConsole, "Read claims, evidence and pages"),
        (Right.Write, "Write claims and bring evidence"),
        (Right.Comment, "Comment on claims"),
        (Right.Approve, "Approve what other people wrote"),
        (Right.ReadLinks, "Read and revoke own links, read who came"),
        (Right.Share, "Make and prolong links"),
        (Right.RevokeAny, "See and revoke the links of everybody"),
        (Right.ReadDeals, "Read deals"),
        (Right.WriteDeals, "Write deals"),
        (Right.ImportDeals, "Import deals"),
        (Right.SeeAmounts, "See the amounts of deals"),
        (Right.PublishAgreement, "Publish the agreement that readers accept"),
        (Right.ManageSettings, "Read and change settings"),
        (Right.ReadJournal, "Read and export the journal"),
    ];

    public static IReadOnlyList<Right> All { get; } = [.. Table.Select(t => t.Right)];

    public static string Of(Right right) => Table.First(t => t.Right == right).Words;
}
