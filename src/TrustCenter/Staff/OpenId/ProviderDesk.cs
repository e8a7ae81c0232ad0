using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Staff.SignIn;
using TrustCenter.Staff.Team;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Staff.OpenId;

public enum ProviderRefusal { Over, Refused, Down, NoRole, Removed }

/// <summary>What came of an answer: a session, or why there is none.</summary>
public sealed record ProviderOutcome(ProviderRefusal? Refusal, string Provider, string Return)
{
    public Vendor? Vendor { get; init; }
}

/// <summary>The way out to a provider, and what its answer is worth.</summary>
public sealed class ProviderDesk(SignInProviders providers, ProviderTokens tokens, SignInDesk signIns, PersonalRecords people, IEngine engine, TenantStandings standings, HostKeys keys, TimeProvider clock, Paths paths, IOptions<TrustCenterOptions> options)
{
    private const int LongestCode = 4_000; // characters; Entra ID's have 1,500

    /// <summary>The provider's page, where the person signs in; null while the provider does not answer. The host is the settings', never the request's (ABUSE T-019).</summary>
    public async Task<string?> WayOut(SignInProvider provider, ProviderCookie cookie, CancellationToken stop)
        => await provider.Face(null, stop) is not { } face ? null : QueryHelpers.AddQueryString(face.Authorization, new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = provider.Options.ClientId, ["redirect_uri"] = Callback(provider), ["scope"] = provider.Options.Scopes,
            ["state"] = cookie.State(keys), ["nonce"] = cookie.Nonce(keys), ["code_challenge"] = cookie.Challenge(keys), ["code_challenge_method"] = "S256",
        });

    /// <summary>Where the provider ends its own session; null where it has no such page.</summary>
    public async Task<string?> WayOff(ProviderTicket ticket, CancellationToken stop)
    {
        if (providers.Find(ticket.Provider) is not { } provider || await provider.Face(null, stop) is not { EndSession: { } end }) return null;
        var asked = new Dictionary<string, string?> { ["client_id"] = provider.Options.ClientId, ["post_logout_redirect_uri"] = Here + paths.SignIn };
        if (ticket.IdToken is not null) asked["id_token_hint"] = ticket.IdToken;
        return QueryHelpers.AddQueryString(end, asked);
    }

    private string Here => options.Value.AddressOf(options.Value.PlatformLabel);

    private string Callback(SignInProvider provider) => Here + paths.Prefix + provider.Options.CallbackPath;

    /// <summary>
    /// The answer that the browser brought back. It is looked at only in the browser that began, and once: what is replayed, and what another browser
    /// brings, ends before anything is asked of the provider (ABUSE T-080). What comes without this browser's cookie leaves no entry: anybody could fill
    /// the journal with it.
    /// </summary>
    public async Task<ProviderOutcome> Take(HttpContext context)
    {
        var (query, stop) = (context.Request.Query, context.RequestAborted);
        var cookie = ProviderCookie.Read(context.Request, keys, clock.GetUtcNow());
        ProviderCookie.Clear(context.Response);
        if (cookie is null || providers.Find(cookie.Provider) is not { } provider || !Same(query["state"].ToString(), cookie.State(keys))) return new(ProviderRefusal.Over, "", "");
        ProviderOutcome Over(ProviderRefusal refusal) => new(refusal, cookie.Provider, cookie.Return);
        var answer = Platform.Scope.Id<ProviderAnswer>(cookie.Attempt);
        if (await engine.Decide(answer, new TakeAnswer { Id = Guid.CreateVersion7() }, Actor.System, stop) is not Outcome.Done)
        {
            await Refuse(context, Platform.Scope, cookie, "replayed");
            return Over(ProviderRefusal.Over);
        }
        var (person, token, why) = await Prove(provider, cookie, query, stop);
        if (person is null)
        {
            await Refuse(context, Platform.Scope, cookie, why);
            return Over(why == Silent ? ProviderRefusal.Down : ProviderRefusal.Refused);
        }
        return await Enter(context, provider, cookie, person, token) is { } refusal ? Over(refusal) with { Vendor = await engine.Read<Vendor>(person.Scope.Id<Vendor>(Vendor.Only), stop) } : new(null, cookie.Provider, cookie.Return);
    }

    private const string Silent = "provider_down";

    private async Task<(ProvenPerson? Person, string Token, string Why)> Prove(SignInProvider provider, ProviderCookie cookie, IQueryCollection query, CancellationToken stop)
    {
        if (query["error"].ToString() is { Length: > 0 } error) return (null, "", error.Length <= 40 && error.All(c => char.IsAsciiLetterLower(c) || c == '_') ? error : "error");
        if (query["code"] is not [{ Length: > 0 and <= LongestCode } code]) return (null, "", "code");
        if (await provider.Face(null, stop) is not { } face) return (null, "", Silent);
        // RFC 9207: another provider's answer, mixed in.
        if (query["iss"].ToString() is { Length: > 0 } issuer && issuer != face.Issuer && !face.Issuer.Contains(ProviderFace.TenantPlace, StringComparison.Ordinal)) return (null, "", "issuer");
        var (token, isSilent) = await provider.Redeem(face, code, cookie.Verifier(keys), Callback(provider), stop);
        if (token is null) return (null, "", isSilent ? Silent : "code");
        var (person, why) = await tokens.OfSignIn(provider, token, cookie.Nonce(keys), stop);
        return (person, token, why);
    }

    private async Task<ProviderRefusal?> Enter(HttpContext context, SignInProvider provider, ProviderCookie cookie, ProvenPerson person, string token)
    {
        var (scope, stop, by) = (person.Scope, context.RequestAborted, Actor.Staff(person.Staff));
        if (!(await standings.Find(scope.Tenant, stop)).IsOpen)
        {
            await Refuse(context, scope, cookie, "suspended");
            return ProviderRefusal.Refused;
        }
        var before = await engine.Read<StaffMember>(scope.Id<StaffMember>(person.Staff), stop);
        if (before is { Status: StaffStatus.Removed })
        {
            await Refuse(context, scope, cookie, "removed", person.Staff);
            return ProviderRefusal.Removed;
        }
        var known = before?.Person is { } record ? await people.Read(scope, record, stop) : null;
        var command = new SignInByProvider
        {
            Id = Guid.CreateVersion7(), Provider = provider.Options.Name, Name = person.Name, Roles = person.Roles, From = signIns.Mark(context),
            Person = person.Email is { } email && email.Value != known ? PersonalRecord.Of(keys, scope.Tenant, PersonalRecord.Email, email.Value) : null,
        };
        var admins = scope.Id<Admins>(Admins.Only);
        // Struck off before he loses the role, as the list asks; that he is the last does not keep a role that the provider took.
        if (before?.Roles.Contains(Role.Admin) == true && !person.Roles.Contains(Role.Admin)) await engine.Decide(admins, new StrikeAdmin { Id = Guid.CreateVersion7(), Member = person.Staff, EvenTheLast = true }, by, stop);
        var outcome = await engine.Decide(scope.Id<StaffMember>(person.Staff), command, by, stop);
        if (outcome is not Outcome.Done || person.Roles.Count == 0)
        {
            await Refuse(context, scope, cookie, "no_role", before is null ? null : person.Staff);
            return ProviderRefusal.NoRole;
        }
        if (person.Roles.Contains(Role.Admin)) await engine.Decide(admins, new CountAdmin { Id = Guid.CreateVersion7(), Member = person.Staff }, by, stop);
        await Begin(context, provider, person, token);
        return null;
    }

    private async Task Begin(HttpContext context, SignInProvider provider, ProvenPerson person, string token)
    {
        var (scope, stop) = (person.Scope, context.RequestAborted);
        var session = person.Session is { } sid ? SessionOf(scope, person.Issuer, sid) : new Guid(RandomNumberGenerator.GetBytes(16));
        var begun = (Outcome.Done)await engine.Decide(scope.Id<ProviderSession>(session), new BeginProviderSession { Id = Guid.CreateVersion7() }, Actor.Staff(person.Staff), stop);
        var member = (await engine.Read<StaffMember>(scope.Id<StaffMember>(person.Staff), stop))!;
        await StaffSession.Begin(context, scope.Tenant, person.Staff, member.Epoch, new ProviderTicket(provider.Options.Name, person.Tid, session, begun.Number, token.Length <= ProviderTicket.LongestHint ? token : null));
    }

    /// <summary>The provider says that its session is over (OpenID Connect Front-Channel Logout 1.0): every session here that came from it is too.</summary>
    public async Task End(string issuer, string sid, CancellationToken stop)
    {
        foreach (var provider in providers.All)
            foreach (var scope in await providers.ScopesOf(provider, stop))
                if (scope.Id<ProviderSession>(SessionOf(scope, issuer, sid)) is var id && await engine.Read<ProviderSession>(id, stop) is not null)
                    await engine.Decide(id, new EndProviderSession { Id = Guid.CreateVersion7() }, Actor.System, stop);
    }

    private Guid SessionOf(Scope scope, string issuer, string sid) => new(keys.Lookup(scope.Tenant, $"provider session\n{issuer}\n{sid}").AsSpan(0, 16));

    private Task Refuse(HttpContext context, Scope scope, ProviderCookie cookie, string why, Guid? staff = null)
        => engine.Decide(scope.Id<ProviderAnswer>(cookie.Attempt), new RefuseAnswer { Id = Guid.CreateVersion7(), Provider = cookie.Provider, Why = why, From = signIns.Mark(context), Staff = staff }, Actor.System, context.RequestAborted);

    private static bool Same(string brought, string expected) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(brought), Encoding.UTF8.GetBytes(expected));
}
