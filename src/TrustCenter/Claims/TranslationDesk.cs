using System.Diagnostics;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Claims;

/// <summary>What the page of one translation shows: the original beside what stands or was typed.</summary>
public sealed record TranslationView
{
    public required Guid Id { get; init; }
    public required Claim Claim { get; init; }
    public required string Language { get; init; }
    public TypedForm Form { get; init; } = TypedForm.Empty;
    public IReadOnlyList<Problem> Problems { get; init; } = [];
    public bool IsConflict { get; init; } // typed over something that was saved meanwhile
    public string Comment { get; init; } = "";
    public required StaffNames Names { get; init; }

    public TranslationProposal? Proposal => Claim.ProposalIn(Language);
    public ClaimTranslation? Published => Claim.LatestIn(Language);
    public TranslatedWords? Standing => Proposal?.Words ?? Published?.Words;
}

internal static class TranslationDesk
{
    public static async Task<IResult> Show([AsParameters] Desk desk, Guid claim, string language)
        => await Find(desk, claim, language) is { } found ? Page(desk, found, StatusCodes.Status200OK) : Answers.Nothing();

    public static async Task<IResult> Save([AsParameters] Desk desk, Guid claim, string language)
    {
        if (await Find(desk, claim, language) is not { } found) return Answers.Nothing();
        var form = await TypedForm.Read(desk.Context);
        var command = new SaveClaimTranslation
        {
            Id = form.Command, Language = language, Of = form.Number("of"), BasedOnEdit = form.Number("edit"), Ask = form["ask"] == "yes",
            Words = Words(form, desk.User.Vendor),
        };
        return await Answer(desk, found, form, form.Problems.Count > 0 ? new Outcome.Refused(form.Problems) : await desk.Decide(claim, command));
    }

    /// <summary>Only the fields named here have an effect (ABUSE T-086).</summary>
    public static TranslatedWords Words(TypedForm form, Vendor vendor) => new() { Statement = form.Text("statement"), Owner = form.Text("owner"), Why = ClaimForm.Why(form, [.. vendor.Audiences.Select(a => a.Key)]) };

    public static async Task<IResult> Approve([AsParameters] Desk desk, Guid claim, string language)
    {
        if (await Find(desk, claim, language) is not { } found) return Answers.Nothing();
        var form = await TypedForm.Read(desk.Context);
        var outcome = await desk.Decide(claim, new ApproveClaimTranslation { Id = form.Command, Language = language, Edit = form.Number("edit") });
        if (outcome is Outcome.Done) await desk.PublicPageFollows();
        return await Answer(desk, found, TypedForm.Empty, outcome);
    }

    public static async Task<IResult> Return([AsParameters] Desk desk, Guid claim, string language)
    {
        if (await Find(desk, claim, language) is not { } found) return Answers.Nothing();
        var form = await TypedForm.Read(desk.Context);
        var outcome = await desk.Decide(claim, new ReturnClaimTranslation { Id = form.Command, Language = language, Edit = form.Number("edit"), Comment = form.Text("comment") });
        return await Answer(desk, found with { Comment = form["comment"] }, TypedForm.Empty, outcome);
    }

    /// <summary>The languages that the vendor has besides the original's, and those that this claim was said in before.</summary>
    public static IEnumerable<string> Languages(Vendor vendor, Claim claim) => (vendor.Languages ?? []).Skip(1).Union(claim.Tongues());

    /// <summary>Null also where this is no language of the claim.</summary>
    public static async Task<Claim?> FindClaim(Desk desk, Guid id, string language)
        => LanguageTag.IsTag(language) && await desk.Read<Claim>(id) is { } claim && Languages(desk.User.Vendor, claim).Contains(language) ? claim : null;

    private static async Task<TranslationView?> Find(Desk desk, Guid id, string language)
        => await FindClaim(desk, id, language) is { } claim ? new TranslationView { Id = id, Claim = claim, Language = language, Names = await desk.Names() } : null;

    private static async Task<IResult> Answer(Desk desk, TranslationView view, TypedForm form, Outcome outcome)
    {
        if (outcome is Outcome.Done) return Answers.SeeOther(desk.Context, desk.User.Paths.ClaimTranslation(view.Id, view.Language));
        if (await desk.Read<Claim>(view.Id) is not { } now) return Answers.Nothing();
        var shown = view with { Claim = now, Form = form };
        return outcome switch
        {
            Outcome.Stale => Page(desk, shown with { IsConflict = true }, StatusCodes.Status409Conflict),
            Outcome.Refused refused => Page(desk, shown with { Problems = refused.Problems }, StatusCodes.Status422UnprocessableEntity),
            Outcome.Missing => Answers.Nothing(),
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    private static IResult Page(Desk desk, TranslationView view, int status) => desk.Context.ConsolePage<ClaimTranslationPage>(new() { ["View"] = view }, status);
}
