using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Staff;

namespace TrustCenter.Api;

/// <summary>What a claim says in other languages: each with its own author and approver.</summary>
internal static class TranslationResource
{
    public static void MapTranslations(RouteGroupBuilder api)
    {
        api.MapMethods("/claims/{claim:guid}/translations", ApiRoutes.Reading, List).Says(Right.ReadConsole, TranslationExamples.List);
        api.MapPost("/claims/{claim:guid}/translations/{language}/drafts", Save).Says(Right.Write, TranslationExamples.Save);
        api.MapPost("/claims/{claim:guid}/translations/{language}/publications", Approve).Says(Right.Approve, TranslationExamples.Approve);
        api.MapPost("/claims/{claim:guid}/translations/{language}/returns", Return).Says(Right.Approve, TranslationExamples.Return);
    }

    // One for each language, so one page.
    private static async Task<IResult> List([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is not { } found) return ApiAnswer.Missing;
        return ApiAnswer.Ok(new ListShape<TranslationShape>([.. TranslationDesk.Languages(desk.User.Vendor, found).Select(language => TranslationShape.Of(found, language))], More: false));
    }

    private static async Task<IResult> Save([AsParameters] Desk desk, Guid claim, string language)
    {
        if (await TranslationDesk.FindClaim(desk, claim, language) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<NewTranslationShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var form = call.Body.Words.ToForm();
        var words = TranslationDesk.Words(form, desk.User.Vendor);
        if (form.Problems.Count > 0) return ApiAnswer.Wrong(form.Problems, TranslatedWordsShape.Name);
        var outcome = await desk.Decide(claim, new SaveClaimTranslation { Id = call.Command, Language = language, Of = call.Body.Of, BasedOnEdit = call.Body.Edit, Ask = call.Body.Ask, Words = words });
        return ApiAnswer.Of(outcome, edit => ApiAnswer.Ok(new EditedShape(claim, edit)), TranslatedWordsShape.Name);
    }

    private static async Task<IResult> Approve([AsParameters] Desk desk, Guid claim, string language)
    {
        if (await TranslationDesk.FindClaim(desk, claim, language) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<ApprovalShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var outcome = await desk.Decide(claim, new ApproveClaimTranslation { Id = call.Command, Language = language, Edit = call.Body.Edit });
        if (outcome is Outcome.Done) await desk.PublicPageFollows();
        return ApiAnswer.Of(outcome, version => ApiAnswer.Ok(new VersionedShape(claim, version)));
    }

    private static async Task<IResult> Return([AsParameters] Desk desk, Guid claim, string language)
    {
        if (await TranslationDesk.FindClaim(desk, claim, language) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<ReturnShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var outcome = await desk.Decide(claim, new ReturnClaimTranslation { Id = call.Command, Language = language, Edit = call.Body.Edit, Comment = call.Body.Comment });
        return ApiAnswer.Of(outcome, edit => ApiAnswer.Ok(new EditedShape(claim, edit)));
    }
}
