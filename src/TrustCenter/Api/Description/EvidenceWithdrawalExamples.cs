namespace TrustCenter.Api;

internal static class EvidenceWithdrawalExamples
{
    public static readonly ApiOperation Ask = new("askEvidenceWithdrawal", "Ask to withdraw a published document")
    {
        Description = "Readers see the reason once an approver agrees.",
        Path = Example.Path("evidence", Example.Document),
        Body = new WithdrawalShape("The figures are wrong."),
        Answer = new VersionedShape(Example.Document, 1),
    };

    public static readonly ApiOperation Approve = new("withdrawEvidence", "Agree to a withdrawal that somebody else asked for")
    {
        Description = "From the answer on nothing of it is handed out, and running downloads end; the page follows within a second. Claims that rest on it say so. A new version may be published later.",
        Path = Example.Path("evidence", Example.LeavingDocument),
        Body = new WithdrawalApprovalShape(1, Example.Noon),
        Answer = new VersionedShape(Example.LeavingDocument, 1),
    };

    public static readonly ApiOperation Decline = new("declineEvidenceWithdrawal", "Decline a withdrawal, with a reason")
    {
        Path = Example.Path("evidence", Example.LeavingDocument),
        Body = new WithdrawalReturnShape(Example.Noon, "The figures were checked again."),
        Answer = new VersionedShape(Example.LeavingDocument, 1),
    };
}
