using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Evidence;

/// <summary>A colleague takes a file to look at it: always an attachment, never shown from our own origin (ABUSE T-045).</summary>
internal static class EvidenceFiles
{
    private const string Sandbox = "sandbox; default-src 'none'";

    public static async Task<IResult> Download([AsParameters] Desk desk, FileStore files, Guid evidence, string sha) => await Open(desk, files, evidence, sha) ?? Answers.Nothing();

    /// <summary>The file for whoever the door let in; null when there is none.</summary>
    public static async Task<IResult?> Open(Desk desk, FileStore files, Guid evidence, string sha)
    {
        if (await desk.Read<EvidenceDocument>(evidence) is not { } document || document.AllVersions.FirstOrDefault(v => v.File.Sha == sha) is not { File: var file }) return null;
        if (await files.Open(desk.User.Scope, file.Sha, desk.Stop) is not { } bytes) return null;
        var isHead = HttpMethods.IsHead(desk.Context.Request.Method);
        if (!isHead) (await bytes.Chunk(0, desk.Stop)).Dispose(); // a broken store is told in words, and nothing was read
        if (!isHead && await desk.Decide(evidence, new ReadEvidence { Id = Guid.CreateVersion7(), Sha = file.Sha }) is not Outcome.Done) return null;
        Answers.Private(desk.Context.Response, Sandbox);
        // Who was removed meanwhile, and whose key was revoked, gets no further byte (DESIGN, invariant 4).
        async ValueTask<bool> MayStill(CancellationToken stop) => await desk.Context.AskDoorAgain() is null;
        return new FileAnswer(Results.Stream(new AskingStream(bytes, MayStill, TimeProvider.System), file.ContentType, file.Name));
    }
}
