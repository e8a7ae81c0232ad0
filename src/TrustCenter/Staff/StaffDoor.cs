using TrustCenter.Web;

namespace TrustCenter.Staff;

/// <summary>The filter before every console route: signed in, from our own page, and with the right that the route names.</summary>
public sealed class StaffDoor(StaffSession sessions, Paths paths) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var (user, refusal) = await Ask(context);
        if (user is not null && HttpMethods.IsPost(context.Request.Method) && !await IsOurForm(context, context.GetEndpoint()!, user)) return SafePost.Refuse(context);
        if (refusal is not null) return refusal;
        context.Items[typeof(ConsoleUser)] = user;
        context.Items[typeof(DoorAgain)] = new DoorAgain(async () => (await Ask(context)).Refusal);
        return await next(invocation);
    }

    private async Task<(ConsoleUser? User, IResult? Refusal)> Ask(HttpContext context)
    {
        if (await sessions.Find(context) is { } user)
            return (user, context.GetEndpoint()!.Metadata.GetMetadata<RouteGuard>() is { Right: { } right } && !user.May(right) ? NotYours(context, user, right) : null);
        if (await sessions.RemovedFrom(context) is { } vendor) return (null, Removed(context, vendor));
        return (null, Answers.SeeOther(context, paths.SignIn + (HttpMethods.IsGet(context.Request.Method) ? "?return=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString) : "")));
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

/// <summary>What the door that let a request in would answer now; null: it still does.</summary>
internal delegate Task<IResult?> DoorAgain();

public static class ConsoleContext
{
    /// <summary>Asked after a long body: what was taken away meanwhile does not wait for its end (ABUSE T-078, T-082). Null: go on.</summary>
    internal static Task<IResult?> AskDoorAgain(this HttpContext context) => ((DoorAgain)context.Items[typeof(DoorAgain)]!)();

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
