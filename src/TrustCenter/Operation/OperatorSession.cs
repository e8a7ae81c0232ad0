using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Operation;

/// <summary>A signed-in operator of the platform. He has no tenant: there is no scope in here to read content with.</summary>
public sealed record Operator(Guid Session, string Name, string Stamp, Paths Paths)
{
    public Actor Actor => Actor.Operator(Session);
}

/// <summary>The operator's cookie, beside the staff's and of another kind. It names a session that the entrance must still know.</summary>
public sealed class OperatorSession(IEngine engine, PersonalRecords personal, HostKeys keys, Paths paths, TimeProvider clock)
{
    public const string Scheme = "TrustCenter.Operator";

    private const string SessionClaim = "operator-session";

    public static AggregateId Entrance => Platform.Scope.Id<OperatorEntrance>(OperatorEntrance.Only);

    public static void Configure(CookieAuthenticationOptions options, HostKeys keys)
    {
        options.Cookie.Name = "__Host-operator";
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        options.Cookie.SameSite = SameSiteMode.Strict; // nobody comes to these pages by a link from elsewhere
        options.ExpireTimeSpan = OperatorEntrance.SessionLife;
        options.SlidingExpiration = false;
        options.TicketDataFormat = new SealedTickets(keys, Scheme);
    }

    public static Task Begin(HttpContext context, Guid session)
        => context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity([new(SessionClaim, session.ToString())], Scheme)));

    /// <summary>Null when nobody is signed in, the hour is over or the session was ended.</summary>
    public async Task<Operator?> Find(HttpContext context)
    {
        var ticket = await context.AuthenticateAsync(Scheme);
        if (!ticket.Succeeded || !Guid.TryParse(ticket.Principal.FindFirstValue(SessionClaim), out var id)) return null;
        if ((await engine.Read<OperatorEntrance>(Entrance, context.RequestAborted))?.Session(id, clock.GetUtcNow()) is not { } session) return null;
        var name = await personal.Read(Platform.Scope, session.Person, context.RequestAborted) ?? PersonalRecords.Forgotten;
        return new Operator(id, name, keys.FormStamp(id, "operator"), paths);
    }

    public async Task End(HttpContext context, Operator user)
    {
        await engine.Decide(Entrance, new EndOperatorSession { Id = Guid.CreateVersion7(), Session = user.Session }, user.Actor, context.RequestAborted);
        await context.SignOutAsync(Scheme);
    }
}
