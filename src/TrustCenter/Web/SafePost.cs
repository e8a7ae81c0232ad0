using TrustCenter.Keys;

namespace TrustCenter.Web;

/// <summary>
/// Whether a post comes from a page of ours: the browser says so (Origin, Sec-Fetch-Site), and the form carries the stamp of its page.
/// Stands in for the framework's antiforgery, which refuses Secure cookies on loopback and draws a random field, while pages here must be
/// reproducible byte for byte. ASVS 5.0, 3.5.1 to 3.5.3.
/// </summary>
public static class SafePost
{
    public const string StampField = "stamp";

    public static bool IsFromOurPage(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0 && site != "same-origin") return false;
        var origin = request.Headers.Origin.ToString();
        // Under Referrer-Policy no-referrer, which our pages carry, browsers write null here (Fetch standard, 3.1); Sec-Fetch-Site, which no page can set, then decides.
        if (origin is "" or "null") return site.Length > 0;
        return origin == $"{request.Scheme}://{request.Host.Value}";
    }

    public static bool IsForm(HttpRequest request) => request.HasFormContentType;

    public static bool Matches(string? typed, string expected)
        => typed is not null && SecretHash.Same(expected, typed);

    /// <summary>The form, when it comes from a page of ours that bears this stamp; else null.</summary>
    public static async Task<TypedForm?> Form(HttpContext context, string stamp)
    {
        if (!IsFromOurPage(context.Request) || !IsForm(context.Request)) return null;
        var form = await TypedForm.Read(context);
        return Matches(form[StampField], stamp) ? form : null;
    }

    /// <summary>Says what to do, and nothing about why: the person who meets this has a stale page, the attacker learns nothing.</summary>
    public static IResult Refuse(HttpContext context)
    {
        Answers.Private(context.Response, Answers.Policy(Style.Page));
        return Results.Text("This form is out of date or did not come from this site. Go back, load the page again and send it once more.", "text/plain; charset=utf-8", statusCode: StatusCodes.Status400BadRequest);
    }
}
