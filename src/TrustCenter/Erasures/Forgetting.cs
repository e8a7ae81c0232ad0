using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Requests;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Erasures;

/// <summary>How many records of a person were destroyed, and how many stay sealed as the proof of an accepted agreement.</summary>
public sealed record Forgotten(int Erased, int Sealed);

/// <summary>One personal record, with the visit or the access request that it came from.</summary>
/// <param name="KeepUntil">Until then it is the proof of an accepted agreement.</param>
public sealed record PersonalTrace(Guid Person, Guid? Visit, DateTimeOffset? KeepUntil, Guid? Request = null);

/// <summary>
/// Forgets people: destroys their keys, so that nothing opens what was sealed, and takes their pseudonyms out of links, visits and requests. The journal
/// keeps its commitments and an entry that names them as erased, which the verifier accepts (DESIGN, section 5).
/// </summary>
public sealed class Forgetting(IStore store, IEngine engine, HostKeys keys, ErasureList list, TimeProvider clock)
{
    private const int AtOnce = 500; // records in one entry

    /// <summary>Everything that is held under this address.</summary>
    public async Task<Forgotten> Person(Scope scope, EmailAddress address, Tenants.Retention retention, Actor by, CancellationToken stop)
    {
        var lookup = keys.Lookup(scope.Tenant, address.Value);
        var traces = await store.Query(sql => Traces(sql, scope, retention, "p.lookup = @lookup", ("@lookup", lookup)), stop);
        await store.Write(sql => sql.Execute("delete from mails where tenant = @tenant and lookup = @lookup", ("@tenant", scope.Tenant), ("@lookup", lookup)), stop);
        await LeaveStaff(scope, "email = @email", by, stop, ("@email", keys.Lookup(Tenants.Platform.Scope.Tenant, address.Value)));
        return await Forget(scope, traces, by, stop);
    }

    /// <summary>The records that fit <paramref name="where"/>, each with the end of its acceptance: as the person was told, and no later than the vendor's rule of today.</summary>
    internal static List<PersonalTrace> Traces(Sql sql, Scope scope, Tenants.Retention retention, string where, params (string, object?)[] values) => sql.Query($"""
        select p.id, v.id, v.accepted, v.keep_until, q.request from personal p left join visit_rows v on v.tenant = p.tenant and v.person = p.id
          left join request_record_rows q on q.tenant = p.tenant and q.id = p.id where p.tenant = @tenant and ({where}) limit 10000
        """, r => new PersonalTrace(r.Id(0), r.IdOrNull(1), Earlier(r.TimeOrNull(2)?.AddMonths(retention.Acceptances), r.TimeOrNull(3)), r.IdOrNull(4)), [("@tenant", scope.Tenant), .. values]);

    /// <summary>Destroys what may be destroyed, seals the rest. What a crash leaves half done is done again from the list.</summary>
    public async Task<Forgotten> Forget(Scope scope, IReadOnlyList<PersonalTrace> traces, Actor by, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (erased, kept) = (0, 0);
        foreach (var batch in traces.Chunk(AtOnce))
        {
            var bySeal = batch.ToLookup(t => t.KeepUntil > now);
            list.Append(now, batch.Select(t => (scope.Tenant, (Guid?)t.Person, t.KeepUntil > now)));
            foreach (var trace in batch.Where(t => t.Visit is not null))
                await engine.Decide(scope.Id<Visit>(trace.Visit!.Value), new ForgetVisit { Id = Guid.CreateVersion7(), KeepsAcceptances = trace.KeepUntil > now }, by, stop);
            foreach (var request in batch.Select(t => t.Request).OfType<Guid>().Distinct()) await engine.Decide(scope.Id<AccessRequest>(request), new ForgetRequest { Id = Guid.CreateVersion7() }, by, stop);
            await LeaveLinks(scope, [.. batch.Select(t => t.Person)], by, stop);
            foreach (var trace in batch) await LeaveStaff(scope, "person = @person", by, stop, ("@person", trace.Person));
            await store.Commit(CommitOf(scope, [.. bySeal[false].Select(t => t.Person)], [.. bySeal[true].Select(t => t.Person)], by, now), CancellationToken.None);
            Decided.Note();
            (erased, kept) = (erased + bySeal[false].Count(), kept + bySeal[true].Count());
        }
        return new Forgotten(erased, kept);
    }

    // Only the link itself knows its people. Forgetting is rare, so all of them are read.
    private async Task LeaveLinks(Scope scope, HashSet<Guid> people, Actor by, CancellationToken stop)
    {
        var links = await store.Query(sql => sql.Query("select id from link_rows where tenant = @tenant", r => r.Id(0), ("@tenant", scope.Tenant)), stop);
        foreach (var link in links)
            if (await engine.Read<ShareLink>(scope.Id<ShareLink>(link), stop) is { } found && found.People.Any(p => people.Contains(p.Id)))
                await engine.Decide(scope.Id<ShareLink>(link), new ForgetLinkPeople { Id = Guid.CreateVersion7(), People = people }, by, stop);
    }

    // Whoever works here keeps the name; whoever left loses it, and what they approved says that somebody did.
    private async Task LeaveStaff(Scope scope, string where, Actor by, CancellationToken stop, (string, object?) value)
    {
        var left = await store.Query(sql => sql.Query($"select id from staff_rows where tenant = @tenant and active = 0 and {where}", r => r.Id(0), ("@tenant", scope.Tenant), value), stop);
        foreach (var member in left) await engine.Decide(scope.Id<StaffMember>(member), new ForgetMember { Id = Guid.CreateVersion7() }, by, stop);
    }

    private Commit CommitOf(Scope scope, IReadOnlyList<Guid> erased, IReadOnlyList<Guid> kept, Actor by, DateTimeOffset now)
    {
        var subject = new AggregateId(scope.Tenant, "people", scope.Tenant);
        var happenings = new List<Happening>();
        if (erased.Count > 0) happenings.Add(new Happening(JournalEntry.PersonErased, [.. erased.Select(p => new Fact(JournalEntry.PersonFact, p.ToString("D")))]));
        if (kept.Count > 0) happenings.Add(new Happening("person.sealed", [.. kept.Select(p => new Fact(JournalEntry.PersonFact, p.ToString("D")))]));
        return new Commit { Tenant = scope.Tenant, Forget = erased, Hide = kept, Entries = [.. PendingEntry.From(happenings, by, subject, now, keys.StateHash(subject, 0, []))] };
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b is null ? a ?? b : a < b ? a : b;
}
