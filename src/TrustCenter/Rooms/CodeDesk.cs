using System.Globalization;
using System.Security.Cryptography;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Mail;
using TrustCenter.Prospects;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Rooms;

/// <summary>
/// Begins visits. An address that is on the list and one that is not take the same steps and get the same answer; only the mail differs,
/// and it leaves off the request's path (ABUSE T-007).
/// </summary>
public sealed class CodeDesk(IEngine engine, IStore store, HostKeys keys, TimeProvider clock)
{
    public const int MostPerAddress = 5; // codes to one address in Window
    public const int MostPerLink = 40; // visits begun on one link in Window
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>The visit's id and the secret for its cookie.</summary>
    public async Task<(Guid Visit, string Secret)> Begin(Scope scope, Vendor vendor, Guid linkId, ShareLink link, EmailAddress address, NoticeShown notice, Guid command, CancellationToken stop)
    {
        var visitId = new Guid(RandomNumberGenerator.GetBytes(16));
        var id = scope.Id<Visit>(visitId);
        var secret = VisitCookie.NewSecret();
        var code = RandomNumberGenerator.GetInt32(0, 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var person = PersonalRecord.Of(keys, scope.Tenant, PersonalRecord.Email, address.Value);
        var visit = new Visit
        {
            Link = linkId,
            Deal = link.Deal,
            Person = person.Id,
            Lookup = Convert.ToHexStringLower(person.Lookup),
            Host = address.Host,
            Asked = clock.GetUtcNow(),
            Secret = Visit.HashOf(secret),
            Notice = notice,
            CodeHash = Convert.ToHexStringLower(keys.CodeHash(visitId, code)),
        };
        var mayMail = link.Admits(visit.Lookup, visit.Host) & await IsWithinLimits(scope, linkId, person.Lookup, stop);
        // Nobody was told this code, so whoever types it guessed: no code opens it, and outside it looks the same (ABUSE T-007, T-011).
        if (!mayMail) visit = visit with { CodeHash = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) };
        await engine.Decide(id, new AskCode { Id = command, Visit = visit, Person = person, Target = id, Mail = mayMail ? Mail(vendor, address, code) : null }, Actor.Prospect(visitId), stop);
        return (visitId, secret);
    }

    // Counted in the database, so that a restart forgets nothing (ABUSE T-012).
    private Task<bool> IsWithinLimits(Scope scope, Guid link, byte[] lookup, CancellationToken stop)
    {
        var since = clock.GetUtcNow() - Window;
        return store.Query(sql =>
        {
            var ofAddress = sql.Number("select count(*) from personal p join visit_rows v on v.tenant = p.tenant and v.person = p.id where p.tenant = @tenant and p.lookup = @lookup and v.asked > @since", ("@tenant", scope.Tenant), ("@lookup", lookup), ("@since", since));
            var ofLink = sql.Number("select count(*) from visit_rows where tenant = @tenant and link = @link and asked > @since", ("@tenant", scope.Tenant), ("@link", link), ("@since", since));
            return ofAddress < MostPerAddress && ofLink < MostPerLink;
        }, stop);
    }

    private static OutgoingMail Mail(Vendor vendor, EmailAddress address, string code) => new(Guid.CreateVersion7(), address.Value,
        MailHeader.Clean($"{code} is your code for {vendor.Name}"),
        $"""
        Your code is {code}

        Type it into the page that asked for it, within ten minutes. It works once, and only in that browser.

        You get this mail because somebody typed this address to read documents of {vendor.Name}. If that was not you, do nothing: without the code nobody comes further.
        """);
}
