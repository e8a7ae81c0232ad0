using System.Globalization;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Pages;

/// <summary>What standards put at the root of a host and not below the module's prefix.</summary>
internal static class WellKnown
{
    private const int ValidDays = 180; // RFC 9116, section 2.5.5, recommends less than a year

    public static void MapWellKnown(this RouteGroupBuilder root)
        => root.MapMethods("/.well-known/security.txt", [HttpMethods.Get, HttpMethods.Head], SecurityTxt).WithName("security.txt").For(Reader.Anybody);

    /// <summary>Whom to write to about a weakness (RFC 9116); nothing where the vendor names no contact.</summary>
    private static async Task<IResult> SecurityTxt(HttpContext context, IEngine engine, IOptions<TrustCenterOptions> options, Paths paths, TimeProvider clock)
    {
        var scope = context.Scope();
        if (await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), context.RequestAborted) is not { Contact.Length: > 0 } vendor) return Answers.Nothing();
        var address = options.Value.AddressOf(vendor.Host);
        var expires = clock.GetUtcNow().Date.AddDays(ValidDays).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Answers.Secure(context.Response, Answers.Policy(Style.Page));
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Text($"Contact: mailto:{vendor.Contact}\nExpires: {expires}\nPreferred-Languages: en\nCanonical: {address}/.well-known/security.txt\nPolicy: {address}{paths.Home}\n", "text/plain; charset=utf-8");
    }
}
