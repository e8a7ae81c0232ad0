using TrustCenter.Engine;

namespace TrustCenter.Claims;

/// <summary>Approved now, public at an hour: until then nobody outside can see or guess it.</summary>
public sealed partial record Claim
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(366); // after which nobody remembers what he approved

    private Decision<Claim> Schedule(ClaimProposal proposal, DateTimeOffset at, Actor by, DateTimeOffset now)
    {
        if (at <= now) return Decision<Claim>.Refuse("publishAt", "This hour is over. Choose a later one, or publish at once.");
        if (at > now + LongestWait) return Decision<Claim>.Refuse("publishAt", "This is more than a year away. Choose an earlier day.");
        return Change(this with { Proposal = proposal with { Stage = ProposalStage.Approved, Approver = by.Id, ApproverKey = by.Key, PublishAt = at.ToUniversalTime() } }, "claim.scheduled", proposal.Edit);
    }

    /// <summary>The hour has come; who approved it is who answers for it.</summary>
    public Decision<Claim> PublishDue(PublishDueClaim command, DateTimeOffset now)
    {
        if (Proposal is not { Stage: ProposalStage.Approved, Approver: { } approver, PublishAt: { } at } proposal) return Decision<Claim>.Refuse("", "Nothing waits for its hour here.");
        if (command.Edit != proposal.Edit) return new Outcome.Stale(proposal.Edit);
        return now < at ? Decision<Claim>.Refuse("", "Its hour has not come yet.") : Publish(proposal, approver, command.Id, now);
    }

    public Decision<Claim> CancelSchedule(CancelClaimSchedule command)
    {
        if (Proposal is not { Stage: ProposalStage.Approved } proposal) return Decision<Claim>.Refuse("", "Nothing waits for its hour here. It may have been published meanwhile.");
        if (command.Edit != proposal.Edit) return new Outcome.Stale(proposal.Edit);
        return Change(this with { Proposal = proposal with { Stage = ProposalStage.Waiting, Approver = null, ApproverKey = null, PublishAt = null } }, "claim.schedule_cancelled", proposal.Edit);
    }
}

public sealed record PublishDueClaim : Command<Claim>
{
    public required int Edit { get; init; }

    public override Decision<Claim> Decide(Claim? claim, Actor by, DateTimeOffset now) => claim?.PublishDue(this, now) ?? Decision<Claim>.Missing;
}

/// <summary>It goes back to wait for an approval.</summary>
public sealed record CancelClaimSchedule : Command<Claim>
{
    public required int Edit { get; init; }

    public override Decision<Claim> Decide(Claim? claim, Actor by, DateTimeOffset now) => claim?.CancelSchedule(this) ?? Decision<Claim>.Missing;
}
