using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using TrustCenter.Documents;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Rooms;

/// <summary>
/// Downloads: a post writes the durable entry, its answer leads to bytes that always stay the same. GET, HEAD and ranges ask the gate each time
/// (DESIGN, invariants 4 to 7).
/// </summary>
public static class DownloadEndpoints
{
    private const string TraceLetters = "ABCDEFGHJKMNPQRSTVWXYZ23456789"; // none that is taken for another
    private const int TraceLength = 10; // characters; 49 bits, unique within a vendor in practice

    public static void MapDownloads(this RouteGroupBuilder room)
    {
        room.MapPost("/downloads", Start).For(Reader.Prospect).WithName("StartDownload");
        room.MapMethods("/downloads/{access:guid}", ["GET", "HEAD"], Serve).For(Reader.Prospect).WithName("Download");
    }

    private static async Task<IResult> Start(HttpContext context, Guid visit, Gate gate, IEngine engine, SummaryWriter summaries, HostKeys keys, Paths paths)
    {
        var answer = await RoomEndpoints.Ask(context, visit, gate);
        if (answer is not { Step: GateStep.Room, Link: { } link }) return Answers.Nothing();
        if (await RoomEndpoints.OurForm(context, answer, keys) is not { } form) return SafePost.Refuse(context);
        var scope = context.Scope();
        var access = new Access(new Guid(RandomNumberGenerator.GetBytes(16)), null, 0, RandomNumberGenerator.GetString(TraceLetters, TraceLength), default);
        string title;
        if (form["document"] == "summary" && link.Summary is not null)
        {
            var (current, missing) = await summaries.Current(scope, answer.Visit!.Link, link, context.RequestAborted);
            if (current is null) return Answers.Later(context, missing!);
            (access, title) = (access with { Version = current.Edition!.Number }, "the summary");
        }
        else if (form.Id("document") is { } document && await gate.Document(scope, answer, document, null, context.RequestAborted) is { } version)
            (access, title) = (access with { Document = document, Version = version.Number }, version.Title);
        else return Answers.Nothing();

        var id = scope.Id<Visit>(visit);
        return await engine.Decide(id, new StartDownload { Id = Guid.CreateVersion7(), Target = id, Access = access, Title = title }, Actor.Prospect(visit), context.RequestAborted) switch
        {
            Outcome.Done => Answers.SeeOther(context, paths.Download(visit, access.Id)),
            _ => Answers.Nothing(),
        };
    }

    private static async Task<IResult> Serve(HttpContext context, Guid visit, Guid access, Gate gate, SummaryWriter summaries, FileStore files, PersonalRecords personal)
    {
        var answer = await RoomEndpoints.Ask(context, visit, gate);
        if (answer.Step != GateStep.Room || answer.Visit!.Accesses.FirstOrDefault(a => a.Id == access) is not { } entry) return Answers.Nothing();
        var scope = context.Scope();
        if (entry.Document is null && !await summaries.Stands(scope, answer.Link!, entry.Version, context.RequestAborted)) return Answers.Nothing();
        if (await Find(scope, answer, entry, gate, files, personal, context.RequestAborted) is not { } found) return Answers.Nothing();

        Answers.Private(context.Response, "sandbox; default-src 'none'");
        async ValueTask<bool> IsStillOpen(CancellationToken stop)
        {
            var again = await gate.Ask(scope, visit, VisitCookie.Read(context.Request, visit), stop);
            if (again.Step != GateStep.Room) return false;
            return entry.Document is { } document ? await gate.Document(scope, again, document, entry.Version, stop) is not null : await summaries.Stands(scope, again.Link!, entry.Version, stop);
        }
        var stream = new GatedStream(found.Bytes, found.Slot, found.Mark, IsStillOpen, TimeProvider.System);
        return new FileAnswer(Results.Stream(stream, found.ContentType, found.Name, entry.At, new EntityTagHeaderValue($"\"{access:N}\""), enableRangeProcessing: true));
    }

    private static async Task<Found?> Find(Scope scope, GateAnswer answer, Access entry, Gate gate, FileStore files, PersonalRecords personal, CancellationToken stop)
    {
        if (entry.Document is not { } document)
            return answer.Link!.Summary is { } summary && await Open(files, scope, summary.Sha, summary.Length, stop) is { } bytes ? new Found(bytes, summary.Name, summary.ContentType, default, []) : null;
        if (await gate.Document(scope, answer, document, entry.Version, stop) is not { } version) return null;
        if (version.Template is not { } template || !version.IsGated)
            return await Open(files, scope, version.File.Sha, version.File.Length, stop) is { } plain ? new Found(plain, version.File.Name, version.File.ContentType, default, []) : null;
        if (await Open(files, scope, template.Sha, template.Length, stop) is not { } marked || await personal.Read(scope, answer.Visit!.Person, stop) is not { } email) return null;
        return new Found(marked, version.File.Name, "application/pdf", new MarkSlot(template.SlotOffset, template.SlotLength), MarkText.For(entry.Trace, email, entry.At));
    }

    // The length is part of the state and under its HMAC; the stored row is not.
    private static async Task<FileBytes?> Open(FileStore files, Scope scope, string sha, long length, CancellationToken stop)
    {
        var bytes = await files.Open(scope, sha, stop);
        return bytes is null || bytes.Length == length ? bytes : throw new StoreException($"File {sha} has {bytes.Length} bytes instead of {length}. Restore it from a backup.");
    }

    private sealed record Found(FileBytes Bytes, string Name, string ContentType, MarkSlot Slot, byte[] Mark);
}
