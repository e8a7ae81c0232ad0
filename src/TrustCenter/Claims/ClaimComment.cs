using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Journal;

namespace TrustCenter.Claims;

/// <summary>What a colleague said about a claim; never changed, never shown outside. The journal knows that it was said, not what.</summary>
public sealed record ClaimComment
{
    public const int LongestText = 2_000; // characters; as long as a statement
    public const int Most = 500; // of one claim

    public required int Number { get; init; } // 1 is the first
    public required Guid By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Text { get; init; }
    public required int Edit { get; init; } // of the proposal that it was said about; 0: none was in work
    public bool IsReturn { get; init; } // the reason for which an approver gave it back
}

public sealed partial record Claim
{
    public Decision<Claim> Comment(AddClaimComment command, Actor by, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(command.Text)) return Decision<Claim>.Refuse("text", "Write what you want to say.");
        if (command.Text.Trim().Length > ClaimComment.LongestText) return Decision<Claim>.Refuse("text", $"A comment has at most {ClaimComment.LongestText:N0} characters; this one has {command.Text.Trim().Length:N0}.");
        if (Comments?.Count >= ClaimComment.Most) return Decision<Claim>.Refuse("text", $"There are {ClaimComment.Most} comments here already. Settle it in the text of the claim.");
        var next = WithComment(command.Text, by, now, isReturn: false);
        var number = next.Comments![^1].Number;
        return new(new Outcome.Done(number)) { State = next, Happenings = [new Happening("claim.commented", new Fact("comment", number.ToString(CultureInfo.InvariantCulture)))] };
    }

    private Claim WithComment(string text, Actor by, DateTimeOffset now, bool isReturn) => this with
    {
        Comments = [.. Comments ?? [], new ClaimComment { Number = (Comments?.Count ?? 0) + 1, By = by.Id, At = now, Text = text.Trim(), Edit = Proposal?.Edit ?? 0, IsReturn = isReturn }],
    };
}

public sealed record AddClaimComment : Command<Claim>
{
    public required string Text { get; init; }

    public override Decision<Claim> Decide(Claim? claim, Actor by, DateTimeOffset now) => claim?.Comment(this, by, now) ?? Decision<Claim>.Missing;
}
