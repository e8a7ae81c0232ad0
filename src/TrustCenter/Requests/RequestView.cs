using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Keys;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Tenants;

namespace TrustCenter.Requests;

/// <summary>One request as staff see it.</summary>
/// <param name="Address">Null: the person was forgotten.</param>
/// <param name="Offered">What can be given: the documents asked for that are still published, or where none was named all behind a gate.</param>
/// <param name="Answer">The words of the answer, and who wrote them.</param>
public sealed record RequestShown(Guid Id, AccessRequest Request, string? Address, RequestWords Words, IReadOnlyList<PublicEvidence> Offered, (string Words, string By) Answer, WorkingHours Hours, DateTimeOffset Now)
{
    /// <summary>The company as it was written; else where the address is at, unless anybody can have one there. Never the person: a link's account is not forgotten.</summary>
    public string Account => Words.Company.Length > 0 ? Words.Company : EmailAddress.TryParse(Address, out var address) && EmailDomain.Of(address) is { IsFreeMail: false } domain ? domain.Value : "";
}

public sealed class RequestView(RequestDesk requests, PersonalRecords personal)
{
    /// <summary>Null for what is not there or was never proven: nobody answers for an address that may be a stranger's.</summary>
    internal async Task<RequestShown?> Find(Desk desk, Guid id)
    {
        if (await desk.Read<AccessRequest>(id) is not { Proven: not null } request) return null;
        var scope = desk.User.Scope;
        var known = await personal.ReadAll(scope, [.. new[] { request.Person, request.Words, request.Answer?.Words }.OfType<Guid>()], desk.Stop);
        var gated = await requests.Gated(scope, desk.Stop);
        var told = request.Answer is { } answer ? (answer.Words is { } words ? known.GetValueOrDefault(words, PersonalRecords.Forgotten) : "", (await desk.Names())[answer.By]) : ("", "");
        return new RequestShown(id, request, known.GetValueOrDefault(request.Person), RequestWords.Read(known.GetValueOrDefault(request.Words)),
            request.Documents.Count == 0 ? gated : [.. gated.Where(d => request.Documents.Contains(d.Id))], told, (await desk.Engine.Settings(scope, desk.Stop)).Hours, desk.Clock.GetUtcNow());
    }
}
