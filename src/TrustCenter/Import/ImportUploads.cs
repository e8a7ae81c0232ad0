using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Import;

/// <summary>A table arrives: it is staged, its head is read, and how its columns may be read is guessed or remembered.</summary>
internal static class ImportUploads
{
    internal const string FileField = "file";

    /// <summary>The import's key is the form's command, so that the same form posted twice is one import.</summary>
    public static async Task<IResult> Create([AsParameters] Desk desk, ImportFiles files)
    {
        if (await UploadForm.Read(desk.Context) is not { } upload) return SafePost.Refuse(desk.Context);
        var id = upload.Fields.Command;
        var problems = await desk.Read<ImportJob>(id) is null ? await Take(desk, files, upload.Content, upload.FileName, id) : [];
        await upload.Drain();
        return problems.Count == 0 ? Answers.SeeOther(desk.Context, desk.User.Paths.Import(id)) : await ImportEndpoints.ListPage(desk, problems, StatusCodes.Status422UnprocessableEntity);
    }

    internal static async Task<IReadOnlyList<Problem>> Take(Desk desk, ImportFiles files, Stream content, string name, Guid id)
    {
        if (await Waiting(desk) >= ImportLimits.WaitingImports)
            return [new("", $"{ImportLimits.WaitingImports} imports wait to be begun. Begin or withdraw one of them, then upload this file again.")];
        if (await files.Keep(desk.User.Scope, content, name, desk.Stop) is not { } source)
            return [new(FileField, $"The file is larger than {ImportLimits.Table >> 20} MiB. Split it.")];
        if (source.Length == 0) return [new(FileField, "The file is empty, or none was chosen. Choose it again.")];

        var log = new ProblemLog();
        using var spooled = await files.Spool(desk.User.Scope, source, desk.Stop);
        if (TableHead.Read(spooled.Path, log.In(source.Name)) is not { } head) return [.. log.Reading(new ImportContent()).Errors.Select(e => new Problem(FileField, (e.Row is { } row ? $"Row {row}: " : "") + e.Reason))];
        var remembered = await desk.Read<RememberedMapping>(ImportMapping.KeyOf(head.Names));
        var mapping = (remembered?.Mapping ?? MappingGuess.For(head)) with { Separator = head.Separator.ToString() };
        var outcome = await desk.Decide(id, new BringTable { Id = id, Source = source, Header = head.Names, Mapping = mapping, Total = head.Rows });
        return outcome is Outcome.Refused refused ? refused.Problems : [];
    }

    private static Task<long> Waiting(Desk desk) => desk.Store.Query(
        sql => sql.Number("select count(*) from import_rows where tenant = @tenant and stage in ('Mapping', 'Checking', 'Checked', 'Importing')", ("@tenant", desk.User.Scope.Tenant)), desk.Stop);
}
