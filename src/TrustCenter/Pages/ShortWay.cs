using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using TrustCenter.Tenants;

namespace TrustCenter.Pages;

/// <summary>
/// The way of a page that lies in memory, for a host whose vendor does too: past filters, services and awaiting, whose cost is several times
/// that of the page. Everything else, an unknown host above all, takes the way through the doors.
/// </summary>
public sealed class ShortWay(TenantDirectory tenants, TenantStandings standings, SnapshotCache cache)
{
    public CachedPage? Find(HttpContext context, string page) => TenantOf(context) is { } tenant ? cache.Held(tenant, page) : null;

    /// <summary>Whose host this is, where memory knows that and that the vendor is open; null says nothing.</summary>
    public Guid? TenantOf(HttpContext context) => tenants.Known(context.Request.Host.Host) is { } tenant && standings.IsKnownOpen(tenant) ? tenant : null;
}

public static class ShortWays
{
    private const int OurDoors = 2; // filters of a vendor's routes; what the vendor's app adds comes on top

    /// <summary>Tries the short way of a compiled page before the route's own; no middleware after routing sees these requests.</summary>
    public static void WithShortWay(this RouteHandlerBuilder route, Func<HttpContext, string> page)
    {
        new WherePlain(route).ShortCircuit();
        route.WithWay<ShortWay>((way, context, doors) => way.Find(context, page(context)) is { } found ? found.Write(context) : doors(context));
    }

    /// <summary>Lets <typeparamref name="TWay"/> answer, or hand the request on to the route's own doors.</summary>
    public static void WithWay<TWay>(this IEndpointConventionBuilder route, Func<TWay, HttpContext, RequestDelegate, Task> answer) where TWay : notnull => new WherePlain(route).Add(endpoint =>
    {
        var (doors, way) = (endpoint.RequestDelegate!, endpoint.ApplicationServices.GetRequiredService<TWay>());
        endpoint.RequestDelegate = context => answer(way, context, doors);
    });

    /// <summary>Where the vendor's app put filters, authorization or rate limits of its own on our routes, every request takes the way through them.</summary>
    private sealed class WherePlain(IEndpointConventionBuilder route) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention) => route.Finally(endpoint =>
        {
            if (endpoint.FilterFactories.Count == OurDoors && !endpoint.Metadata.Any(m => m is IAuthorizeData or EnableRateLimitingAttribute)) convention(endpoint);
        });
    }
}
