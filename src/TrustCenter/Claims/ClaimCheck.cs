using System.Text.Json.Serialization;
using TrustCenter.Engine;

namespace TrustCenter.Claims;

/// <summary>A claim that still holds gets a new day by which it is looked at again; a second person agrees, as to every version.</summary>
public sealed partial record Claim
{
    /// <summary>What stands against moving the review date of what stands; null when nothing does.</summary>
    [JsonIgnore] public string? WhyNoCheck => Current is null ? "It is not published." : Proposal is not null ? "A draft of it is in work; set the date there." : null;

    public Decision<Claim> ProposeCheck(ProposeClaimCheck command, Actor by, DateTimeOffset now)
    {
        if (WhyNoCheck is { } why) return Decision<Claim>.Refuse("", why);
        if (command.Version != Number) return new Outcome.Stale(Number);
        if (command.ReviewBy <= command.Checked) return Decision<Claim>.Refuse("reviewBy", "The next check is not after this one. Choose a later day.");
        var note = command.Note.Trim();
        if (note.Length > ClaimComment.LongestText) return Decision<Claim>.Refuse("note", $"A note has at most {ClaimComment.LongestText:N0} characters.");
        var proposal = new ClaimProposal
        {
            Wording = Current!.Wording with { Checked = command.Checked, ReviewBy = command.ReviewBy },
            Author = by.Id,
            SavedAt = now,
            Edit = Edits + 1,
            BasedOn = Number,
            Stage = ProposalStage.Waiting,
        };
        if (Current.Wording.SameAs(proposal.Wording)) return Decision<Claim>.Refuse("", "It has these dates already.");
        var next = this with { Proposal = proposal, Edits = proposal.Edit };
        return Change(note.Length > 0 && (Comments?.Count ?? 0) < ClaimComment.Most ? next.WithComment(note, by, now, isReturn: false) : next, "claim.check_proposed", proposal.Edit);
    }
}

public sealed record ProposeClaimCheck : Command<Claim>
{
    public required int Version { get; init; } // the published one that was looked at
    public required DateOnly Checked { get; init; }
    public required DateOnly ReviewBy { get; init; }
    public string Note { get; init; } = ""; // becomes a comment

    public override Decision<Claim> Decide(Claim? claim, Actor by, DateTimeOffset now) => claim?.ProposeCheck(this, by, now) ?? Decision<Claim>.Missing;
}
