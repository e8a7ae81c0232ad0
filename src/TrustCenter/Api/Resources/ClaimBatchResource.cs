using TrustCenter.Claims;
using TrustCenter.Staff;

namespace TrustCenter.Api;

/// <summary>One act on several claims, each a decision of its own; what came of it can be read again.</summary>
internal static class ClaimBatchResource
{
    public static void MapClaimBatches(RouteGroupBuilder api)
    {
        api.MapPost("/claims/publications", Publish).Says(Right.Approve, ClaimBatchExamples.Publish);
        api.MapPost("/claims/checks", Check).Says(Right.Write, ClaimBatchExamples.Check);
        api.MapMethods("/claims/batches/{batch:guid}", ApiRoutes.Reading, Show).Says(Right.ReadConsole, ClaimBatchExamples.Show);
    }

    private static async Task<IResult> Show([AsParameters] Desk desk, Guid batch)
        => await desk.Read<ClaimBatch>(batch) is { } found ? ApiAnswer.Ok(ClaimBatchShape.Of(batch, found)) : ApiAnswer.Missing;

    private static async Task<IResult> Publish([AsParameters] Desk desk, BatchRun run)
    {
        var (call, refusal) = await ApiCall.Read<NewPublicationsShape>(desk.Context, creates: true);
        if (call is null) return refusal!;
        return await Carry(desk, run, call.Key, new StartClaimBatch { Id = call.Command, Act = BatchAct.Publish, Items = [.. call.Body.Claims.Select(c => new BatchItem(c.Claim, c.Edit))] });
    }

    private static async Task<IResult> Check([AsParameters] Desk desk, BatchRun run)
    {
        var (call, refusal) = await ApiCall.Read<NewChecksShape>(desk.Context, creates: true);
        if (call is null) return refusal!;
        var (body, items) = (call.Body, call.Body.Claims.Select(c => new BatchItem(c.Claim, c.Version)));
        return await Carry(desk, run, call.Key, new StartClaimBatch { Id = call.Command, Act = BatchAct.Check, Items = [.. items], Checked = body.Checked, ReviewBy = body.ReviewBy, Note = body.Note ?? "" });
    }

    private static async Task<IResult> Carry(Desk desk, BatchRun run, Guid batch, StartClaimBatch wish)
    {
        if (await desk.Read<ClaimBatch>(batch) is { } there && !there.IsOf(wish, desk.User.Actor)) return ApiAnswer.UsedForAnother;
        var outcome = await BatchDesk.Carry(desk, run, batch, wish);
        return ApiAnswer.Of(outcome, _ => ApiAnswer.Made($"{desk.User.Paths.Api}/claims/batches/{batch:D}", new MadeShape(batch)), field => field == "claim" ? "claims" : field);
    }
}
