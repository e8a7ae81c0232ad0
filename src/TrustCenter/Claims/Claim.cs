using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Claims;

/// <summary>
/// A vendor's public word: wordings that were published stay as they were, one proposal is in work beside them.
/// Nothing is published that its own author approved (DESIGN, invariants 9 and 11).
/// </summary>
public sealed partial record Claim : IState<Claim>
{
    public IReadOnlyList<ClaimVersion> Published { get; init; } = [];
    public ClaimProposal? Proposal { get; init; }
    public int Edits { get; init; } // saved so far, over all proposals: no two edits of a claim ever have one number
    public string? Key { get; init; } // the name that a folder gave it, at most 80 characters; null for one that was written here
    public IReadOnlyList<ClaimComment>? Comments { get; init; } // oldest first; null: none
    public IReadOnlyList<ClaimTranslation>? Translations { get; init; } // published, oldest first; null: none
    public IReadOnlyList<TranslationProposal>? Translating { get; init; } // in work, one a language; null: none
    public int? TranslationEdits { get; init; } // saved so far, over all languages

    static string IState<Claim>.Kind => "claim";
    static JsonTypeInfo<Claim> IState<Claim>.Json => ClaimJson.Default.Claim;

    /// <summary>The newest published version, whether it stands or was withdrawn; null before the first.</summary>
    [JsonIgnore] public ClaimVersion? Latest => Published.Count == 0 ? null : Published[^1];

    /// <summary>The version that stands in public or in rooms; null before the first and after a withdrawal.</summary>
    [JsonIgnore] public ClaimVersion? Current => Latest is { IsWithdrawal: false } latest ? latest : null;

    [JsonIgnore] public int Number => Latest?.Number ?? 0;

    /// <summary>What an editor goes on writing from.</summary>
    [JsonIgnore] public ClaimWording? Working => Proposal?.Wording ?? Latest?.Wording;

    public Decision<Claim> Save(SaveClaim command, Actor by, DateTimeOffset now)
    {
        if (command.BasedOnEdit != Edits) return new Outcome.Stale(Edits);
        if (command.Wording.Problems() is { Count: > 0 } problems) return Decision<Claim>.Refuse(problems);
        var proposal = new ClaimProposal
        {
            Wording = command.Wording,
            Author = by.Id,
            SavedAt = now,
            Edit = Edits + 1,
            BasedOn = Number,
            Stage = ProposalStage.Draft,
        };
        return Change(this with { Proposal = proposal, Edits = proposal.Edit, Key = Key ?? command.Key }, Number == 0 ? "claim.drafted" : "claim.redrafted", proposal.Edit);
    }

    public Decision<Claim> AskApproval(Actor by)
    {
        if (Proposal is not { Stage: ProposalStage.Draft or ProposalStage.Returned } proposal) return Decision<Claim>.Refuse("", "There is no draft that could be approved. Save one first.");
        if (Current?.Wording.SameAs(proposal.Wording) == true && !proposal.IsWithdrawal) return Decision<Claim>.Refuse("", "The draft says the same as the published version. Change it first.");
        return Change(this with { Proposal = proposal with { Stage = ProposalStage.Waiting, Comment = null } }, "claim.approval_asked", proposal.Edit);
    }

    public Decision<Claim> ProposeWithdrawal(ProposeClaimWithdrawal command, Actor by, DateTimeOffset now)
    {
        if (Current is not { } current) return Decision<Claim>.Refuse("", "Only a published claim can be withdrawn.");
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > ClaimWording.LongestWhy)
            return Decision<Claim>.Refuse("reason", $"Say in one sentence why it is withdrawn, at most {ClaimWording.LongestWhy} characters.");
        var proposal = new ClaimProposal
        {
            Wording = current.Wording,
            Author = by.Id,
            SavedAt = now,
            Edit = Edits + 1,
            BasedOn = Number,
            Stage = ProposalStage.Waiting,
            IsWithdrawal = true,
            Comment = command.Reason.Trim(),
        };
        return Change(this with { Proposal = proposal, Edits = proposal.Edit }, "claim.withdrawal_asked", proposal.Edit);
    }

    /// <summary>The approver saw proposal <see cref="ApproveClaim.Edit"/>; what was saved meanwhile is not what he approves.</summary>
    public Decision<Claim> Approve(ApproveClaim command, Actor by, DateTimeOffset now)
    {
        if (Proposal is not { Stage: ProposalStage.Waiting } proposal) return Decision<Claim>.Refuse("", "Nothing waits for approval here.");
        if (command.Edit != proposal.Edit) return new Outcome.Stale(proposal.Edit);
        if (by.Id == proposal.Author) return Decision<Claim>.Refuse("", "The approver must be someone other than the author. Ask a colleague to look at it.");
        return command.PublishAt is { } at ? Schedule(proposal, at, by, now) : Publish(proposal, by.Id, command.Id, now);
    }

    private Decision<Claim> Publish(ClaimProposal proposal, Guid approver, Guid draw, DateTimeOffset now)
    {
        var version = ClaimVersion.After(Latest, proposal, approver, draw, now);
        return Change(this with { Published = [.. Published, version], Proposal = null }, version.IsWithdrawal ? "claim.withdrawn" : "claim.published", version.Number, version);
    }

    public Decision<Claim> Return(ReturnClaim command, Actor by, DateTimeOffset now)
    {
        if (Proposal is not { Stage: ProposalStage.Waiting } proposal) return Decision<Claim>.Refuse("", "Nothing waits for approval here.");
        if (command.Edit != proposal.Edit) return new Outcome.Stale(proposal.Edit);
        if (string.IsNullOrWhiteSpace(command.Comment) || command.Comment.Length > ClaimWording.LongestStatement)
            return Decision<Claim>.Refuse("comment", "Say what should change, so that the author can go on.");
        var next = proposal.IsWithdrawal ? null : proposal with { Stage = ProposalStage.Returned, Comment = command.Comment.Trim(), ReturnedBy = by.Id };
        return Change(WithComment(command.Comment, by, now, isReturn: true) with { Proposal = next }, "claim.returned", proposal.Edit);
    }

    private static Decision<Claim> Change(Claim next, string what, int number, ClaimVersion? published = null)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        var happening = published is null
            ? new Happening(what, new Fact("edit", text))
            : new Happening(what, new Fact("version", text), new Fact("hash", published.Hash), new Fact("visibility", published.Wording.Visibility.ToString()))
            {
                // A claim for rooms is no public word: the public log must not tell that it exists.
                IsPublic = published.Wording.Visibility == Visibility.Public || next.Published.Any(v => v.Wording.Visibility == Visibility.Public),
                PublicFacts = [new Fact("version", text), new Fact("hash", published.Hash)],
            };
        return new(new Outcome.Done(number)) { State = next, Happenings = [happening] };
    }
}

public sealed record SaveClaim : Command<Claim>
{
    public required ClaimWording Wording { get; init; }
    public required int BasedOnEdit { get; init; } // Claim.Edits as the form showed it; 0 for a first draft
    public string? Key { get; init; } // the folder's name for it

    public override Decision<Claim> Decide(Claim? claim, Actor by, DateTimeOffset now) => (claim ?? new Claim()).Save(this, by, now);
}

public sealed record AskClaimApproval : Command<Claim>
{
    public override Decision<Claim> Decide(Claim? claim, Actor by, DateTimeOffset now) => claim?.AskApproval(by) ?? Decision<Claim>.Missing;
}

public sealed record ProposeClaimWithdrawal : Command<Claim>
{
    public required string Reason { get; init; }

    public override Decision<Claim> Decide(Claim? claim, Actor by, DateTimeOffset now) => claim?.ProposeWithdrawal(this, by, now) ?? Decision<Claim>.Missing;
}

public sealed record ApproveClaim : Command<Claim>
{
    public required int Edit { get; init; }
    public DateTimeOffset? PublishAt { get; init; } // UTC; null: at once

    public override Decision<Claim> Decide(Claim? claim, Actor by, DateTimeOffset now) => claim?.Approve(this, by, now) ?? Decision<Claim>.Missing;
}

public sealed record ReturnClaim : Command<Claim>
{
    public required int Edit { get; init; }
    public required string Comment { get; init; }

    public override Decision<Claim> Decide(Claim? claim, Actor by, DateTimeOffset now) => claim?.Return(this, by, now) ?? Decision<Claim>.Missing;
}

[JsonSerializable(typeof(Claim))]
[JsonSerializable(typeof(PublicClaim))]
[JsonSerializable(typeof(TranslatedWords))]
[JsonSerializable(typeof(ClaimBatch))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ClaimJson : JsonSerializerContext;
