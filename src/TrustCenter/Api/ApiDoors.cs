using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Staff.OpenId;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>Failures in the words of the API; the doors outside would speak as pages do.</summary>
public sealed class ProblemDoor(ILogger<ProblemDoor> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try { return await next.Answered(invocation); }
        catch (Exception failed) when (failed is StoreException or StateCorruptException || FullDisk.IsBehind(failed))
        {
            if (failed is StateCorruptException) log.LogCritical(failed, "A stored state fails its hash.");
            else log.LogError(failed, "The store refused.");
            return invocation.HttpContext.BreaksOff() ? Results.Empty : ApiAnswer.Failed(StatusCodes.Status503ServiceUnavailable, "The data cannot be read or written right now.", (failed is CommitInDoubtException || Decided.Something ? "It may be done, or a part of it." : "Nothing was changed.") + $" Send the same request again in a few seconds, with the same Idempotency-Key. Request {invocation.HttpContext.TraceIdentifier}.");
        }
        catch (BadHttpRequestException bad)
        {
            return ApiAnswer.Failed(bad.StatusCode, "This request cannot be read.", "Its body ends too early, is too large or is not what its headers say.");
        }
    }
}

/// <summary>
/// The filter before every route of the API: a key or a provider's access token that works, and the right that the route names. The tenant is its own and nothing else's (ABUSE T-071);
/// no cookie is looked at.
/// </summary>
public sealed class KeyDoor(IEngine engine, IStore store, TenantStandings standings, ProviderTokens tokens, Paths paths, TimeProvider clock) : IEndpointFilter
{
    private const string Scheme = "Bearer ";
    private static readonly TimeSpan UseKept = TimeSpan.FromHours(1); // a write an hour and key tells which keys are still in use

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var (program, refusal) = await Ask(context);
        if (refusal is not null) return refusal;
        context.Items[typeof(ConsoleUser)] = program;
        context.Items[typeof(DoorAgain)] = new DoorAgain(async () => (await Ask(context)).Refusal);
        return await next(invocation);
    }

    private async Task<(ConsoleUser? Program, IResult? Refusal)> Ask(HttpContext context)
    {
        if (await Find(context) is not { } program) return (null, ApiAnswer.Unknown);
        return (program, context.GetEndpoint()!.Metadata.GetMetadata<RouteGuard>() is { Right: { } right } && !program.May(right) ? ApiAnswer.NotAllowed(right) : null);
    }

    private async Task<ConsoleUser?> Find(HttpContext context)
    {
        if (context.Request.Headers.Authorization is not [{ } given] || !given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var token = given[Scheme.Length..];
        return ApiToken.IsOne(token) ? await ByKey(token, context) : await ByAccessToken(token, context);
    }

    /// <summary>Somebody who has signed in by the provider before, within the roles that this token names; null for every refusal.</summary>
    private async Task<ConsoleUser?> ByAccessToken(string token, HttpContext context)
    {
        var stop = context.RequestAborted;
        if (await tokens.OfProgram(token, stop) is not { } person || !(await standings.Find(person.Scope.Tenant, stop)).IsOpen) return null;
        if (await engine.Read<StaffMember>(person.Scope.Id<StaffMember>(person.Staff), stop) is not { Status: StaffStatus.Active } member) return null;
        if (await engine.Read<Vendor>(person.Scope.Id<Vendor>(Vendor.Only), stop) is not { } vendor) return null;
        return new ConsoleUser(person.Scope, person.Staff, member, vendor, "", paths, IsDemo: false) { Within = [.. person.Roles.SelectMany(Rights.Of).Intersect(ApiScopes.All)] };
    }

    /// <summary>The person who made the key, within the key's scopes; null when the key opens nothing, for whatever reason.</summary>
    private async Task<ConsoleUser?> ByKey(string token, HttpContext context)
    {
        var (hash, now, stop) = (ApiToken.HashOf(token), clock.GetUtcNow(), context.RequestAborted);
        var found = await store.Query(sql => sql.First("select tenant, id, used from api_key_rows where token_hash = @hash", r => ((Guid Tenant, Guid Id, DateTimeOffset? Used)?)(r.Id(0), r.Id(1), r.TimeOrNull(2)), ("@hash", hash)), stop);
        if (found is not { } row) return null;

        if (!(await standings.Find(row.Tenant, stop)).IsOpen) return null;
        var scope = new Scope(row.Tenant);
        if (await engine.Read<ApiKey>(scope.Id<ApiKey>(row.Id), stop) is not { } key || !key.Holds(hash) || !key.IsOpen(now)) return null;
        if (await engine.Read<StaffMember>(scope.Id<StaffMember>(key.Creator), stop) is not { Active: true } maker || maker.Hire != key.Hire) return null;
        if (await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), stop) is not { } vendor) return null;
        if (row.Used is null || now - row.Used > UseKept)
            await store.Write(sql => sql.Execute("update api_key_rows set used = @now where tenant = @tenant and id = @id", ("@now", now), ("@tenant", row.Tenant), ("@id", row.Id)), stop);
        return new ConsoleUser(scope, key.Creator, maker, vendor, "", paths, IsDemo: false) { Key = row.Id, Within = key.Scopes };
    }
}
