using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace TrustCenter.Staff.OpenId;

/// <summary>What a provider says about itself (OpenID Connect Discovery 1.0), and the keys it signs with.</summary>
/// <param name="Issuer">With <c>{tenantid}</c> in it where Entra ID speaks for many tenants.</param>
public sealed record ProviderFace(string Issuer, string Authorization, string Token, string? EndSession, IReadOnlyList<JsonWebKey> Keys, DateTimeOffset At)
{
    public const string TenantPlace = "{tenantid}";

    // A symmetric key in a published set would let everybody sign.
    private static readonly string[] KeyTypes = [JsonWebAlgorithmsKeyTypes.RSA, JsonWebAlgorithmsKeyTypes.EllipticCurve];

    /// <summary>Null when it is not the document of this provider, or leads somewhere without TLS.</summary>
    public static async Task<ProviderFace?> Read(HttpClient http, SignInProviderOptions provider, DateTimeOffset now, CancellationToken stop)
    {
        using var document = JsonDocument.Parse(await http.GetStringAsync(provider.Authority!.TrimEnd('/') + "/.well-known/openid-configuration", stop));
        string? Text(string name) => document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (Text("issuer") is not { } issuer || !IsOf(provider, issuer)) return null;
        if (Text("authorization_endpoint") is not { } authorization || Text("token_endpoint") is not { } token || Text("jwks_uri") is not { } jwks) return null;
        if (!SignInProviderOptions.IsSafe(authorization) || !SignInProviderOptions.IsSafe(token) || !SignInProviderOptions.IsSafe(jwks)) return null;
        var end = Text("end_session_endpoint") is { } address && SignInProviderOptions.IsSafe(address) ? address : null;
        var keys = new JsonWebKeySet(await http.GetStringAsync(jwks, stop)).Keys.Where(k => KeyTypes.Contains(k.Kty) && k.Use is null or "" or "sig");
        return new ProviderFace(issuer, authorization, token, end, [.. keys], now);
    }

    /// <summary>Discovery 1.0, section 4.3: exactly the address that was asked. Entra ID writes its tenant's id where the address may say "organizations".</summary>
    private static bool IsOf(SignInProviderOptions provider, string issuer)
        => issuer.TrimEnd('/') == provider.Authority!.TrimEnd('/') || (provider.IsEntra && provider.HomeTenant is null && issuer.Contains(TenantPlace, StringComparison.Ordinal));

    /// <summary>Who must have issued a token that names this tenant.</summary>
    public string IssuerFor(string? tenant) => Filled(Issuer, tenant);

    /// <summary>
    /// The keys by this name that sign for the issuer of this tenant. Entra ID's set for many tenants also holds keys of one tenant alone, such as that of
    /// personal accounts; each says whose it is.
    /// </summary>
    public IEnumerable<SecurityKey> Vouching(string? key, string? tenant)
        => Named(key).Where(k => !k.AdditionalData.TryGetValue("issuer", out var whose) || (whose is string issuer && Filled(issuer, tenant) == IssuerFor(tenant)));

    private static string Filled(string issuer, string? tenant) => Guid.TryParse(tenant, out var id) ? issuer.Replace(TenantPlace, id.ToString("D"), StringComparison.Ordinal) : issuer;

    public IEnumerable<JsonWebKey> Named(string? key) => string.IsNullOrEmpty(key) ? Keys : Keys.Where(k => k.KeyId == key);
}
