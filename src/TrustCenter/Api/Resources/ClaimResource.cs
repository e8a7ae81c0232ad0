using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Staff;

namespace TrustCenter.Api;

/// <summary>Claims for programs: the decisions and rules of the console.</summary>
internal static class ClaimResource
{
    public static void MapClaims(RouteGroupBuilder api)
    {
        api.MapMethods("/claims", ApiRoutes.Reading, List).Says(Right.ReadConsole, ClaimExamples.List);
        api.MapPost("/claims", Create).Says(Right.Write, ClaimExamples.Create);
        api.MapMethods("/claims/{claim:guid}", ApiRoutes.Reading, Show).Says(Right.ReadConsole, ClaimExamples.Show);
        api.MapPost("/claims/{claim:guid}/drafts", Save).Says(Right.Write, ClaimExamples.Save);
        api.MapPost("/claims/{claim:guid}/approval-requests", AskApproval).Says(Right.Write, ClaimExamples.AskApproval);
        api.MapPost("/claims/{claim:guid}/withdrawal-requests", AskWithdrawal).Says(Right.Write, ClaimExamples.AskWithdrawal);
        api.MapPost("/claims/{claim:guid}/publications", Approve).Says(Right.Approve, ClaimExamples.Approve);
        api.MapPost("/claims/{claim:guid}/schedules", Schedule).Says(Right.Approve, ClaimExamples.Schedule);
        api.MapPost("/claims/{claim:guid}/schedule-ends", EndSchedule).Says(Right.Approve, ClaimExamples.EndSchedule);
        api.MapPost("/claims/{claim:guid}/returns", Return).Says(Right.Approve, ClaimExamples.Return);
    }

    private static async Task<IResult> List([AsParameters] Desk desk, HostKeys keys)
    {
        var stage = desk.Context.Request.Query["stage"].ToString();
        if (stage.Length > 0 && !ApiWord.TryParse(stage, out StageShape _)) return ApiAnswer.Bad("stage", "This is no stage of a claim. The OpenAPI document names them.");
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, $"claims|{stage}");
        if (paging is null) return refusal!;
        var rows = await desk.Store.Query(sql => sql.Query($"select {ClaimLineShape.Columns} from claim_rows where tenant = @tenant and id > @after and (@stage = '' or lower(stage) = @stage) order by id limit @most",
            ClaimLineShape.Of, ("@tenant", desk.User.Scope.Tenant), ("@after", paging.AfterId), ("@stage", stage.ToLowerInvariant()), ("@most", paging.Fetched)), desk.Stop);
        return paging.Page(keys, rows, r => r.Id.ToString("N"), r => r);
    }

    private static async Task<IResult> Show([AsParameters] Desk desk, Guid claim)
        => await desk.Read<Claim>(claim) is { } found ? ApiAnswer.Ok(ClaimShape.Of(claim, found)) : ApiAnswer.Missing;

    private static async Task<IResult> Create([AsParameters] Desk desk)
    {
        var (call, refusal) = await ApiCall.Read<NewClaimShape>(desk.Context, creates: true);
        if (call is null) return refusal!;
        var (wording, wrong) = await Read(desk, call.Body.Wording);
        if (wording is null) return wrong!;
        return await desk.Decide(call.Key, new SaveClaim { Id = call.Command, Wording = wording, BasedOnEdit = 0 }) switch
        {
            Outcome.Stale => ApiAnswer.UsedForAnother,
            var outcome => ApiAnswer.Of(outcome, edit => ApiAnswer.Made(Address(desk, call.Key), new EditedShape(call.Key, edit)), WordingShape.Name),
        };
    }

    private static async Task<IResult> Save([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<NewDraftShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var (wording, wrong) = await Read(desk, call.Body.Wording);
        if (wording is null) return wrong!;
        var outcome = await desk.Decide(claim, new SaveClaim { Id = call.Command, Wording = wording, BasedOnEdit = call.Body.Edit });
        return ApiAnswer.Of(outcome, edit => ApiAnswer.Ok(new EditedShape(claim, edit)), WordingShape.Name);
    }

    private static async Task<IResult> AskApproval([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<NothingShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        return ApiAnswer.Of(await desk.Decide(claim, new AskClaimApproval { Id = call.Command }), edit => ApiAnswer.Ok(new EditedShape(claim, edit)));
    }

    private static async Task<IResult> AskWithdrawal([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<WithdrawalShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        return ApiAnswer.Of(await desk.Decide(claim, new ProposeClaimWithdrawal { Id = call.Command, Reason = call.Body.Reason }), edit => ApiAnswer.Ok(new EditedShape(claim, edit)));
    }

    private static async Task<IResult> Approve([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<ApprovalShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var outcome = await desk.Decide(claim, new ApproveClaim { Id = call.Command, Edit = call.Body.Edit });
        if (outcome is Outcome.Done) await desk.PublicPageFollows();
        return ApiAnswer.Of(outcome, version => ApiAnswer.Ok(new VersionedShape(claim, version)));
    }

    private static async Task<IResult> Schedule([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<ScheduleShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        return ApiAnswer.Of(await desk.Decide(claim, new ApproveClaim { Id = call.Command, Edit = call.Body.Edit, PublishAt = call.Body.PublishAt }), edit => ApiAnswer.Ok(new EditedShape(claim, edit)));
    }

    private static async Task<IResult> EndSchedule([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<ApprovalShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        return ApiAnswer.Of(await desk.Decide(claim, new CancelClaimSchedule { Id = call.Command, Edit = call.Body.Edit }), edit => ApiAnswer.Ok(new EditedShape(claim, edit)));
    }

    private static async Task<IResult> Return([AsParameters] Desk desk, Guid claim)
    {
        if (await desk.Read<Claim>(claim) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<ReturnShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        return ApiAnswer.Of(await desk.Decide(claim, new ReturnClaim { Id = call.Command, Edit = call.Body.Edit, Comment = call.Body.Comment }), edit => ApiAnswer.Ok(new EditedShape(claim, edit)));
    }

    // What a wording refers to is looked up in this tenant alone (ABUSE T-072).
    private static async Task<(ClaimWording? Wording, IResult? Wrong)> Read(Desk desk, WordingShape typed)
    {
        var form = typed.ToForm();
        var wording = await ClaimForm.Read(form, desk);
        return form.Problems.Count > 0 ? (null, ApiAnswer.Wrong(form.Problems, WordingShape.Name)) : (wording, null);
    }

    private static string Address(Desk desk, Guid claim) => $"{desk.User.Paths.Api}/claims/{claim:D}";
}
