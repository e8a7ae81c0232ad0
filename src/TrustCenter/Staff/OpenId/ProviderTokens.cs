using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Prospects;

namespace TrustCenter.Staff.OpenId;

/// <summary>Whom a token proves. Issuer, tenant and subject are the person; name and address are only shown (ABUSE T-081).</summary>
/// <param name="Staff">The key of the person's record at this vendor.</param>
/// <param name="Roles">By the map of the settings alone (ABUSE T-083).</param>
/// <param name="Tid">The tenant at the provider (claim <c>tid</c>), where it names one.</param>
/// <param name="Session">The provider's name for its session, where it has one.</param>
public sealed record ProvenPerson(Scope Scope, Guid Staff, IReadOnlyList<Role> Roles, string Name, EmailAddress? Email, string Issuer, string? Tid, string? Session);

/// <summary>Takes tokens of the providers, or says in a word why not: the word is for the journal, people and programs read the same for all.</summary>
public sealed class ProviderTokens(SignInProviders providers, HostKeys keys, TimeProvider clock)
{
    private const int LongestToken = 16 * 1024; // characters; 200 groups are 8,000
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = LongestToken };

    /// <summary>The person of a sign-in (OpenID Connect Core 1.0, section 3.1.3.7).</summary>
    public async Task<(ProvenPerson? Person, string Why)> OfSignIn(SignInProvider provider, string token, string nonce, CancellationToken stop)
    {
        var (read, why) = await Take(provider, token, provider.Options.ClientId, stop);
        if (read is null) return (null, why);
        if (!Same(Text(read, "nonce"), nonce)) return (null, "nonce");
        if (Text(read, "azp") is { } party ? party != provider.Options.ClientId : read.Audiences.Count() > 1) return (null, "azp");
        return await Person(provider, read, stop);
    }

    /// <summary>The person for whom a program calls, by an access token; null for every refusal.</summary>
    public async Task<ProvenPerson?> OfProgram(string token, CancellationToken stop)
    {
        if (token.Length > LongestToken || token.Count(c => c == '.') != 2) return null;
        foreach (var provider in providers.All)
        {
            if (provider.Options.Audience is not { } audience || await Take(provider, token, audience, stop) is not { Token: { } read }) continue;
            var client = Text(read, "azp") ?? Text(read, "appid") ?? Text(read, "client_id") ?? Text(read, "cid");
            return client is not null && provider.Options.ApiClients.Contains(client) ? (await Person(provider, read, stop)).Person : null;
        }
        return null;
    }

    private async Task<(JsonWebToken? Token, string Why)> Take(SignInProvider provider, string token, string audience, CancellationToken stop)
    {
        if (token.Length > LongestToken || !handler.CanReadToken(token)) return (null, "unreadable");
        JsonWebToken read;
        try { read = handler.ReadJsonWebToken(token); }
        catch (Exception broken) when (broken is ArgumentException or SecurityTokenException) { return (null, "unreadable"); }
        if (await provider.Face(read.Kid, stop) is not { } face) return (null, "provider_down");
        var tid = Text(read, "tid");
        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms,
            ValidIssuer = face.IssuerFor(tid),
            ValidAudience = audience,
            IssuerSigningKeyResolver = (_, _, kid, _) => face.Vouching(kid, tid), // the key that the token names, and no other
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = (from, until, _, _) => until > (clock.GetUtcNow() - Skew).UtcDateTime && !(from > (clock.GetUtcNow() + Skew).UtcDateTime),
        });
        return result.IsValid ? (read, "") : (null, WordOf(result.Exception));
    }

    private async Task<(ProvenPerson? Person, string Why)> Person(SignInProvider provider, JsonWebToken token, CancellationToken stop)
    {
        var (options, tid) = (provider.Options, Text(token, "tid"));
        if (await providers.ScopeOf(provider, tid, stop) is not { } scope) return (null, "tenant");
        // Entra ID's sub is another one for each app; oid is the person's, within the tenant.
        if ((tid is not null ? Text(token, "oid") : null) is not { } subject && (subject = Text(token, "sub")) is null) return (null, "subject");
        var roles = options.Roles.Where(m => token.Claims.Any(c => c.Type == m.Claim && c.Value == m.Value)).Select(m => m.Role).OfType<Role>().Distinct().Order().ToList();
        var email = EmailAddress.TryParse(Text(token, "email"), out var address) ? address : null;
        var staff = new Guid(keys.Lookup(scope.Tenant, $"provider\n{token.Issuer}\n{tid}\n{subject}").AsSpan(0, 16));
        return (new ProvenPerson(scope, staff, roles, NameOf(Text(token, "name"), options), email, token.Issuer, tid, Text(token, "sid")), "");
    }

    private static string NameOf(string? name, SignInProviderOptions options)
    {
        var plain = new string([.. (name ?? "").Where(c => !char.IsControl(c))]).Trim();
        return plain.Length == 0 ? $"Somebody from {options.Name}" : plain.Length > StaffMember.LongestName ? plain[..StaffMember.LongestName] : plain;
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<object>(claim, out var value) && value is string { Length: > 0 and <= 500 } text ? text : null;

    private static bool Same(string? brought, string expected) => brought is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(brought), Encoding.UTF8.GetBytes(expected));

    private static string WordOf(Exception refused) => refused switch
    {
        SecurityTokenInvalidIssuerException => "issuer",
        SecurityTokenInvalidAudienceException => "audience",
        SecurityTokenInvalidLifetimeException => "lifetime",
        SecurityTokenSignatureKeyNotFoundException => "key",
        _ => "signature",
    };
}
