using TrustCenter.Claims;

namespace TrustCenter.Api;

internal static class ClaimExamples
{
    private static readonly WordingShape Wording = new("Customer data is encrypted at rest with **AES-256**.", "data", ClaimStatus.InPlace, Visibility.Public, "Head of Security",
        Products: ["Ledger"], Plans: [], Regions: [], Checked: new DateOnly(2026, 6, 12), ReviewBy: new DateOnly(2026, 12, 12), Frameworks: ["SOC2:CC6.1"],
        Why: new Dictionary<string, string> { ["reviewer"] = "A stolen disk is no breach." }, Evidence: [Example.Document]);

    private static readonly Dictionary<string, string> Draft = Example.Path("claim", Example.Claim), Waiting = Example.Path("claim", Example.WaitingClaim);
    private static readonly EditedShape Edited = new(Example.WaitingClaim, Example.Edit);

    public static readonly ApiOperation List = new("listClaims", "List claims")
    {
        IsPaged = true,
        Query = [new("stage", "Only claims in this stage.", "published", Words: ApiWord.All<StageShape>())],
        Answer = new ListShape<ClaimLineShape>([new(Example.Claim, Wording.Statement, "data", ClaimStatus.InPlace, Visibility.Public, "Head of Security", 1, StageShape.Published, Example.Noon, Wording.ReviewBy)], More: false, "Kq3…"),
    };

    public static readonly ApiOperation Create = new("createClaim", "Write a claim")
    {
        Description = "Saves the first draft. Nobody outside reads it before somebody else has approved it.",
        Body = new NewClaimShape(Wording),
        Creates = true,
        Status = StatusCodes.Status201Created,
        Answer = new EditedShape(Guid.Parse(Example.NewKey), 1),
    };

    public static readonly ApiOperation Show = new("readClaim", "Read a claim with its versions")
    {
        Path = Draft,
        Answer = new ClaimShape(Example.Claim, Example.Edit, StageShape.Draft,
            [new(1, Example.Noon, Example.Editor, Example.Approver, Example.Hash, Wording)],
            new ClaimDraftShape(Example.Edit, StageShape.Draft, Example.Editor, Example.Noon, IsWithdrawal: false, Wording with { Status = ClaimStatus.Partly })),
    };

    public static readonly ApiOperation Save = new("saveClaimDraft", "Save a draft")
    {
        Description = "What is published stays as it is until somebody else approves the draft.",
        Path = Draft,
        Body = new NewDraftShape(Example.Edit, Wording),
        Answer = new EditedShape(Example.Claim, Example.Edit + 1),
    };

    public static readonly ApiOperation AskApproval = new("askClaimApproval", "Ask for approval of the draft")
    {
        Path = Draft,
        Body = new NothingShape(),
        Answer = new EditedShape(Example.Claim, Example.Edit),
    };

    public static readonly ApiOperation AskWithdrawal = new("askClaimWithdrawal", "Ask to withdraw a published claim")
    {
        Path = Draft,
        Body = new WithdrawalShape("The feature was switched off."),
        Answer = new EditedShape(Example.Claim, Example.Edit + 1),
    };

    public static readonly ApiOperation Approve = new("publishClaim", "Approve what waits, and publish it")
    {
        Description = "The approver must be somebody other than the author: a key approves nothing that it or its maker wrote.",
        Path = Waiting,
        Body = new ApprovalShape(Example.Edit),
        Answer = new VersionedShape(Example.WaitingClaim, 2),
    };

    public static readonly ApiOperation Schedule = new("scheduleClaim", "Approve what waits, and publish it at an hour")
    {
        Description = "Until then nobody outside can see or guess it. It is not published when the key or its maker lost the right meanwhile.",
        Path = Waiting,
        Body = new ScheduleShape(Example.Edit, Example.Soon),
        Answer = Edited,
    };

    public static readonly ApiOperation EndSchedule = new("endClaimSchedule", "Take back an approval that waits for its hour")
    {
        Description = "The draft waits for an approval again.",
        Path = Example.Path("claim", Example.ScheduledClaim),
        Body = new ApprovalShape(Example.Edit),
        Answer = Edited with { Id = Example.ScheduledClaim },
    };

    public static readonly ApiOperation Comments = new("listClaimComments", "List what colleagues said about a claim, oldest first")
    {
        Path = Waiting,
        IsPaged = true,
        Answer = new ListShape<CommentShape>([new(1, Example.Approver, Example.Noon, "Name the cipher.", Example.Edit, IsReturn: true)], More: false, "Kq3…"),
    };

    public static readonly ApiOperation Comment = new("commentClaim", "Say something about a claim to colleagues")
    {
        Path = Waiting,
        Body = new NewCommentShape("The auditor asked for the key length."),
        Answer = new CommentedShape(Example.WaitingClaim, 1),
    };

    public static readonly ApiOperation AsOf = new("listClaimsAsOf", "List the claims as they stood at the end of a day")
    {
        Description = "Those for rooms included. A day is one of UTC.",
        IsPaged = true,
        Query = [new("date", "The day.", "2026-11-21", "date", IsRequired: true)],
        Answer = new ListShape<StoodClaimShape>([new(Example.Claim, new(1, Example.Noon, Example.Editor, Example.Approver, Example.Hash, Wording))], More: false, "Kq3…"),
    };

    public static readonly ApiOperation Return = new("returnClaim", "Give back what waits, with a reason")
    {
        Path = Waiting,
        Body = new ReturnShape(Example.Edit, "Name the cipher."),
        Answer = Edited,
    };
}
