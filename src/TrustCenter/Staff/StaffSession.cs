using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Staff.OpenId;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Staff;

/// <summary>A signed-in member of staff, as the truth knows him at this request.</summary>
public sealed record ConsoleUser(Scope Scope, Guid Id, StaffMember Member, Vendor Vendor, string Stamp, Paths Paths, bool IsDemo)
{
    /// <summary>The key, when a program of this person calls and not the person.</summary>
    public Guid? Key { get; init; }

    /// <summary>What that key was made for; null for the person.</summary>
    public IReadOnlyList<Right>? Within { get; init; }

    public Actor Actor => Actor.StaffBy(Id, Key);

    public bool May(Right right) => Member.May(right) && Within?.Contains(right) != false;
}

/// <summary>The session at a provider from which a session here came.</summary>
/// <param name="Tid">The tenant at the provider (claim <c>tid</c>), where it names one.</param>
/// <param name="Number">Of that session when this one began.</param>
/// <param name="IdToken">What the provider asks for at the end, where it is short enough for a cookie.</param>
public sealed record ProviderTicket(string Provider, string? Tid, Guid Session, int Number, string? IdToken)
{
    internal const int LongestHint = 1_800; // characters; sealed and encoded, with the rest below the 4,096 bytes that browsers keep
}

/// <summary>
/// The staff cookie: sealed under the host's key, for one tenant and one person; the person's rights are read anew at every request.
/// A session ends after <see cref="Life"/>, or after <see cref="Idle"/> without a request, or when the person's epoch or the provider's session moves on. The time of the last
/// request travels in the cookie, so a restart ends no session and several processes agree. Without the host's key no cookie can be read (ABUSE T-110).
/// </summary>
public sealed class StaffSession(IEngine engine, TenantStandings standings, HostKeys keys, Paths paths, DemoStaff demo, SignInProviders providers, TimeProvider clock)
{
    public const string Scheme = "TrustCenter.Staff";
    public static readonly TimeSpan Life = TimeSpan.FromHours(8);
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1); // a cookie younger than this is not written again
    private const string TenantClaim = "tenant", StaffClaim = "staff", SessionClaim = "session", DemoClaim = "demo", EpochClaim = "epoch", BegunClaim = "begun";
    private const string ProviderClaim = "provider", TidClaim = "provider_tenant", ProviderSessionClaim = "provider_session", ProviderNumberClaim = "provider_number", IdTokenItem = "id_token";

    public static void Configure(CookieAuthenticationOptions options, HostKeys keys)
    {
        options.Cookie.Name = "__Host-staff";
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = Idle;
        options.SlidingExpiration = true;
        options.Events.OnCheckSlidingExpiration = check =>
        {
            check.ShouldRenew = check.ElapsedTime > Fresh;
            return Task.CompletedTask;
        };
        options.TicketDataFormat = new SealedTickets(keys, Scheme);
    }

    /// <summary>A new session, whatever cookie came along (ABUSE T-023).</summary>
    public static Task Begin(HttpContext context, Guid tenant, Guid staff, int epoch, ProviderTicket? provider = null)
    {
        var principal = Principal(context, tenant, staff, new(EpochClaim, epoch.ToString(CultureInfo.InvariantCulture)));
        var properties = new AuthenticationProperties { AllowRefresh = true };
        if (provider is not null)
        {
            ((ClaimsIdentity)principal.Identity!).AddClaims([new(ProviderClaim, provider.Provider), new(ProviderSessionClaim, provider.Session.ToString()), new(ProviderNumberClaim, provider.Number.ToString(CultureInfo.InvariantCulture))]);
            if (provider.Tid is not null) ((ClaimsIdentity)principal.Identity!).AddClaim(new(TidClaim, provider.Tid));
            properties.Items[IdTokenItem] = provider.IdToken;
        }
        return context.SignInAsync(Scheme, principal, properties);
    }

    /// <summary>A persona's session has no idle end: nothing protects it anyway.</summary>
    public static Task BeginDemo(HttpContext context, Guid tenant, Guid staff)
        => context.SignInAsync(Scheme, Principal(context, tenant, staff, new(DemoClaim, "yes")), new AuthenticationProperties { AllowRefresh = false, ExpiresUtc = Now(context) + Life });

    private static ClaimsPrincipal Principal(HttpContext context, Guid tenant, Guid staff, System.Security.Claims.Claim more)
        => new(new ClaimsIdentity([new(TenantClaim, tenant.ToString()), new(StaffClaim, staff.ToString()), new(SessionClaim, new Guid(RandomNumberGenerator.GetBytes(16)).ToString()),
            new(BegunClaim, Now(context).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), more], Scheme));

    private static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    public static Task End(HttpContext context) => context.SignOutAsync(Scheme);

    /// <summary>Ends a session; the answer says from which provider it came, if from one: copies of its cookie are over too.</summary>
    internal async Task<ProviderTicket?> End(HttpContext context, ConsoleUser user)
    {
        var ticket = await context.AuthenticateAsync(Scheme);
        await End(context);
        if (ticket.Principal is not { } principal || ProviderOf(principal) is not { } provider) return null;
        await engine.Decide(user.Scope.Id<ProviderSession>(provider.Session), new EndProviderSession { Id = Guid.CreateVersion7() }, user.Actor, context.RequestAborted);
        return provider with { IdToken = ticket.Properties?.Items.TryGetValue(IdTokenItem, out var hint) == true ? hint : null };
    }

    /// <summary>Null when nobody is signed in, or when the person was removed meanwhile.</summary>
    public async Task<ConsoleUser?> Find(HttpContext context)
    {
        if (await Ticket(context) is not var (scope, staff, session, isDemo, principal)) return null;
        if (await engine.Read<StaffMember>(scope.Id<StaffMember>(staff), context.RequestAborted) is not { Status: StaffStatus.Active } member) return null;
        if (!isDemo && !(IsOfEpoch(principal, member) && await IsStill(scope, principal, context.RequestAborted))) return null;
        if (await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), context.RequestAborted) is not { } vendor) return null;
        return new ConsoleUser(scope, staff, member, vendor, keys.FormStamp(session, "staff"), paths, isDemo);
    }

    /// <summary>The vendor whose staff this browser's person was until they were removed; null for everybody else (ABUSE T-087).</summary>
    public async Task<Vendor?> RemovedFrom(HttpContext context)
        => await Ticket(context) is var (scope, staff, _, _, _) && await engine.Read<StaffMember>(scope.Id<StaffMember>(staff), context.RequestAborted) is { Status: StaffStatus.Removed }
            ? await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), context.RequestAborted) : null;

    private async Task<(Scope Scope, Guid Staff, Guid Session, bool IsDemo, ClaimsPrincipal Principal)?> Ticket(HttpContext context)
    {
        var ticket = await context.AuthenticateAsync(Scheme);
        if (!ticket.Succeeded || Read(ticket.Principal, TenantClaim) is not { } tenant || Read(ticket.Principal, StaffClaim) is not { } staff || Read(ticket.Principal, SessionClaim) is not { } session) return null;
        var isDemo = ticket.Principal.HasClaim(DemoClaim, "yes");
        if (isDemo && !demo.IsAllowed(context)) return null; // a persona's cookie opens nothing that the persona could not be chosen for
        if (!long.TryParse(ticket.Principal.FindFirstValue(BegunClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return null;
        var (begun, now) = (DateTimeOffset.FromUnixTimeSeconds(seconds), clock.GetUtcNow());
        if (now >= begun + Life || begun.IsAhead(now)) return null;
        if (!(await standings.Find(tenant, context.RequestAborted)).IsOpen) return null;
        return (new Scope(tenant), staff, session, isDemo, ticket.Principal);
    }

    private static bool IsOfEpoch(ClaimsPrincipal principal, StaffMember member)
        => int.TryParse(principal.FindFirstValue(EpochClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) && epoch == member.Epoch;

    // The way in that a session came by must still be open: the provider of the settings and its session, or mailed codes.
    private async ValueTask<bool> IsStill(Scope scope, ClaimsPrincipal principal, CancellationToken stop)
    {
        if (ProviderOf(principal) is not { } ticket) return !await providers.CodesAreOff(scope, stop);
        if (providers.Find(ticket.Provider) is not { } provider || await providers.ScopeOf(provider, ticket.Tid, stop) != scope) return false;
        return await engine.Read<ProviderSession>(scope.Id<ProviderSession>(ticket.Session), stop) is { } session && session.Number == ticket.Number;
    }

    private static ProviderTicket? ProviderOf(ClaimsPrincipal principal)
        => principal.FindFirstValue(ProviderClaim) is { } name && Read(principal, ProviderSessionClaim) is { } session && int.TryParse(principal.FindFirstValue(ProviderNumberClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ProviderTicket(name, principal.FindFirstValue(TidClaim), session, number, null) : null;

    private static Guid? Read(ClaimsPrincipal principal, string claim) => Guid.TryParse(principal.FindFirstValue(claim), out var id) ? id : null;
}
