using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Api;

/// <summary>Evidence for programs. A file is the body as it is, read as a stream; what is said about it stands in the address.</summary>
internal static class EvidenceResource
{
    public static void MapEvidence(RouteGroupBuilder api)
    {
        api.MapMethods("/evidence", ApiRoutes.Reading, List).Says(Right.ReadConsole, EvidenceExamples.List);
        api.MapPost("/evidence", Create).Says(Right.Write, EvidenceExamples.Create).WithMetadata(new LargestRequest(UploadForm.Largest));
        api.MapMethods("/evidence/{evidence:guid}", ApiRoutes.Reading, Show).Says(Right.ReadConsole, EvidenceExamples.Show);
        api.MapPost("/evidence/{evidence:guid}/versions", AddVersion).Says(Right.Write, EvidenceExamples.AddVersion).WithMetadata(new LargestRequest(UploadForm.Largest));
        api.MapMethods("/evidence/{evidence:guid}/files/{sha}", ApiRoutes.Reading, File).Says(Right.ReadConsole, EvidenceExamples.File);
        api.MapPost("/evidence/{evidence:guid}/metadata-removals", Clean).Says(Right.Write, EvidenceExamples.Clean);
        api.MapPost("/evidence/{evidence:guid}/publications", Approve).Says(Right.Approve, EvidenceExamples.Approve);
        api.MapPost("/evidence/{evidence:guid}/returns", Return).Says(Right.Approve, EvidenceExamples.Return);
        EvidenceWithdrawalResource.Map(api);
    }

    private static async Task<IResult> List([AsParameters] Desk desk, HostKeys keys)
    {
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, "evidence");
        if (paging is null) return refusal!;
        var rows = await desk.Store.Query(sql => sql.Query($"select {EvidenceLineShape.Columns} from evidence_rows where tenant = @tenant and id > @after order by id limit @most",
            EvidenceLineShape.Of, ("@tenant", desk.User.Scope.Tenant), ("@after", paging.AfterId), ("@most", paging.Fetched)), desk.Stop);
        return paging.Page(keys, rows, r => r.Id.ToString("N"), r => r);
    }

    private static async Task<IResult> Show([AsParameters] Desk desk, Guid evidence)
        => await desk.Read<EvidenceDocument>(evidence) is { } found ? ApiAnswer.Ok(EvidenceShape.Of(evidence, found)) : ApiAnswer.Missing;

    private static async Task<IResult> Create([AsParameters] Desk desk, EvidenceIntake intake, FileQuota quota)
        => ApiCall.TryKey(desk.Context, creates: true, out var key, out var refusal) ? await Take(desk, intake, quota, key, key, null) : refusal!;

    private static async Task<IResult> AddVersion([AsParameters] Desk desk, EvidenceIntake intake, FileQuota quota, Guid evidence)
    {
        if (await desk.Read<EvidenceDocument>(evidence) is not { } document) return ApiAnswer.Missing;
        return ApiCall.TryKey(desk.Context, creates: true, out var key, out var refusal) ? await Take(desk, intake, quota, evidence, key, document.Newest) : refusal!;
    }

    /// <param name="standing">Says what the address leaves out; null for a new document.</param>
    private static async Task<IResult> Take(Desk desk, EvidenceIntake intake, FileQuota quota, Guid id, Guid key, EvidenceVersion? standing)
    {
        var (upload, refusal) = EvidenceUpload.Read(desk.Context.Request, standing);
        if (upload is null) return refusal!;
        var result = await intake.Take(desk.User.Scope, upload.Description, desk.Context.Request.Body, upload.FileName, upload.RightToDecrypt, desk.Stop);
        if (result is IntakeResult.Refused unfit) return ApiAnswer.Wrong(unfit.Problems, EvidenceUpload.Name);
        var taken = (IntakeResult.Taken)result;
        var sha = taken.Version.File.Sha;
        // A create with a key that made another document before would become a version of that one.
        var isOther = standing is null && await desk.Read<EvidenceDocument>(id) is { } there && there.AllVersions.All(v => v.File.Sha != sha);
        if ((await desk.Context.AskDoorAgain() ?? (isOther ? ApiAnswer.UsedForAnother : null)) is { } shut)
        {
            await quota.GiveBack(desk.User.Scope, taken.Files);
            return shut;
        }
        var command = new UploadEvidence { Id = ApiCall.CommandOf(desk.Context, key, Convert.FromHexString(sha)), Version = taken.Version, Files = taken.Files };
        var outcome = await quota.Keep(desk.User.Scope, taken.Files, () => desk.Decide(id, command), desk.Stop);
        return ApiAnswer.Of(outcome, version => ApiAnswer.Made($"{desk.User.Paths.Api}/evidence/{id:D}", new UploadedShape(id, version, sha)), EvidenceUpload.Name);
    }

    private static async Task<IResult> File([AsParameters] Desk desk, FileStore files, Guid evidence, string sha) => await EvidenceFiles.Open(desk, files, evidence, sha) ?? ApiAnswer.Missing;

    private static async Task<IResult> Clean([AsParameters] Desk desk, EvidenceIntake intake, FileQuota quota, Guid evidence)
    {
        if (await desk.Read<EvidenceDocument>(evidence) is not { } document) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<EvidenceCleaningShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        if (document.Waiting is { } told && told.File.Sha == call.Body.Sha256 && told.Metadata is not { Count: > 0 }) return ApiAnswer.Wrong([new Problem("sha256", "This file tells nothing about its making, or nobody looked: there is nothing to remove.")]);
        var outcome = document.Waiting is { } waiting && waiting.File.Sha == call.Body.Sha256
            ? await EvidenceCleaning.Clean(desk, intake, quota, evidence, waiting, call.Command)
            : await desk.Decide(evidence, new CleanEvidence { Id = call.Command, Sha = "", Version = document.Newest, Files = [] }); // done already, or another file waits now: no file has this hash
        return ApiAnswer.Of(outcome, version => ApiAnswer.Ok(new VersionedShape(evidence, version)));
    }

    private static async Task<IResult> Approve([AsParameters] Desk desk, Guid evidence)
    {
        if (await desk.Read<EvidenceDocument>(evidence) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<EvidenceApprovalShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var outcome = await desk.Decide(evidence, new ApproveEvidence { Id = call.Command, Sha = call.Body.Sha256, UploadedAt = Micros.From(call.Body.At), MayGoUnmarked = call.Body.MayGoUnmarked });
        if (outcome is Outcome.Done) await desk.PublicPageFollows();
        return ApiAnswer.Of(outcome, version => ApiAnswer.Ok(new VersionedShape(evidence, version)), EvidenceUpload.Name);
    }

    private static async Task<IResult> Return([AsParameters] Desk desk, Guid evidence)
    {
        if (await desk.Read<EvidenceDocument>(evidence) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<EvidenceReturnShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var outcome = await desk.Decide(evidence, new ReturnEvidence { Id = call.Command, Sha = call.Body.Sha256, Comment = call.Body.Comment });
        return ApiAnswer.Of(outcome, version => ApiAnswer.Ok(new VersionedShape(evidence, version)));
    }
}
