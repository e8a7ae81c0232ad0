using TrustCenter.Claims;
using TrustCenter.Engine;

namespace TrustCenter.Import;

/// <summary>Brings translations in by the same decisions as a person's. A translation follows the published original; one of an original that waits comes at the next import.</summary>
public sealed class ImportTranslations(IEngine engine)
{
    public async Task Bring(Scope scope, ImportTranslation translation, ClaimWording? original, Actor? approver, ImportTally tally, CancellationToken stop)
    {
        var id = scope.Id<Claim>(ImportKeys.Of<Claim>(scope, translation.Claim));
        var what = $"{translation.Claim} in {translation.Language}";
        var words = new TranslatedWords { Statement = translation.Statement, Owner = translation.Owner ?? "", Why = translation.Why };
        if (await engine.Read<Claim>(id, stop) is not { Current: { } current } claim || (original is not null && !current.Wording.SameAs(original)))
        {
            tally.Note(what, new Outcome.Refused([new Problem("", "The original waits for approval. Import again once it is published.")]));
            return;
        }
        var (stands, inWork) = (claim.LatestIn(translation.Language), claim.ProposalIn(translation.Language));
        var isThere = (stands?.Of == current.Number && stands.Words.SameAs(words)) || (inWork?.Of == current.Number && inWork.Words.SameAs(words));
        tally.Count("Translations", stands is null && inWork is null, !isThere);
        if (isThere) return;
        if (inWork is not null && inWork.Author != Actor.System.Id)
        {
            tally.Note(what, new Outcome.Refused([new Problem("", "A colleague's draft is in work there. It was kept; publish or return it first.")]));
            return;
        }
        var outcome = await engine.Decide(id, new SaveClaimTranslation { Id = Guid.CreateVersion7(), Language = translation.Language, Of = current.Number, Words = words, BasedOnEdit = inWork?.Edit ?? 0, Ask = true }, Actor.System, stop);
        if (outcome is Outcome.Done done && approver is { } by) outcome = await engine.Decide(id, new ApproveClaimTranslation { Id = Guid.CreateVersion7(), Language = translation.Language, Edit = done.Number }, by, stop);
        tally.Note(what, outcome);
    }
}
