using Microsoft.Extensions.Configuration;
using TrustCenter.Staff;

namespace TrustCenter;

/// <summary>An OpenID Connect provider that staff sign in with: Entra ID, or any that publishes its discovery document.</summary>
public sealed class SignInProviderOptions
{
    private static readonly string[] ManyTenants = ["common", "organizations", "consumers"]; // Entra ID: whoever has an account anywhere

    /// <summary>What the button says and the journal writes: <c>Entra ID</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>The issuer, such as <c>https://accounts.google.com</c>. Without it the provider is Entra ID, as <see cref="Section"/> says.</summary>
    public string? Authority { get; set; }

    /// <summary>The section of the configuration with Entra ID's Instance, TenantId, ClientId, ClientSecret and CallbackPath, by the names of Microsoft.Identity.Web.</summary>
    public string Section { get; set; } = "AzureAd";

    public string ClientId { get; set; } = "";
    public string ClientSecret { get; set; } = "";

    /// <summary>Where the provider sends people back to, below the prefix and on the platform's host.</summary>
    public string CallbackPath { get; set; } = DefaultCallbackPath;

    public string Scopes { get; set; } = "openid profile email";

    /// <summary>The vendor (first label of its host name) that everybody from this provider belongs to.</summary>
    public string? Vendor { get; set; }

    /// <summary>Instead of one vendor: the vendor of each tenant (claim <c>tid</c>). Nobody from another tenant enters.</summary>
    public Dictionary<string, string> Tenants { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who has which role. Nobody without a role enters.</summary>
    public IList<RoleMapping> Roles { get; } = [];

    /// <summary>Whom somebody without a role is told to ask.</summary>
    public string Contact { get; set; } = "the people who run your company's accounts";

    /// <summary>The audience of access tokens that the API takes; without it only API keys work there.</summary>
    public string? Audience { get; set; }

    /// <summary>Client ids whose access tokens the API takes (claims <c>azp</c>, <c>appid</c>, <c>client_id</c>, <c>cid</c>).</summary>
    public IList<string> ApiClients { get; } = [];

    internal const string DefaultCallbackPath = "/signin-oidc";

    /// <summary>Entra ID's own tenant, where there is one: then every token must name it.</summary>
    internal string? HomeTenant { get; private set; }

    internal bool IsEntra { get; private set; }

    internal IEnumerable<string> Vendors => Vendor is null ? Tenants.Values.Distinct() : [Vendor];

    /// <summary>Null: nobody from this tenant enters.</summary>
    internal string? VendorOf(string? tid)
    {
        if (HomeTenant is not null && !string.Equals(HomeTenant, tid, StringComparison.OrdinalIgnoreCase)) return null;
        return Vendor ?? (tid is null ? null : Tenants.GetValueOrDefault(tid));
    }

    internal void ReadEntra(IConfiguration configuration)
    {
        if (Authority is not null) return;
        var section = configuration.GetSection(Section);
        (IsEntra, ClientId, ClientSecret, CallbackPath) = (true, section["ClientId"] ?? "", section["ClientSecret"] ?? "", section["CallbackPath"] ?? DefaultCallbackPath);
        var tenant = section["TenantId"] ?? "";
        HomeTenant = Guid.TryParse(tenant, out var one) ? one.ToString("D") : null;
        Authority = $"{(section["Instance"] ?? "https://login.microsoftonline.com/").TrimEnd('/')}/{HomeTenant ?? tenant}/v2.0"; // the issuer writes a GUID in lower case, whatever the settings do
    }

    internal IEnumerable<string> Problems(string place)
    {
        var from = IsEntra ? Section : place;
        if (Name.Trim().Length is 0 or > 40) yield return $"{place}:Name is empty or long. Write what the button says, such as Entra ID.";
        if (IsEntra && HomeTenant is null && !Authority!.Split('/').Any(ManyTenants.Contains)) yield return $"{Section}:TenantId is not a tenant's id. Write the GUID of your tenant, or set {place}:Authority for another provider.";
        if (IsEntra && HomeTenant is null && Tenants.Count == 0) yield return $"{Section}:TenantId lets in accounts of every tenant. Write your tenant's GUID, or say under {place}:Tenants which tenant belongs to which vendor.";
        if (!IsSafe(Authority)) yield return $"{from} leads to “{Authority}”. It must be an address that begins with https://.";
        if (ClientId.Length == 0 || ClientSecret.Length == 0) yield return $"{from}:ClientId or ClientSecret is empty. Both stand where you registered this app at the provider.";
        if (CallbackPath.Length < 2 || CallbackPath[0] != '/' || !CallbackPath.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.')) yield return $"{from}:CallbackPath “{CallbackPath}” is not a path. Write one such as {DefaultCallbackPath}.";
        if (Vendor is null == (Tenants.Count == 0)) yield return $"{place} needs a Vendor, or Tenants with the vendor of each, and not both: else nobody knows where its people belong.";
        if (Roles.Count == 0) yield return $"{place}:Roles is empty, so nobody could enter. Map at least one app role or group to a role.";
        foreach (var role in Roles.Where(r => r.Value.Length == 0 || r.Claim.Length == 0)) yield return $"{place}:Roles has an entry for {role.Role} without a Value. Write the app role's value or the group's id.";
        foreach (var role in Roles.Where(r => r.Role is null)) yield return $"{place}:Roles has no Role for “{role.Value}”. Write one of {string.Join(", ", Enum.GetNames<Role>())}.";
        foreach (var role in Roles.Where(r => RoleMapping.NeverAsked.Contains(r.Claim))) yield return $"{place}:Roles asks the claim “{role.Claim}”. Names and addresses change hands: use app roles, groups or the subject.";
        if (Audience is not null && Audience == ClientId) yield return $"{place}:Audience is the ClientId, so a sign-in's own token would open the API. Register the API as an app of its own.";
        if (Audience is not null && ApiClients.Count == 0) yield return $"{place}:ApiClients is empty, so no access token would be taken. Name the clients, or remove Audience.";
    }

    /// <summary>TLS, except on this machine itself.</summary>
    internal static bool IsSafe(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}

/// <summary>Whoever's token has <see cref="Value"/> in <see cref="Claim"/> has <see cref="Role"/>.</summary>
public sealed class RoleMapping
{
    internal static readonly string[] NeverAsked = ["email", "preferred_username", "upn", "unique_name", "name", "nickname"];

    /// <summary><c>roles</c> for app roles, <c>groups</c>, or another that the provider alone decides about, such as Google's <c>hd</c>.</summary>
    public string Claim { get; set; } = "roles";
    public string Value { get; set; } = "";
    public Role? Role { get; set; }
}
