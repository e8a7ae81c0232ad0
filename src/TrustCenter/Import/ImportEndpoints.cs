using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Import;

/// <summary>Imports of deals in the console: bring a table, say how its columns are read, look at what would become of it, let it in.</summary>
public static class ImportEndpoints
{
    public const int ReloadAfter = 2; // seconds, while work is under way

    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapImports(this RouteGroupBuilder console)
    {
        var imports = console.MapGroup("/imports");
        imports.MapMethods("", Reading, List).Needs(Right.ImportDeals).WithName("Imports");
        imports.MapPost("", ImportUploads.Create).Needs(Right.ImportDeals).WithMetadata(new StreamsItsBody(), new LargestRequest(UploadForm.Largest)).WithName("BringTable");
        imports.MapMethods("/{import:guid}", Reading, Show).Needs(Right.ImportDeals).WithName("Import");
        imports.MapPost("/{import:guid}/mappings", Map).Needs(Right.ImportDeals).WithName("MapImport");
        imports.MapPost("/{import:guid}/runs", Begin).Needs(Right.ImportDeals).WithName("BeginImport");
        imports.MapPost("/{import:guid}/withdrawals", Withdraw).Needs(Right.ImportDeals).WithName("WithdrawImport");
        imports.MapMethods("/{import:guid}/report", Reading, ImportReports.Download).Needs(Right.ImportDeals).WithName("ImportReport");
    }

    private static Task<IResult> List([AsParameters] Desk desk) => ListPage(desk, [], StatusCodes.Status200OK);

    internal static async Task<IResult> ListPage(Desk desk, IReadOnlyList<Problem> problems, int status) => desk.Context.ConsolePage<ImportsPage>(new()
    {
        ["Imports"] = await desk.Store.Query(sql => ImportLine.Read(sql, desk.User.Scope), desk.Stop),
        ["Names"] = await desk.Names(),
        ["Problems"] = problems,
    }, status);

    private static async Task<IResult> Show([AsParameters] Desk desk, Guid import)
        => await desk.Read<ImportJob>(import) is { } job ? await Page(desk, import, job, TypedForm.Empty, [], StatusCodes.Status200OK) : Answers.Nothing();

    private static async Task<IResult> Page(Desk desk, Guid id, ImportJob job, TypedForm form, IReadOnlyList<Problem> problems, int status)
    {
        var reloads = job.Stage is ImportStage.Checking or ImportStage.Importing && !desk.Context.Request.Query.ContainsKey("still");
        if (reloads) desk.Context.Response.Headers["Refresh"] = ReloadAfter.ToString(System.Globalization.CultureInfo.InvariantCulture); // a header, as every browser knows it, and no script
        return desk.Context.ConsolePage<ImportPage>(new()
        {
            ["Id"] = id,
            ["Job"] = job,
            ["Found"] = job.Stage == ImportStage.Checked ? await desk.Store.Query(sql => ImportParts.ReadPreview(sql, desk.User.Scope, id), desk.Stop) : new ImportPreview(),
            ["Names"] = await desk.Names(),
            ["Form"] = form,
            ["Problems"] = problems,
            ["Reloads"] = reloads,
        }, status);
    }

    private static async Task<IResult> Map([AsParameters] Desk desk, Guid import)
    {
        if (await desk.Read<ImportJob>(import) is not { } job) return Answers.Nothing();
        var form = await TypedForm.Read(desk.Context);
        if (MappingForm.Read(form, job) is not { } mapping) return await Page(desk, import, job, form, form.Problems, StatusCodes.Status422UnprocessableEntity);
        return await Answer(desk, import, form, new ChooseMapping { Id = form.Command, Mapping = mapping });
    }

    private static async Task<IResult> Begin([AsParameters] Desk desk, Guid import)
    {
        var form = await TypedForm.Read(desk.Context);
        var answer = await Answer(desk, import, form, new BeginImport { Id = form.Command });
        await Remember(desk, import);
        return answer;
    }

    /// <summary>The columns of what was begun are those of the next table with the same ones.</summary>
    internal static async Task Remember(Desk desk, Guid import)
    {
        if (await desk.Read<ImportJob>(import) is { Stage: ImportStage.Importing } job)
            await desk.Decide(ImportMapping.KeyOf(job.Header), new RememberMapping { Id = Guid.CreateVersion7(), Mapping = job.Mapping });
    }

    private static async Task<IResult> Withdraw([AsParameters] Desk desk, Guid import)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Answer(desk, import, form, new WithdrawImport { Id = form.Command });
    }

    private static async Task<IResult> Answer(Desk desk, Guid import, TypedForm form, Command<ImportJob> command) => await desk.Decide(import, command) switch
    {
        Outcome.Refused refused when await desk.Read<ImportJob>(import) is { } job => await Page(desk, import, job, form, refused.Problems, StatusCodes.Status422UnprocessableEntity),
        Outcome.Missing => Answers.Nothing(),
        _ => Answers.SeeOther(desk.Context, desk.User.Paths.Import(import)),
    };
}

/// <summary>One line of the list of imports.</summary>
public sealed record ImportLine(Guid Id, string Source, ImportStage Stage, Guid By, int Total, int Done, DateTimeOffset Created)
{
    private const int Most = 100; // the newest; the journal has all

    public static List<ImportLine> Read(Sql sql, Scope scope)
        => sql.Query($"select id, source, stage, staff, total, done, created from import_rows where tenant = @tenant order by created desc, id limit {Most}",
            r => new ImportLine(r.Id(0), r.Text(1), Enum.Parse<ImportStage>(r.Text(2)), r.Id(3), r.Int(4), r.Int(5), r.Time(6)), ("@tenant", scope.Tenant));
}
