using TrustCenter.Web;

namespace TrustCenter.Staff;

/// <summary>The filter before every console route: signed in, from our own page, and with the right that the route names.</summary>
public sealed class StaffDoor(StaffSession sessions, Paths paths) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (await sessions.Find(context) is not { } user)
        {
            if (await sessions.RemovedFrom(context) is { } vendor) return Removed(context, vendor);
            return Answers.SeeOther(context, paths.SignIn + (HttpMethods.IsGet(context.Request.Method) ? "?return=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString) : ""));
        }

        var endpoint = context.GetEndpoint()!;
        if (HttpMethods.IsPost(context.Request.Method) && !await IsOurForm(context, endpoint, user)) return SafePost.Refuse(context);
        if (endpoint.Metadata.GetMetadata<RouteGuard>() is { Right: { } right } && !user.May(right)) return NotYours(context, user, right);
        context.Items[typeof(ConsoleUser)] = user;
        return await next(invocation);
    }

    // A route that streams its body reads the stamp itself, as the first field.
    private static async Task<bool> IsOurForm(HttpContext context, Endpoint endpoint, ConsoleUser user)
        => SafePost.IsFromOurPage(context.Request) && SafePost.IsForm(context.Request)
            && (endpoint.Metadata.GetMetadata<StreamsItsBody>() is not null || SafePost.Matches((await TypedForm.Read(context))[SafePost.StampField], user.Stamp));

    // Not a way to begin anew: who left is told so, and by whom to be asked back (ABUSE T-087).
    private IResult Removed(HttpContext context, Tenants.Vendor vendor)
        => Answers.Page<RemovedPage>(context, Style.Console, StatusCodes.Status403Forbidden, new() { ["Vendors"] = new[] { vendor.Name }, ["Paths"] = paths });

    private static IResult NotYours(HttpContext context, ConsoleUser user, Right right)
        => Answers.Page<NotYoursPage>(context, ConsoleStyle.Of(user), StatusCodes.Status403Forbidden, new() { ["User"] = user, ["Right"] = right });
}

/// <summary>The route reads its multipart body as a stream, so that a large file never lies in memory.</summary>
public sealed record StreamsItsBody;

public static class ConsoleContext
{
    /// <summary>The user that the door let in.</summary>
    public static ConsoleUser ConsoleUser(this HttpContext context) => (ConsoleUser)context.Items[typeof(ConsoleUser)]!;

    /// <summary>A console page for this user; every console page has a parameter <c>User</c>.</summary>
    public static IResult ConsolePage<TPage>(this HttpContext context, Dictionary<string, object?> parameters, int status = 200) where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        var user = context.ConsoleUser();
        parameters["User"] = user;
        return Answers.Page<TPage>(context, ConsoleStyle.Of(user), status, parameters);
    }
}

public static class ConsoleStyle
{
    public static Style Of(ConsoleUser user) => Style.WithAccent(Style.Console, user.Vendor.Accent);
}
