using TrustCenter.Web;

namespace TrustCenter.Operation;

/// <summary>The filter before every page of the operator: signed in, and posted from our own page.</summary>
public sealed class OperatorDoor(OperatorSession sessions, Paths paths) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (await sessions.Find(context) is not { } user) return Answers.SeeOther(context, paths.OperatorSignIn);
        if (HttpMethods.IsPost(context.Request.Method) && !await IsOurForm(context, user)) return SafePost.Refuse(context);
        context.Items[typeof(Operator)] = user;
        return await next(invocation);
    }

    private static async Task<bool> IsOurForm(HttpContext context, Operator user)
        => SafePost.IsFromOurPage(context.Request) && SafePost.IsForm(context.Request)
            && SafePost.Matches((await TypedForm.Read(context))[SafePost.StampField], user.Stamp);
}

public static class OperatorContext
{
    /// <summary>The operator that the door let in.</summary>
    public static Operator Operator(this HttpContext context) => (Operator)context.Items[typeof(Operator)]!;

    /// <summary>A page of the operator; every one has a parameter <c>User</c>.</summary>
    public static IResult OperatorPage<TPage>(this HttpContext context, Dictionary<string, object?> parameters, int status = 200) where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        parameters["User"] = context.Operator();
        return Answers.Page<TPage>(context, Style.Console, status, parameters);
    }
}
