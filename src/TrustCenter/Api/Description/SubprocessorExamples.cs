namespace TrustCenter.Api;

internal static class SubprocessorExamples
{
    private static readonly SubprocessorWordsShape Words = new("Birch Mail", "Sends the mails of the product.", new DateOnly(2027, 4, 1), "France", "https://birch.example", ["Ledger"]);
    private static readonly SubprocessorShape Entry = new(Example.Subprocessor, Words);

    public static readonly ApiOperation Show = new("readSubprocessors", "Read the list of subprocessors, and what is proposed")
    {
        Description = "The list is published as a whole, at most 2,000 entries.",
        Answer = new SubprocessorsShape(1, [Entry], new SubprocessorProposalShape(1, [Example.Editor], Example.Noon, [Entry])),
    };

    public static readonly ApiOperation Add = new("addSubprocessor", "Propose a new subprocessor")
    {
        Description = "What is published stays until somebody else approves the proposal.",
        Body = new NewSubprocessorShape(1, Words),
        Creates = true,
        Status = StatusCodes.Status201Created,
        Answer = new EditedShape(Guid.Parse(Example.NewKey), 2),
    };

    public static readonly ApiOperation Change = new("changeSubprocessor", "Propose other words for a subprocessor, or its last day")
    {
        Description = "Brings all words of the entry; what is left out becomes empty. Whoever leaves stays in the list with the day.",
        Path = Example.Path("entry", Example.Subprocessor),
        Body = new NewSubprocessorShape(1, Words with { Until = new DateOnly(2028, 4, 1) }),
        Answer = new EditedShape(Example.Subprocessor, 2),
    };

    public static readonly ApiOperation Drop = new("dropSubprocessorProposal", "Keep nothing of the proposal")
    {
        Body = new NothingShape(),
        Answer = new NothingShape(),
    };

    public static readonly ApiOperation Approve = new("publishSubprocessors", "Approve the proposal, and publish the list")
    {
        Description = "The approver must be somebody who did not work on it.",
        Body = new ApprovalShape(1),
        Answer = new VersionShape(1),
    };

    public static readonly ApiOperation Return = new("returnSubprocessors", "Give the proposal back, with a reason")
    {
        Body = new ReturnShape(1, "Say where."),
        Answer = new EditShape(1),
    };
}
