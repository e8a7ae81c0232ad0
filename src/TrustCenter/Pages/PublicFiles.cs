using Microsoft.Net.Http.Headers;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Journal;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Pages;

/// <summary>What anybody may download: public documents, unmarked, and the log of publications.</summary>
public static class PublicFiles
{
    private const string Policy = "sandbox; default-src 'none'";
    private const int MostExports = 4; // at once in this process; each reads and signs a whole log
    private static readonly SemaphoreSlim Exports = new(MostExports);

    /// <summary>Both this version and the one that stands now were approved as public: a document that went behind the gate takes its past along.</summary>
    public static async Task<IResult> Document(Guid evidence, int version, HttpContext context, IEngine engine, FileStore files)
    {
        var (scope, stop) = (context.Scope(), context.RequestAborted);
        async ValueTask<EvidenceVersion?> Open(CancellationToken stop)
            => await engine.Read<EvidenceDocument>(scope.Id<EvidenceDocument>(evidence), stop) is { Current.IsGated: false } document && document.Version(version) is { IsGated: false } open ? open : null;
        if (await Open(stop) is not { } wanted) return Answers.Nothing();
        if (await files.Open(scope, wanted.File.Sha, stop) is not { } bytes) return Answers.Nothing();
        Answers.Secure(context.Response, Policy);
        context.Response.Headers.CacheControl = "public, max-age=0, must-revalidate";
        // Anything but a PDF goes to the disk and is never shown: what was uploaded may be a page with a script.
        var type = wanted.File.ContentType == "application/pdf" ? wanted.File.ContentType : "application/octet-stream";
        return new FileAnswer(Results.Stream(new AskingStream(bytes, async again => await Open(again) is not null, TimeProvider.System), type, wanted.File.Name, entityTag: new EntityTagHeaderValue($"\"{wanted.File.Sha}\""), enableRangeProcessing: true));
    }

    public static async Task Publications(HttpContext context, IEngine engine, JournalLog journal, TimeProvider clock)
    {
        var (scope, stop) = (context.Scope(), context.RequestAborted);
        if (await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), stop) is not { } vendor)
        {
            await Answers.Nothing(context);
            return;
        }
        Answers.Secure(context.Response, Policy);
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.ContentType = "application/jsonl";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"publications.jsonl\"";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await Exports.WaitAsync(stop);
        try { await journal.Export(scope.Tenant, vendor.Name, [JournalEntry.Publications], withhold: true, context.Response.Body, clock.GetUtcNow(), stop); }
        finally { Exports.Release(); }
    }
}
