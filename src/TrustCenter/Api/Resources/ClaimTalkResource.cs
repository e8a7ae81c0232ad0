using System.Globalization;
using TrustCenter.Claims;
using TrustCenter.Keys;
using TrustCenter.Staff;

namespace TrustCenter.Api;

/// <summary>What colleagues say about a claim, and what stood on a day.</summary>
internal static class ClaimTalkResource
{
    public static void MapClaimTalk(RouteGroupBuilder api)
    {
        api.MapMethods("/claims/{claim:guid}/comments", ApiRoutes.Reading, Comments).Says(Right.ReadConsole, ClaimExamples.Comments);
        api.MapPost("/claims/{claim:guid}/comments", Comment).Says(Right.Comment, ClaimExamples.Comment);
        api.MapMethods("/claims/as-of", ApiRoutes.Reading, AsOf).Says(Right.ReadConsole, ClaimExamples.AsOf);
    }

    private static async Task<IResult> Comments([AsParameters] Desk desk, HostKeys keys, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is not { } found) return ApiAnswer.Missing;
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, $"comments|{claim:N}");
        if (paging is null) return refusal!;
        var comments = (found.Comments ?? []).Where(c => c.Number > paging.AfterNumber).Take(paging.Fetched).ToList();
        return paging.Page(keys, comments, c => c.Number.ToString(CultureInfo.InvariantCulture), CommentShape.Of);
    }

    private static async Task<IResult> Comment([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<NewCommentShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        return ApiAnswer.Of(await desk.Decide(claim, new AddClaimComment { Id = call.Command, Text = call.Body.Text }), number => ApiAnswer.Ok(new CommentedShape(claim, number)));
    }

    private static async Task<IResult> AsOf([AsParameters] Desk desk, HostKeys keys)
    {
        if (!DateOnly.TryParseExact(desk.Context.Request.Query["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return ApiAnswer.Bad("date", "Say which day: 2026-12-31.");
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, $"as-of|{day:O}");
        if (paging is null) return refusal!;
        var stood = (await ClaimsAsOfDay.Read(desk, day)).Topics.SelectMany(t => t.Claims).Where(c => c.Id.CompareTo(paging.AfterId) > 0).OrderBy(c => c.Id).Take(paging.Fetched).ToList();
        return paging.Page(keys, stood, c => c.Id.ToString("N"), c => new StoodClaimShape(c.Id, ClaimVersionShape.Of(c.Version), c.Until));
    }
}
