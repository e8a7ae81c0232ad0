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
        var brought = await desk.Read<ImportJob>(id) is null ? await Take(desk, files, upload.Content, upload.FileName, id) : new BroughtTable([]);
        await upload.Drain();
        if (brought.Shut is { } shut) return shut;
        return brought.Problems.Count == 0 ? Answers.SeeOther(desk.Context, desk.User.Paths.Import(id)) : await ImportEndpoints.ListPage(desk, brought.Problems, StatusCodes.Status422UnprocessableEntity);
    }

    internal static async Task<BroughtTable> Take(Desk desk, ImportFiles files, Stream content, string name, Guid id)
    {
        if (await Waiting(desk) >= ImportLimits.WaitingImports)
            return new([new("", $"{ImportLimits.WaitingImports} imports wait to be begun. Begin or withdraw one of them, then upload this file again.")]);
        if (await files.Keep(desk.User.Scope, content, name, desk.Stop) is not { } source)
            return new([new(FileField, $"The file is larger than {ImportLimits.Table >> 20} MiB. Split it.")]);
        var brought = await Bring(desk, files, source, id);
        await files.GiveBack(desk.User.Scope, source); // what no import took
        return brought;
    }

    private static async Task<BroughtTable> Bring(Desk desk, ImportFiles files, ImportSource source, Guid id)
    {
        if (source.Length == 0) return new([new(FileField, "The file is empty, or none was chosen. Choose it again.")]);

        var log = new ProblemLog();
        using var spooled = await files.Spool(desk.User.Scope, source, desk.Stop);
        if (TableHead.Read(spooled.Path, log.In(source.Name)) is not { } head) return new([.. log.Reading(new ImportContent()).Errors.Select(e => new Problem(FileField, (e.Row is { } row ? $"Row {row}: " : "") + e.Reason))]);
        var remembered = await desk.Read<RememberedMapping>(ImportMapping.KeyOf(head.Names));
        var mapping = (remembered?.Mapping ?? MappingGuess.For(head)) with { Separator = head.Separator.ToString() };
        if (await desk.Context.AskDoorAgain() is { } shut) return new([]) { Shut = shut };
        var outcome = await desk.Decide(id, new BringTable { Id = id, Source = source, Header = head.Names, Mapping = mapping, Total = head.Rows });
        return new(outcome is Outcome.Refused refused ? refused.Problems : []) { Sha = source.Sha };
    }

    private static Task<long> Waiting(Desk desk) => desk.Store.Query(
        sql => sql.Number("select count(*) from import_rows where tenant = @tenant and stage in ('Mapping', 'Checking', 'Checked', 'Importing')", ("@tenant", desk.User.Scope.Tenant)), desk.Stop);
}

/// <summary>What stands against a table, or its hash.</summary>
/// <param name="Problems">None: it is an import now, or was one before.</param>
internal sealed record BroughtTable(IReadOnlyList<Problem> Problems)
{
    public string Sha { get; init; } = ""; // SHA-256, hex

    /// <summary>What the door answered when it was asked again.</summary>
    public IResult? Shut { get; init; }
}
