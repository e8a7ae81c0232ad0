using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;

namespace TrustCenter.Web;

/// <summary>The filter before every vendor page: the tenant comes from the host name alone (DESIGN, invariant 8).</summary>
public sealed class VendorDoor(TenantDirectory tenants, TenantStandings standings, Paths paths) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (await tenants.Find(context.Request.Host.Host, context.RequestAborted) is not { } scope) return IsPlatformHome(context) ? Answers.SeeOther(context, paths.Today) : Answers.Nothing();
        if (!(await standings.Find(scope.Tenant, context.RequestAborted)).IsOpen) return Paused(context);
        context.Items[typeof(Scope)] = scope;
        return await next(invocation);
    }

    // The platform shows no vendor; whoever types its bare address wants the console.
    private bool IsPlatformHome(HttpContext context) => context.Request.Path == paths.Home && tenants.IsPlatform(context.Request.Host.Host);

    // A room of a suspended tenant is like one that never was; the public page says that it is paused, which the empty page says anyway.
    private static IResult Paused(HttpContext context)
        => context.GetEndpoint()?.Metadata.GetMetadata<RouteGuard>() is { Reader: Reader.Anybody } ? Answers.Paused() : Answers.Nothing();
}

/// <summary>The filter before sign-in and console: they live on the platform's host only.</summary>
public sealed class PlatformDoor(TenantDirectory tenants) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
        => tenants.IsPlatform(invocation.HttpContext.Request.Host.Host) ? await next(invocation) : Answers.Nothing();
}

/// <summary>A database that refuses is told in words and with a time: that nothing was changed, or that it is in doubt. What is logged on the way bears the request's id.</summary>
public sealed class FailureDoor(FileAlarm files, ILogger<FailureDoor> log) : IEndpointFilter
{
    private const int RetryAfter = 10; // seconds
    private const string Refused = "The service cannot read or write its data right now. Nothing was changed. Please try again in a few seconds.";
    private const string InDoubt = "The service cannot read or write its data right now. What you sent may be done, or a part of it. Load the page before again in a few seconds to see what stands.";

    private static readonly Func<ILogger, string, IDisposable?> Scope = LoggerMessage.DefineScope<string>("Request {RequestId}");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        using var span = Signals.Page(invocation.HttpContext);
        using var scope = Scope(log, invocation.HttpContext.TraceIdentifier);
        if (HttpMethods.IsPost(invocation.HttpContext.Request.Method)) Decided.Watch();
        try { return await next.Answered(invocation); }
        catch (Exception failed) when (failed is StoreException or StateCorruptException || FullDisk.IsBehind(failed))
        {
            if (failed is StateCorruptException) log.LogCritical(failed, "A stored state fails its hash.");
            else if (failed is FileDamagedException damaged) await files.Raise(damaged);
            else log.LogError(failed, "The store refused.");
            var context = invocation.HttpContext;
            if (context.BreaksOff()) return Results.Empty;
            Answers.Private(context.Response, Answers.Policy(Style.Page));
            context.Response.Headers.RetryAfter = RetryAfter.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Results.Text($"{(failed is CommitInDoubtException || Decided.Something ? InDoubt : Refused)} Request {context.TraceIdentifier}.", "text/plain; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (BadHttpRequestException bad)
        {
            Answers.Private(invocation.HttpContext.Response, Answers.Policy(Style.Page));
            return Results.Text("This request could not be read. Load the page again and send it once more.", "text/plain; charset=utf-8", statusCode: bad.StatusCode);
        }
        catch (InvalidDataException)
        {
            Answers.Private(invocation.HttpContext.Response, Answers.Policy(Style.Page));
            return Results.Text("This form could not be read. Load the page again and send it once more.", "text/plain; charset=utf-8", statusCode: StatusCodes.Status400BadRequest);
        }
    }
}

/// <summary>An answer that is written while the store is read fails after its route has returned: it is written within the doors, which say so.</summary>
internal static class WrittenAnswers
{
    public static async ValueTask<object?> Answered(this EndpointFilterDelegate next, EndpointFilterInvocationContext invocation)
    {
        var answer = await next(invocation);
        if (answer is not IResult result) return answer;
        await result.ExecuteAsync(invocation.HttpContext);
        return Results.Empty;
    }

    /// <summary>Breaks the connection of an answer that has begun, so that nobody takes a piece for the whole; false where words can still be sent.</summary>
    public static bool BreaksOff(this HttpContext context)
    {
        if (context.Response.HasStarted) context.Abort();
        else context.Response.Headers.ContentDisposition = default;
        return context.Response.HasStarted;
    }
}

public static class VendorContext
{
    /// <summary>The tenant that the door proved.</summary>
    public static Scope Scope(this HttpContext context) => (Scope)context.Items[typeof(Scope)]!;
}
