using System.Security.Cryptography;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Import;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>Imports of deals for programs: bring a table, read what would become of it, let it in or leave it. The columns are read as they were the last time.</summary>
internal static class ImportResource
{
    private const string FileNameField = "fileName";

    public static void MapImports(RouteGroupBuilder api)
    {
        api.MapMethods("/imports", ApiRoutes.Reading, List).Says(Right.ImportDeals, ImportExamples.List);
        api.MapPost("/imports", Create).Says(Right.ImportDeals, ImportExamples.Create).WithMetadata(new LargestRequest(UploadForm.Largest));
        api.MapMethods("/imports/{import:guid}", ApiRoutes.Reading, Show).Says(Right.ImportDeals, ImportExamples.Show);
        api.MapMethods("/imports/{import:guid}/report", ApiRoutes.Reading, Report).Says(Right.ImportDeals, ImportExamples.Report);
        api.MapPost("/imports/{import:guid}/mappings", Map).Says(Right.ImportDeals, ImportExamples.Map);
        api.MapPost("/imports/{import:guid}/runs", Begin).Says(Right.ImportDeals, ImportExamples.Begin);
        api.MapPost("/imports/{import:guid}/withdrawals", Withdraw).Says(Right.ImportDeals, ImportExamples.Withdraw);
    }

    private static async Task<IResult> List([AsParameters] Desk desk, HostKeys keys)
    {
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, "imports");
        if (paging is null) return refusal!;
        var rows = await desk.Store.Query(sql => sql.Query("select id, source, stage, total, done, created from import_rows where tenant = @tenant and id > @after order by id limit @most",
            r => new ImportLineShape(r.Id(0), r.Text(1), Enum.Parse<ImportStage>(r.Text(2)), r.Int(3), r.Int(4), r.Time(5)),
            ("@tenant", desk.User.Scope.Tenant), ("@after", paging.AfterId), ("@most", paging.Fetched)), desk.Stop);
        return paging.Page(keys, rows, r => r.Id.ToString("N"), r => r);
    }

    private static async Task<IResult> Show([AsParameters] Desk desk, Guid import)
    {
        if (await desk.Read<ImportJob>(import) is not { } job) return ApiAnswer.Missing;
        return ApiAnswer.Ok(ImportShape.Of(import, job, await desk.Store.Query(sql => ImportParts.ReadPreview(sql, desk.User.Scope, import), desk.Stop)));
    }

    /// <summary>Brought and checked in one request: nothing changes before it is begun.</summary>
    private static async Task<IResult> Create([AsParameters] Desk desk, ImportFiles files)
    {
        if (!ApiCall.TryKey(desk.Context, creates: true, out var key, out var refusal)) return refusal!;
        foreach (var (name, values) in desk.Context.Request.Query)
            if (name != FileNameField || values.Count != 1) return ApiAnswer.Bad(name, "There is no such parameter. The OpenAPI document names all of them.");
        var fileName = desk.Context.Request.Query[FileNameField] is [{ Length: > 0 } named] ? named : "deals.csv";
        var brought = await desk.Read<ImportJob>(key) is null ? await ImportUploads.Take(desk, files, desk.Context.Request.Body, fileName, key) : await Again(desk);
        if (brought.Shut is { } shut) return shut;
        if (brought.Problems.Count > 0) return ApiAnswer.Wrong(brought.Problems, field => field == ImportUploads.FileField ? "body" : field);
        if (await desk.Read<ImportJob>(key) is not { } job || job.Source.Sha != brought.Sha) return ApiAnswer.UsedForAnother;
        if (job.Stage == ImportStage.Mapping) await desk.Decide(key, new ChooseMapping { Id = ApiCall.CommandOf(desk.Context, key, []), Mapping = job.Mapping });
        return ApiAnswer.Made($"{desk.User.Paths.Api}/imports/{key:D}", new MadeShape(key));
    }

    // The table comes a second time; it is kept as it was brought first.
    private static async Task<BroughtTable> Again(Desk desk)
    {
        var sha = Convert.ToHexStringLower(await SHA256.HashDataAsync(desk.Context.Request.Body, desk.Stop));
        return new([]) { Sha = sha, Shut = await desk.Context.AskDoorAgain() };
    }

    private static async Task<IResult> Report([AsParameters] Desk desk, Guid import) => await ImportReports.Write(desk, import) ?? ApiAnswer.Missing;

    private static async Task<IResult> Map([AsParameters] Desk desk, Guid import)
    {
        if (await desk.Read<ImportJob>(import) is not { } job) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<ImportMappingShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var form = call.Body.ToForm(job.Header);
        if (MappingForm.Read(form, job) is not { } mapping) return ApiAnswer.Wrong(form.Problems, ImportMappingShape.Name);
        return ApiAnswer.Of(await desk.Decide(import, new ChooseMapping { Id = call.Command, Mapping = mapping }), _ => ApiAnswer.Ok(new MadeShape(import)));
    }

    private static async Task<IResult> Begin([AsParameters] Desk desk, Guid import)
    {
        var answer = await Decide(desk, import, command => new BeginImport { Id = command });
        await ImportEndpoints.Remember(desk, import);
        return answer;
    }

    private static Task<IResult> Withdraw([AsParameters] Desk desk, Guid import) => Decide(desk, import, command => new WithdrawImport { Id = command });

    private static async Task<IResult> Decide(Desk desk, Guid import, Func<Guid, Command<ImportJob>> command)
    {
        if (await desk.Read<ImportJob>(import) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<NothingShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        return ApiAnswer.Of(await desk.Decide(import, command(call.Command)), _ => ApiAnswer.Ok(new MadeShape(import)));
    }
}
