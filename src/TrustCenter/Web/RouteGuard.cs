using TrustCenter.Staff;

namespace TrustCenter.Web;

public enum Reader { Anybody, Prospect, Staff, Program, Operator, Demo, Machine }

/// <summary>Who a route is for; every route carries one, and the tenant matrix and the role tests read it.</summary>
/// <param name="Right">What a staff member or a program needs; null for the others and for staff of any role.</param>
public sealed record RouteGuard(Reader Reader, Right? Right = null);

public static class RouteGuards
{
    public static TBuilder For<TBuilder>(this TBuilder route, Reader reader) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RouteGuard(reader));

    /// <summary>A program whose key, and whose key's maker, has this right.</summary>
    public static TBuilder ForProgram<TBuilder>(this TBuilder route, Right right) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RouteGuard(Reader.Program, right));

    /// <summary>Staff with this right. The last guard of a route counts.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, Right right) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RouteGuard(Reader.Staff, right));
}
