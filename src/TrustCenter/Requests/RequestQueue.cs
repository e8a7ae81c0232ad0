using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Requests;

/// <summary>One request in the list.</summary>
public sealed record RequestRow(Guid Id, Guid Person, string Stage, DateTimeOffset Asked, DateTimeOffset Due, DateTimeOffset? Answered)
{
    public string Who { get; init; } = "";
}

/// <summary>The proven requests of a vendor, for those who answer them.</summary>
public sealed class RequestQueue(IStore store, PersonalRecords personal)
{
    private const int MostWaiting = 200; // on the page; as they are answered the others follow
    private const int MostAnswered = 50; // the newest; the journal has all

    public async Task<(IReadOnlyList<RequestRow> Waiting, IReadOnlyList<RequestRow> Answered)> Read(Scope scope, CancellationToken stop)
    {
        var (waiting, answered) = await store.Query(sql => (Rows(sql, scope, "stage = 'Waiting' order by due, id", MostWaiting), Rows(sql, scope, "decided is not null order by decided desc, id", MostAnswered)), stop);
        var who = await personal.ReadAll(scope, [.. waiting.Concat(answered).Select(r => r.Person)], stop);
        RequestRow Named(RequestRow row) => row with { Who = who.GetValueOrDefault(row.Person, PersonalRecords.Forgotten) };
        return ([.. waiting.Select(Named)], [.. answered.Select(Named)]);
    }

    /// <summary>How many wait, how many of them are late, and when the next answer is due.</summary>
    public static (long Waiting, long Late, DateTimeOffset? Next) Count(Sql sql, Scope scope, DateTimeOffset now) => sql.First("""
        select count(*), coalesce(sum(case when due < @now then 1 else 0 end), 0), min(due) from request_rows where tenant = @tenant and stage = 'Waiting'
        """, r => (r.Number(0), r.Number(1), r.TimeOrNull(2)), ("@tenant", scope.Tenant), ("@now", now));

    private static List<RequestRow> Rows(Sql sql, Scope scope, string where, int most) => sql.Query($"""
        select id, person, stage, asked, due, decided from request_rows where tenant = @tenant and due is not null and {where} limit @most
        """, r => new RequestRow(r.Id(0), r.Id(1), r.Text(2), r.Time(3), r.Time(4), r.TimeOrNull(5)), ("@tenant", scope.Tenant), ("@most", most));
}
