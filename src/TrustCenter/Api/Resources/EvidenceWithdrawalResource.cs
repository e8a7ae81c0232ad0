using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Api;

/// <summary>Taking a published document back: asked by one, decided by another.</summary>
internal static class EvidenceWithdrawalResource
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/evidence/{evidence:guid}/withdrawal-requests", Ask).Says(Right.Write, EvidenceWithdrawalExamples.Ask);
        api.MapPost("/evidence/{evidence:guid}/withdrawals", Approve).Says(Right.Approve, EvidenceWithdrawalExamples.Approve);
        api.MapPost("/evidence/{evidence:guid}/withdrawal-returns", Decline).Says(Right.Approve, EvidenceWithdrawalExamples.Decline);
    }

    private static Task<IResult> Ask([AsParameters] Desk desk, Guid evidence)
        => Decide<WithdrawalShape>(desk, evidence, call => new AskEvidenceWithdrawal { Id = call.Command, Reason = call.Body.Reason });

    private static Task<IResult> Approve([AsParameters] Desk desk, Guid evidence)
        => Decide<WithdrawalApprovalShape>(desk, evidence, call => new ApproveEvidenceWithdrawal { Id = call.Command, AskedAt = Micros.From(call.Body.At), Version = call.Body.Version });

    private static Task<IResult> Decline([AsParameters] Desk desk, Guid evidence)
        => Decide<WithdrawalReturnShape>(desk, evidence, call => new DeclineEvidenceWithdrawal { Id = call.Command, AskedAt = Micros.From(call.Body.At), Comment = call.Body.Comment });

    private static async Task<IResult> Decide<TBody>(Desk desk, Guid evidence, Func<ApiCall<TBody>, Command<EvidenceDocument>> command) where TBody : class
    {
        if (await desk.Read<EvidenceDocument>(evidence) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<TBody>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var outcome = await desk.Decide(evidence, command(call));
        if (outcome is Outcome.Done) await desk.PublicPageFollows();
        return ApiAnswer.Of(outcome, version => ApiAnswer.Ok(new VersionedShape(evidence, version)), field => field == "declined" ? "comment" : field);
    }
}
