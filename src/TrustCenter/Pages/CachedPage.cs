using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Pages;

/// <summary>A compiled page with its headers, ready to be written as it is; immutable, so that no reader sees half a swap.</summary>
public sealed class CachedPage : IResult
{
    private const int Overhead = 512; // bytes; the object, its headers and its place in the table
    private const int IndexGrowth = 3; // an index that was read takes this many times its bytes (measured: 2.4)

    private readonly StoredSnapshot snapshot;
    private readonly StringValues contentType, etag, policy;

    public CachedPage(StoredSnapshot snapshot)
    {
        this.snapshot = snapshot;
        (contentType, etag, policy) = (snapshot.ContentType, snapshot.ETag, PolicyOf(snapshot));
    }

    public long Size => snapshot.Body.Length * (snapshot.Page == PageNames.Search ? 1 + IndexGrowth : 1L) + snapshot.Brotli.Length + Overhead;

    public string ETag => snapshot.ETag;

    /// <summary>When it was used last, in ticks of <see cref="Environment.TickCount64"/>; a lost update costs nothing.</summary>
    public long UsedAt { get; set; }

    /// <summary>The page read as a search index, at the first question. Two readers at once read it twice; the results are equal.</summary>
    public Search Search => search ??= new Search(SearchIndex.Read(snapshot.Body));
    private Search? search;

    public CachedPage WithBrotli(byte[] brotli) => new(snapshot with { Brotli = brotli });

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        Answers.Secure(response, policy!);
        response.Headers.ETag = etag;
        response.Headers.CacheControl = "public, max-age=0, must-revalidate"; // a public page may be 1 s old, not more
        response.Headers.Vary = "Accept-Encoding";
        if (Names(request.Headers.IfNoneMatch, snapshot.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var isBrotli = snapshot.Brotli.Length > 0 && TakesBrotli(request.Headers.AcceptEncoding);
        var bytes = isBrotli ? snapshot.Brotli : snapshot.Body;
        if (isBrotli) response.Headers.ContentEncoding = "br";
        response.Headers.ContentType = contentType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(request.Method)) await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    // Weak comparison over the list (RFC 9110, section 13.1.2). Our tags hold no comma.
    private static bool Names(StringValues given, string etag)
    {
        foreach (var line in given)
            foreach (var one in (line ?? "").Split(',', StringSplitOptions.TrimEntries))
                if (one == "*" || one == etag || "W/" + one == etag) return true;
        return false;
    }

    // "br" with a weight over 0 (RFC 9110, section 12.5.3).
    private static bool TakesBrotli(StringValues given)
    {
        foreach (var line in given)
            foreach (var one in (line ?? "").Split(',', StringSplitOptions.TrimEntries))
                if (one.Equals("br", StringComparison.OrdinalIgnoreCase)) return true;
                else if (one.StartsWith("br;", StringComparison.OrdinalIgnoreCase)) return one.AsSpan(3).Trim(" q=0.").Length > 0;
        return false;
    }

    // The style is the first of its kind in our own head, before anything that a vendor wrote; its hash is taken from the very bytes that are served.
    private static string PolicyOf(StoredSnapshot snapshot)
    {
        if (snapshot.ContentType.StartsWith("image/svg", StringComparison.Ordinal)) return "sandbox; default-src 'none'; style-src 'unsafe-inline'";
        if (!snapshot.ContentType.StartsWith("text/html", StringComparison.Ordinal)) return "sandbox; default-src 'none'";
        var body = snapshot.Body.AsSpan();
        var from = body.IndexOf("<style>"u8) + "<style>"u8.Length;
        var style = body.Slice(from, body[from..].IndexOf("</style>"u8));
        return Answers.Policy(new Style(Encoding.UTF8.GetString(style), $"'sha256-{Convert.ToBase64String(SHA256.HashData(style))}'"));
    }
}
