using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Prospects;
using TrustCenter.Staff.OpenId;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Staff.SignIn;

/// <summary>
/// Begins attempts. An address that is on a list and one that is on none take the same steps and get the same answer; only the mail differs, and it
/// leaves off the request's path (ABUSE T-007).
/// </summary>
public sealed class SignInDesk(IEngine engine, IStore store, HostKeys keys, AskLimits limits, SignInProviders providers, TimeProvider clock, IOptions<TrustCenterOptions> options)
{
    public static readonly Guid Place = new("00000000-0000-8000-8000-0000000000f1"); // of the stamp before there is an attempt

    /// <summary>The address's pseudonym, the same at every vendor of this host: whose staff asks is known only after the proof.</summary>
    public byte[] Lookup(EmailAddress address) => keys.Lookup(Platform.Scope.Tenant, address.Value);

    public string Network(HttpContext context) => Peer.NetworkOf(Peer.Of(context, options.Value));

    public string Mark(HttpContext context) => limits.Mark(Network(context));

    public Task<bool> MayAsk(HttpContext context, string about, CancellationToken stop) => limits.Take(new Ask(Platform.Scope, Network(context), about, Place: null), stop);

    public async Task<SignInCookie> Ask(HttpContext context, EmailAddress address, string returnTo, Guid command)
    {
        var stop = context.RequestAborted;
        var members = await store.Query(sql => sql.Query("select tenant, id from staff_rows where email = @email order by tenant", r => new Membership(r.Id(0), r.Id(1)), ("@email", Lookup(address))), stop);
        var open = new List<Membership>();
        foreach (var member in members)
            if (!await CodesAreOff(new Scope(member.Tenant), stop)) open.Add(member);
        var attempt = Draft(open, returnTo, out var cookie);
        var code = MailedCode.Draw();
        var isKnown = open.Count > 0;
        // Nobody is told the code of an unknown address, so no code opens it: a drawn hash that no code has (ABUSE T-011).
        var hash = isKnown ? keys.CodeHash(cookie.Attempt, code) : RandomNumberGenerator.GetBytes(32);
        var ask = new AskSignIn { Id = command, Attempt = attempt with { CodeHash = Convert.ToHexStringLower(hash) }, From = Mark(context), Mail = isKnown ? CodeMail(address, code) : members.Count > 0 ? ProviderMail(address) : null };
        await engine.Decide(new Scope(cookie.Tenant).Id<SignInAttempt>(cookie.Attempt), ask, Actor.System, stop);
        return cookie;
    }

    public ValueTask<bool> CodesAreOff(Scope scope, CancellationToken stop) => providers.CodesAreOff(scope, stop);

    /// <summary>An attempt of somebody whose address is proven already: by an invitation, or by the code of the host's console.</summary>
    public async Task<SignInCookie> BeginProven(HttpContext context, Scope scope, Guid staff)
    {
        var attempt = Draft([new Membership(scope.Tenant, staff)], "", out var cookie);
        await engine.Decide(scope.Id<SignInAttempt>(cookie.Attempt), new AskSignIn { Id = Guid.CreateVersion7(), Attempt = attempt, From = Mark(context), IsProven = true }, Actor.Staff(staff), context.RequestAborted);
        return cookie;
    }

    /// <summary>The attempt of this browser, as the truth knows it now; null for none, another's, and one that is over.</summary>
    public async Task<SignInState?> Find(HttpContext context)
    {
        if (SignInCookie.Read(context.Request, keys) is not { } cookie) return null;
        var id = new Scope(cookie.Tenant).Id<SignInAttempt>(cookie.Attempt);
        if (await engine.Read<SignInAttempt>(id, context.RequestAborted) is not { } attempt || !attempt.Holds(cookie.Secret)) return null;
        var now = clock.GetUtcNow();
        if (now >= attempt.Asked + SignInAttempt.Life || attempt.Asked.IsAhead(now)) return null;
        var places = new List<SignInPlace>();
        if (attempt.Proven is not null)
            foreach (var (tenant, staff) in attempt.Members)
                if (await PlaceOf(new Scope(tenant), staff, context.RequestAborted) is { } place) places.Add(place);
        return new SignInState(id, cookie, attempt, places, now);
    }

    private async Task<SignInPlace?> PlaceOf(Scope scope, Guid staff, CancellationToken stop)
        => await engine.Read<StaffMember>(scope.Id<StaffMember>(staff), stop) is { } member && await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), stop) is { } vendor ? new SignInPlace(scope, staff, member, vendor) : null;

    // One vendor's attempt stands in that vendor's journal; one of several vendors or of none in the platform's.
    private SignInAttempt Draft(IReadOnlyList<Membership> members, string returnTo, out SignInCookie cookie)
    {
        var tenants = members.Select(m => m.Tenant).Distinct().ToList();
        cookie = new SignInCookie(tenants.Count == 1 ? tenants[0] : Platform.Scope.Tenant, new Guid(RandomNumberGenerator.GetBytes(16)), SignInCookie.NewSecret());
        return new SignInAttempt { Asked = clock.GetUtcNow(), Secret = SignInAttempt.HashOf(cookie.Secret), Members = members, Return = returnTo };
    }

    private static OutgoingMail ProviderMail(EmailAddress address) => new(Guid.CreateVersion7(), address.Value, "Sign in to the trust center by your company's provider",
        """
        Somebody typed this address to sign in by a mailed code. Your company has turned such codes off.

        Choose your company's provider on the sign-in page instead. If that was not you, do nothing.
        """);

    private static OutgoingMail CodeMail(EmailAddress address, string code) => new(Guid.CreateVersion7(), address.Value, $"{code} is your code for the trust center's console",
        $"""
        Your code is {code}

        Type it into the page that asked for it, within ten minutes. It works once, and only in that browser. After it you are asked for a code of your authenticator app.

        You get this mail because somebody typed this address to sign in. If that was not you, do nothing; if it happens again, tell an admin.
        """);
}

/// <summary>A vendor where the proven address is on the list.</summary>
public sealed record SignInPlace(Scope Scope, Guid Staff, StaffMember Member, Vendor Vendor);

public enum SignInStage { Code, Over, Vendor, Enrol, Authenticator, InvitationOver, Removed }

/// <summary>How far an attempt is.</summary>
public sealed record SignInState(AggregateId Id, SignInCookie Cookie, SignInAttempt Attempt, IReadOnlyList<SignInPlace> Places, DateTimeOffset Now)
{
    public IReadOnlyList<SignInPlace> Open => [.. Places.Where(p => p.Member.Active)];

    public SignInPlace? Place => Attempt.Chosen is { } chosen ? Open.FirstOrDefault(p => p.Staff == chosen) : Open.Count == 1 ? Open[0] : null;

    public SignInStage Stage => Attempt switch
    {
        { Ended: not null } => SignInStage.Over,
        { Proven: null } => MailedCode.IsOver(Attempt.CodeHash, Attempt.Asked, Now) ? SignInStage.Over : SignInStage.Code,
        _ when Place is { } place => place.Member switch
        {
            { Authenticator: not null } => SignInStage.Authenticator,
            { Invitation: { } invitation } when invitation.IsOpen(Now) => SignInStage.Enrol,
            _ => SignInStage.InvitationOver,
        },
        _ => Open.Count > 0 && Attempt.Chosen is null ? SignInStage.Vendor : SignInStage.Removed,
    };
}
