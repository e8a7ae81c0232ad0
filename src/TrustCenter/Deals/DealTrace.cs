using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Deals;

/// <summary>What happened around a deal: its shared pages, and what people of the customer did on them.</summary>
public sealed record DealTrace(IReadOnlyList<DealLink> Links, IReadOnlyList<DealTouch> Touches, long AllTouches)
{
    public const int MostTouches = 200; // rows of the time line, the newest

    public static async Task<DealTrace> Read(IStore store, PersonalRecords personal, Scope scope, Guid deal, CancellationToken stop)
    {
        (string, object?)[] values = [("@tenant", scope.Tenant), ("@deal", deal)];
        var (links, touches, all) = await store.Query(sql => (
            sql.Query("select id, created, expires, revoked from link_rows where tenant = @tenant and deal = @deal order by created desc, id", r => new DealLink(r.Id(0), r.Time(1), r.Time(2), r.TimeOrNull(3)), values),
            sql.Query($"select utc, person, what, about from touch_rows where tenant = @tenant and deal = @deal order by utc desc, id desc limit {MostTouches}", r => (At: r.Time(0), Person: r.IsNull(1) ? (Guid?)null : r.Id(1), What: r.Text(2), About: r.Text(3)), values),
            sql.Number("select count(*) from touch_rows where tenant = @tenant and deal = @deal", values)), stop);
        var names = await personal.ReadAll(scope, [.. touches.Select(t => t.Person).OfType<Guid>()], stop);
        return new DealTrace(links, [.. touches.Select(t => new DealTouch(t.At, Who(t.Person, names), t.What, t.About))], all);
    }

    private static string Who(Guid? person, Dictionary<Guid, string> names) => person is { } id ? names.GetValueOrDefault(id, PersonalRecords.Forgotten) : "Somebody";
}

public sealed record DealTouch(DateTimeOffset At, string Who, string What, string About);

public sealed record DealLink(Guid Id, DateTimeOffset Created, DateTimeOffset Expires, DateTimeOffset? Revoked)
{
    public string State(DateTimeOffset now) => Revoked is not null ? "revoked" : now >= Expires ? "over" : "open";
}
