using TrustCenter.Web;

namespace TrustCenter.Pages;

/// <summary>
/// The published description of <c>trust.json</c>, beside it at every vendor. A format that is not compatible gets an address of its own, and this one stays.
/// Both may be read by pages from anywhere: they are public, and no cookie comes with such a request.
/// </summary>
public static class TrustSchema
{
    /// <summary>Relative to the file, so that it holds under every host name and prefix.</summary>
    public const string Address = "trust.schema.json";

    private static readonly byte[] Text = Read();

    public static IResult Serve(HttpContext context)
    {
        Answers.Secure(context.Response, "sandbox; default-src 'none'");
        ForEverybody(context.Response);
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(Text, "application/schema+json");
    }

    public static void ForEverybody(HttpResponse response) => response.Headers.AccessControlAllowOrigin = "*";

    private static byte[] Read()
    {
        using var stream = typeof(TrustSchema).Assembly.GetManifestResourceStream("TrustCenter.Pages." + Address)!;
        using var held = new MemoryStream();
        stream.CopyTo(held);
        return held.ToArray();
    }
}
