using System.Security.Cryptography;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Pages;
using TrustCenter.Prospects;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;

namespace TrustCenter.Requests;

/// <summary>Takes requests. Every address gets the same answer and a code, so that nothing is learnt about any (ABUSE T-007).</summary>
public sealed class RequestDesk(IEngine engine, IStore store, HostKeys keys, AskLimits limits, PersonalRecords personal, TimeProvider clock)
{
    private static readonly Guid Place = new("00000000-0000-8000-8000-0000000000b2"); // where a link stands for others who ask for codes

    /// <summary>What can be asked for: published and behind a gate. Drafts and what is embargoed are not there, by whatever id (ABUSE T-066).</summary>
    public async Task<IReadOnlyList<PublicEvidence>> Gated(Scope scope, CancellationToken stop)
        => [.. (await store.Query(sql => PageReader.Documents(sql, scope.Tenant), stop)).Where(d => d.Withdrawn is null && d.Class != EvidenceClass.Public)];

    /// <summary>The request's id and the secret for its cookie; null when too many codes were asked for, which the answer says openly.</summary>
    /// <param name="network">Whence, as <c>Peer.NetworkOf</c> writes it.</param>
    public async Task<(Guid Request, string Secret)?> Begin(Scope scope, Vendor vendor, EmailAddress address, RequestWords words, IReadOnlyList<Guid> documents, string network, NoticeShown notice, Guid command, CancellationToken stop)
    {
        if (!await limits.Take(new Ask(scope, network, address.Value, Place), stop))
        {
            Signals.Limit("codes");
            return null;
        }
        var id = new Guid(RandomNumberGenerator.GetBytes(16));
        var (secret, code) = (VisitCookie.NewSecret(), MailedCode.Draw());
        var person = PersonalRecord.Of(keys, scope.Tenant, PersonalRecord.Email, address.Value);
        var said = PersonalRecord.Of(keys, scope.Tenant, RequestWords.Field, words.Write()) with { Lookup = person.Lookup }; // forgotten with the address
        var request = new AccessRequest
        {
            Person = person.Id, Words = said.Id, Lookup = Convert.ToHexStringLower(person.Lookup), Documents = documents, Asked = clock.GetUtcNow(),
            Secret = Visit.HashOf(secret), CodeHash = Convert.ToHexStringLower(keys.CodeHash(id, code)), Notice = notice,
        };
        await engine.Decide(scope.Id<AccessRequest>(id), new AskAccess { Id = command, Request = request, Personal = [person, said], Mail = RequestLetters.Code(vendor, address, code) }, Actor.Prospect(id), stop);
        return (id, secret);
    }

    /// <param name="secret">What the browser's cookie holds from then on, where the code was right.</param>
    public async Task<Outcome> Try(Scope scope, Vendor vendor, Guid id, AccessRequest request, string digits, string secret, Guid command, CancellationToken stop)
    {
        if (await personal.Read(scope, request.Person, stop) is not { } address) return new Outcome.Missing();
        var settings = await engine.Settings(scope, stop);
        var due = settings.AnswerDue(clock.GetUtcNow());
        return await engine.Decide(scope.Id<AccessRequest>(id), new TryRequestCode
        {
            Id = command, CodeHash = Convert.ToHexStringLower(keys.CodeHash(id, digits)), NextSecret = Visit.HashOf(secret), Due = due,
            Receipt = RequestLetters.Receipt(vendor, address, RequestLetters.Moment(settings.Hours, due)),
        }, Actor.Prospect(id), stop);
    }
}
