using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Web;

namespace TrustCenter.Tests.Isolation;

/// <summary>One route as the running app has it. A route without a name is named by its pattern.</summary>
internal sealed partial record Route(string Name, string Pattern, IReadOnlyList<string> Methods, RouteGuard? Guard)
{
    public bool Changes => Methods.Contains("POST");
    public IReadOnlyList<string> Parameters { get; } = [.. Parameter().Matches(Pattern).Select(m => m.Groups[1].Value)];

    public string PathOf(IReadOnlyDictionary<string, string> values) => Parameter().Replace(Pattern, m => values[m.Groups[1].Value]);

    [GeneratedRegex(@"\{\**(\w+)(?::[^}]*)?\}")]
    private static partial Regex Parameter();
}

internal static class RouteTable
{
    public static IReadOnlyList<Route> Of(RealApp app) =>
        [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(Read)];

    private static Route Read(RouteEndpoint endpoint) => new(
        endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint.RoutePattern.RawText ?? "",
        endpoint.RoutePattern.RawText ?? "",
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [],
        endpoint.Metadata.GetMetadata<RouteGuard>());
}
