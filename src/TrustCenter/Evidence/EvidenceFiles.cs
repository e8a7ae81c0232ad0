using System.Globalization;
using Microsoft.Net.Http.Headers;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Evidence;

/// <summary>A colleague takes a file to look at it: always an attachment, never shown from our own origin (ABUSE T-045).</summary>
internal static class EvidenceFiles
{
    private const string Sandbox = "sandbox; default-src 'none'";

    public static async Task<IResult> Download([AsParameters] Desk desk, FileStore files, Guid evidence, string sha)
    {
        if (await desk.Read<EvidenceDocument>(evidence) is not { } document || document.AllVersions.FirstOrDefault(v => v.File.Sha == sha) is not { File: var file }) return Answers.Nothing();
        if (await files.Open(desk.User.Scope, file.Sha, desk.Stop) is not { } bytes) return Answers.Nothing();
        var isHead = HttpMethods.IsHead(desk.Context.Request.Method);
        var first = isHead ? [] : await bytes.Chunk(0, desk.Stop); // a broken store is told in words, not in half a file
        if (!isHead && await desk.Decide(evidence, new ReadEvidence { Id = Guid.CreateVersion7(), Sha = file.Sha }) is not Outcome.Done) return Answers.Nothing();
        Head(desk.Context.Response, file);
        if (!isHead) await Body(desk, bytes, first);
        return Results.Empty;
    }

    private static void Head(HttpResponse response, StoredFile file)
    {
        Answers.Private(response, Sandbox);
        response.ContentType = file.ContentType;
        response.ContentLength = file.Length;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        response.Headers.ContentDisposition = disposition.ToString();
    }

    private static async Task Body(Desk desk, FileBytes bytes, byte[] first)
    {
        var body = desk.Context.Response.Body;
        await body.WriteAsync(first, desk.Stop);
        for (var n = 1; n * (long)FileStore.ChunkLength < bytes.Length; n++)
        {
            // Who was removed meanwhile gets no further byte (DESIGN, invariant 4).
            if (await desk.Read<StaffMember>(desk.User.Id) is not { } member || !member.May(Right.ReadConsole))
            {
                desk.Context.Abort();
                return;
            }
            await body.WriteAsync(await bytes.Chunk(n, desk.Stop), desk.Stop);
        }
    }
}
