using TrustCenter.Tests.Isolation;

namespace TrustCenter.Tests.Contracts;

internal static class RouteLines
{
    public static IEnumerable<string> Of(RealApp app) => RouteTable.Of(app).OrderBy(r => r.Pattern, StringComparer.Ordinal).ThenBy(r => r.Methods.FirstOrDefault(), StringComparer.Ordinal)
        .Select(r => $"{string.Join(",", r.Methods)} {r.Pattern} {r.Guard?.Reader}{(r.Guard?.Right is { } right ? ":" + right : "")}");
}
