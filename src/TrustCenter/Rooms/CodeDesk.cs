using System.Security.Cryptography;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Mail;
using TrustCenter.Prospects;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;

namespace TrustCenter.Rooms;

/// <summary>
/// Begins visits. An address that is on the list and one that is not take the same steps and get the same answer; only the mail differs,
/// and it leaves off the request's path (ABUSE T-007).
/// </summary>
public sealed class CodeDesk(IEngine engine, HostKeys keys, AskLimits limits, TimeProvider clock)
{
    /// <summary>The visit's id and the secret for its cookie; null when too many were asked for, which the answer says openly.</summary>
    /// <param name="network">Whence, as <c>Peer.NetworkOf</c> writes it.</param>
    public async Task<(Guid Visit, string Secret)?> Begin(Scope scope, Vendor vendor, Guid linkId, ShareLink link, EmailAddress address, string network, NoticeShown notice, Guid command, CancellationToken stop)
    {
        // Before anything is looked up: whoever is over a limit learns nothing about the address, and writes nothing.
        if (!await limits.Take(new Ask(scope, network, address.Value, linkId), stop))
        {
            Signals.Limit("codes");
            return null;
        }
        var visitId = new Guid(RandomNumberGenerator.GetBytes(16));
        var id = scope.Id<Visit>(visitId);
        var secret = VisitCookie.NewSecret();
        var code = MailedCode.Draw();
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
        var mayMail = link.Admits(visit.Lookup, visit.Host);
        // Nobody was told this code, so whoever types it guessed: no code opens it, and outside it looks the same (ABUSE T-007, T-011).
        if (!mayMail) visit = visit with { CodeHash = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) };
        await engine.Decide(id, new AskCode { Id = command, Visit = visit, Person = person, Target = id, Mail = mayMail ? Mail(vendor, address, code) : null }, Actor.Prospect(visitId), stop);
        return (visitId, secret);
    }

    private static OutgoingMail Mail(Vendor vendor, EmailAddress address, string code) => new(Guid.CreateVersion7(), address.Value,
        MailHeader.Clean($"{code} is your code for {vendor.Name}"),
        $"""
        Your code is {code}

        Type it into the page that asked for it, within ten minutes. It works once, and only in that browser.

        You get this mail because somebody typed this address to read documents of {vendor.Name}. If that was not you, do nothing: without the code nobody gets in.
        """);
}
