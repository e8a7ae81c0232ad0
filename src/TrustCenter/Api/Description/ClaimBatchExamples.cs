using TrustCenter.Claims;

namespace TrustCenter.Api;

internal static class ClaimBatchExamples
{
    private static readonly MadeShape Made = new(Guid.Parse(Example.NewKey));

    public static readonly ApiOperation Publish = new("publishClaims", "Approve several claims that wait, and publish them")
    {
        Description = "Each is a decision of its own: read the batch for what came of it, claim by claim.",
        Body = new NewPublicationsShape([new(Example.WaitingClaim, Example.Edit)]),
        Creates = true,
        Status = StatusCodes.Status201Created,
        Answer = Made,
    };

    public static readonly ApiOperation Check = new("checkClaims", "Say that several published claims still hold")
    {
        Description = "Each gets a draft with the new dates, which somebody else approves. A claim with a draft in work takes no part.",
        Body = new NewChecksShape([new(Example.Claim, 1)], new DateOnly(2026, 11, 21), new DateOnly(2027, 5, 21), "Looked at the settings."),
        Creates = true,
        Status = StatusCodes.Status201Created,
        Answer = Made,
    };

    public static readonly ApiOperation Show = new("readClaimBatch", "Read what came of an act on several claims")
    {
        Path = Example.Path("batch", Example.Batch),
        Answer = new ClaimBatchShape(Example.Batch, BatchAct.Publish, Example.Approver, Example.Noon, 2, [new(Example.WaitingClaim, Number: 2), new(Example.Claim, Says: "Nothing waits for approval here.")]),
    };
}
