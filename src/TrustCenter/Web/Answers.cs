using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace TrustCenter.Web;

/// <summary>Headers and answers that every page shares.</summary>
public static class Answers
{
    /// <summary>No script, no font, nothing from elsewhere; one inlined style by its hash.</summary>
    /// <param name="formTarget">An outside origin that a form's answer may lead to: Chromium applies form-action to redirects.</param>
    public static string Policy(Style style, string? formTarget = null)
        => $"default-src 'none'; img-src 'self' data:; style-src {style.Source}; form-action 'self'{(formTarget is null ? "" : " " + formTarget)}; frame-ancestors 'none'; base-uri 'none'";

    public static void Secure(HttpResponse response, string policy) => Secure(response.Headers, policy);

    public static void Secure(IHeaderDictionary headers, StringValues policy)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = NoSniff;
        headers["Referrer-Policy"] = NoReferrer;
        headers["Cross-Origin-Opener-Policy"] = SameOrigin;
    }

    private static readonly StringValues NoSniff = "nosniff", NoReferrer = "no-referrer", SameOrigin = "same-origin";

    /// <summary>For everything that is not for everybody: no cache keeps it, no search engine lists it (ABUSE T-024).</summary>
    public static void Private(HttpResponse response, string policy)
    {
        Secure(response, policy);
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    /// <summary>A page that is rendered for this request alone.</summary>
    public static IResult Page<TPage>(HttpContext context, Style style, int status, Dictionary<string, object?> parameters, string? formTarget = null) where TPage : IComponent
    {
        Private(context.Response, Policy(style, formTarget));
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true };
    }

    /// <summary>303: the answer to a form post is a page to GET (RFC 9110, section 15.4.4).</summary>
    public static IResult SeeOther(HttpContext context, string path)
    {
        Private(context.Response, Policy(Style.Page));
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static readonly byte[] NothingHere = Encoding.UTF8.GetBytes(
        $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Nothing to see at this address</title><style>{Style.Page.Text}</style><main class=\"one\"><h1>Nothing to see at this address</h1><p>It may have been mistyped, or what it showed is over. If somebody sent you this address, ask them for a new one.</p></main></html>");

    /// <summary>The one answer for unknown, foreign, expired, revoked and malformed: the same status, headers and bytes (ABUSE T-005).</summary>
    public static async Task Nothing(HttpContext context)
    {
        Private(context.Response, Policy(Style.Page));
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = NothingHere.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(NothingHere, context.RequestAborted);
    }

    public static IResult Nothing() => NothingResult.Instance;

    private static readonly byte[] PausedPage = Encoding.UTF8.GetBytes(
        $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>This page is paused</title><style>{Style.Page.Text}</style><main class=\"one\"><h1>This page is paused</h1><p>Its owner or the platform has paused it. It may come back; until then nothing is shown here.</p></main></html>");

    /// <summary>The public pages of a suspended tenant: 503, which search engines and programs take as “later”.</summary>
    public static IResult Paused() => PausedResult.Instance;

    /// <summary>503 with the reason in words.</summary>
    public static IResult Later(HttpContext context, string why)
    {
        Private(context.Response, Policy(Style.Page));
        return Results.Text(why, "text/plain; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private sealed class PausedResult : IResult
    {
        public static readonly PausedResult Instance = new();

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            Private(httpContext.Response, Policy(Style.Page));
            httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            httpContext.Response.ContentLength = PausedPage.Length;
            if (!HttpMethods.IsHead(httpContext.Request.Method)) await httpContext.Response.Body.WriteAsync(PausedPage, httpContext.RequestAborted);
        }
    }

    private sealed class NothingResult : IResult
    {
        public static readonly NothingResult Instance = new();

        public Task ExecuteAsync(HttpContext httpContext) => Nothing(httpContext);
    }
}
