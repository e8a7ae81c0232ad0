using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Staff;

/// <summary>A signed-in member of staff, as the truth knows him at this request.</summary>
public sealed record ConsoleUser(Scope Scope, Guid Id, StaffMember Member, Vendor Vendor, string Stamp, Paths Paths, bool IsDemo)
{
    public Actor Actor => Actor.Staff(Id);

    public bool May(Right right) => Member.May(right);
}

/// <summary>The staff cookie: sealed under the host's key, for one tenant and one person; the person's rights are read anew at every request.</summary>
public sealed class StaffSession(IEngine engine, TenantStandings standings, HostKeys keys, Paths paths, DemoStaff demo)
{
    public const string Scheme = "TrustCenter.Staff";
    public static readonly TimeSpan Life = TimeSpan.FromHours(8);

    private const string TenantClaim = "tenant", StaffClaim = "staff", SessionClaim = "session", DemoClaim = "demo";

    public static void Configure(CookieAuthenticationOptions options, HostKeys keys)
    {
        options.Cookie.Name = "__Host-staff";
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = Life;
        options.SlidingExpiration = false;
        options.TicketDataFormat = new SealedTickets(keys);
    }

    public static Task Begin(HttpContext context, Guid tenant, Guid staff, bool demo)
    {
        var claims = new List<System.Security.Claims.Claim> { new(TenantClaim, tenant.ToString()), new(StaffClaim, staff.ToString()), new(SessionClaim, new Guid(RandomNumberGenerator.GetBytes(16)).ToString()) };
        if (demo) claims.Add(new(DemoClaim, "yes"));
        return context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme)));
    }

    public static Task End(HttpContext context) => context.SignOutAsync(Scheme);

    /// <summary>Null when nobody is signed in, or when the person was removed meanwhile.</summary>
    public async Task<ConsoleUser?> Find(HttpContext context)
    {
        var ticket = await context.AuthenticateAsync(Scheme);
        if (!ticket.Succeeded || Read(ticket.Principal, TenantClaim) is not { } tenant || Read(ticket.Principal, StaffClaim) is not { } staff || Read(ticket.Principal, SessionClaim) is not { } session) return null;
        var isDemo = ticket.Principal.HasClaim(DemoClaim, "yes");
        if (isDemo && !demo.IsAllowed(context)) return null; // a persona's cookie opens nothing that the persona could not be chosen for
        var scope = new Scope(tenant);
        if (!(await standings.Find(tenant, context.RequestAborted)).IsOpen) return null;
        if (await engine.Read<StaffMember>(scope.Id<StaffMember>(staff), context.RequestAborted) is not { Active: true } member) return null;
        if (await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), context.RequestAborted) is not { } vendor) return null;
        return new ConsoleUser(scope, staff, member, vendor, keys.FormStamp(session, "staff"), paths, isDemo);
    }

    private static Guid? Read(ClaimsPrincipal principal, string claim) => Guid.TryParse(principal.FindFirstValue(claim), out var id) ? id : null;

    private sealed class SealedTickets(HostKeys keys) : ISecureDataFormat<AuthenticationTicket>
    {
        public string Protect(AuthenticationTicket data) => Protect(data, null);

        public string Protect(AuthenticationTicket data, string? purpose)
            => System.Buffers.Text.Base64Url.EncodeToString(keys.Seal(TicketSerializer.Default.Serialize(data)));

        public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, null);

        public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
        {
            if (protectedText is not { Length: > 0 and < 8_000 }) return null;
            try { return TicketSerializer.Default.Deserialize(keys.Open(System.Buffers.Text.Base64Url.DecodeFromChars(protectedText))); }
            catch (Exception broken) when (broken is CryptographicException or FormatException or IOException) { return null; } // a forged cookie is no cookie
        }
    }
}
