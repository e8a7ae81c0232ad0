using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Tenants;

namespace TrustCenter.Claims;

/// <summary>Every language has its own author and approver, and is bound to the version that it translates.</summary>
public sealed partial record Claim
{
    public TranslationProposal? ProposalIn(string language) => Translating?.FirstOrDefault(p => p.Language == language);

    public ClaimTranslation? LatestIn(string language) => Translations?.LastOrDefault(t => t.Language == language);

    /// <summary>The languages in which it was or is being said, besides the original.</summary>
    public IEnumerable<string> Tongues() => (Translations ?? []).Select(t => t.Language).Concat((Translating ?? []).Select(p => p.Language)).Distinct();

    public Decision<Claim> SaveTranslation(SaveClaimTranslation command, Actor by, DateTimeOffset now)
    {
        if (Current is null) return Decision<Claim>.Refuse("", "Only a published claim is translated. Have the original published first.");
        if (!LanguageTag.IsTag(command.Language)) return Decision<Claim>.Refuse("", "This is not a language tag.");
        if (command.Of != Number) return new Outcome.Stale(Number);
        if (command.BasedOnEdit != (ProposalIn(command.Language)?.Edit ?? 0)) return new Outcome.Stale(ProposalIn(command.Language)?.Edit ?? 0);
        if (command.Words.Problems() is { Count: > 0 } problems) return Decision<Claim>.Refuse(problems);
        if (command.Ask && LatestIn(command.Language) is { } stands && stands.Of == Number && stands.Words.SameAs(command.Words))
            return Decision<Claim>.Refuse("statement", "This says the same as the published translation. Change it first.");
        var proposal = new TranslationProposal
        {
            Language = command.Language,
            Of = Number,
            Words = command.Words,
            Author = by.Id,
            SavedAt = now,
            Edit = (TranslationEdits ?? 0) + 1,
            Stage = command.Ask ? ProposalStage.Waiting : ProposalStage.Draft,
        };
        return ChangeTranslation(With(proposal) with { TranslationEdits = proposal.Edit }, command.Ask ? "claim.translation_asked" : "claim.translation_drafted", proposal.Language, proposal.Edit);
    }

    public Decision<Claim> ApproveTranslation(ApproveClaimTranslation command, Actor by, DateTimeOffset now)
    {
        if (ProposalIn(command.Language) is not { Stage: ProposalStage.Waiting } proposal) return Decision<Claim>.Refuse("", "No translation waits for approval here.");
        if (command.Edit != proposal.Edit) return new Outcome.Stale(proposal.Edit);
        if (by.Id == proposal.Author) return Decision<Claim>.Refuse("", "The approver must be someone other than the translator. Ask a colleague to look at it.");
        if (Current is not { } current || proposal.Of != current.Number) return Decision<Claim>.Refuse("", $"The original has moved on since this translates version {proposal.Of}. Return it, so that it follows.");
        var translation = new ClaimTranslation
        {
            Language = proposal.Language,
            Number = (LatestIn(proposal.Language)?.Number ?? 0) + 1,
            Of = proposal.Of,
            Words = proposal.Words,
            Author = proposal.Author,
            Approver = by.Id,
            At = now,
            Hash = ClaimTranslation.HashOf(current.Hash, proposal.Language, proposal.Words),
        };
        var next = Without(proposal.Language) with { Translations = [.. Translations ?? [], translation] };
        return ChangeTranslation(next, "claim.translated", proposal.Language, translation.Number, translation, current.Wording.Visibility == Visibility.Public);
    }

    public Decision<Claim> ReturnTranslation(ReturnClaimTranslation command, Actor by, DateTimeOffset now)
    {
        if (ProposalIn(command.Language) is not { Stage: ProposalStage.Waiting } proposal) return Decision<Claim>.Refuse("", "No translation waits for approval here.");
        if (command.Edit != proposal.Edit) return new Outcome.Stale(proposal.Edit);
        if (string.IsNullOrWhiteSpace(command.Comment) || command.Comment.Length > ClaimComment.LongestText) return Decision<Claim>.Refuse("comment", "Say what should change, so that the translator can go on.");
        var returned = proposal with { Stage = ProposalStage.Returned, Comment = command.Comment.Trim(), ReturnedBy = by.Id };
        return ChangeTranslation(With(returned), "claim.translation_returned", proposal.Language, proposal.Edit);
    }

    private Claim With(TranslationProposal proposal) => this with { Translating = [.. (Translating ?? []).Where(p => p.Language != proposal.Language), proposal] };

    private Claim Without(string language) => this with { Translating = Translating!.Count == 1 ? null : [.. Translating.Where(p => p.Language != language)] };

    private static Decision<Claim> ChangeTranslation(Claim next, string what, string language, int number, ClaimTranslation? published = null, bool isPublic = false)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        Fact[] facts = published is null
            ? [new("language", language), new("edit", text)]
            : [new("language", language), new("translation", text), new("of", published.Of.ToString(CultureInfo.InvariantCulture)), new("hash", published.Hash)];
        return new(new Outcome.Done(number)) { State = next, Happenings = [new Happening(what, facts) { IsPublic = isPublic, PublicFacts = facts }] };
    }
}
