using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Evidence;

/// <summary>
/// Sends a stored file. What is damaged is told in words before the first byte; after it the connection breaks, so that nobody takes a piece for
/// the whole (ABUSE T-052).
/// </summary>
public sealed class FileAnswer(IResult file) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try { await file.ExecuteAsync(httpContext); }
        catch (StoreException failed)
        {
            await httpContext.RequestServices.GetRequiredService<FileAlarm>().Raise(failed);
            if (httpContext.Response.HasStarted) httpContext.Abort();
            else await InWords(httpContext);
        }
    }

    private static Task InWords(HttpContext context)
    {
        context.Response.Clear();
        Answers.Private(context.Response, Answers.Policy(Style.Page));
        return Results.Text("This file cannot be read right now. Whoever runs this service has been told. Please try again later.", "text/plain; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
    }
}
