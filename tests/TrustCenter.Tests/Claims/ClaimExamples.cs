using TrustCenter.Claims;
using TrustCenter.Engine;

namespace TrustCenter.Tests.Claims;

/// <summary>A claim on its way: Ada writes, Bob approves.</summary>
internal static class ClaimExamples
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    public static readonly Actor Ada = Actor.Staff(new Guid("0198a1b2-0000-7000-8000-00000000000a"));
    public static readonly Actor Bob = Actor.Staff(new Guid("0198a1b2-0000-7000-8000-00000000000b"));

    public static ClaimWording Wording(string statement = "Data is encrypted at rest.") => new() { Statement = statement, Topic = "data", Status = ClaimStatus.InPlace, Owner = "Head of Security" };

    public static SaveClaim Save(string statement = "Data is encrypted at rest.", int basedOn = 0) => Save(Wording(statement), basedOn);

    public static SaveClaim Save(ClaimWording wording, int basedOn = 0) => new() { Id = Guid.CreateVersion7(), Wording = wording, BasedOnEdit = basedOn };

    public static AskClaimApproval Ask() => new() { Id = Guid.CreateVersion7() };

    public static ApproveClaim Approve(int edit) => new() { Id = Guid.CreateVersion7(), Edit = edit };

    public static ReturnClaim Return(int edit, string comment = "Name the cipher.") => new() { Id = Guid.CreateVersion7(), Edit = edit, Comment = comment };

    public static ProposeClaimWithdrawal Withdraw(string reason = "The feature was switched off.") => new() { Id = Guid.CreateVersion7(), Reason = reason };

    /// <summary>The state after a decision that must have been made.</summary>
    public static Claim Then(this Claim? claim, Command<Claim> command, Actor by) => command.Decide(claim, by, Noon).State.ShouldNotBeNull();

    public static Claim Published(string statement = "Data is encrypted at rest.") => ((Claim?)null).Published(Wording(statement));

    public static Claim Published(this Claim? claim, ClaimWording wording)
    {
        var waiting = claim.Then(Save(wording, claim?.Edits ?? 0), Ada).Then(Ask(), Ada);
        return waiting.Then(Approve(waiting.Proposal!.Edit), Bob);
    }
}
