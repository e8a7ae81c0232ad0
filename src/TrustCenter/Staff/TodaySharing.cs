using TrustCenter.Pages;
using TrustCenter.Store;

namespace TrustCenter.Staff;

/// <summary>What a rep wants to know first: who came to his pages, and which of them close soon.</summary>
internal static class TodaySharing
{
    private const int Days = 7; // back and ahead
    private const int Most = 10; // lines

    /// <summary>Links of this member that were visited lately, the latest first.</summary>
    public static List<TodayItem> Visited(Sql sql, ConsoleUser user, DateTimeOffset now) => sql.Query("""
        select l.id, l.account, count(*), max(t.utc), count(distinct t.person) from touch_rows t join link_rows l on l.tenant = t.tenant and l.id = t.link
        where t.tenant = @tenant and l.owner = @me and t.utc > @since group by l.id, l.account order by max(t.utc) desc limit @most
        """, r => new TodayItem(user.Paths.Link(r.Id(0)), r.Text(1), $"{Words.Count(r.Number(4), "person", "people")} came, {Words.Count(r.Number(2), "touch", "touches")}; the last {Words.Time(r.Time(3))}"),
        ("@tenant", user.Scope.Tenant), ("@me", user.Id), ("@since", now.AddDays(-Days)), ("@most", Most));

    /// <summary>Links of this member that close within the week.</summary>
    public static List<TodayItem> Closing(Sql sql, ConsoleUser user, DateTimeOffset now) => sql.Query("""
        select id, account, expires from link_rows where tenant = @tenant and owner = @me and revoked is null and expires > @now and expires < @soon order by expires limit @most
        """, r => new TodayItem(user.Paths.Link(r.Id(0)), $"The page for {r.Text(1)}", $"closes on {Words.Date(DateOnly.FromDateTime(r.Time(2).UtcDateTime))}"),
        ("@tenant", user.Scope.Tenant), ("@me", user.Id), ("@now", now), ("@soon", now.AddDays(Days)), ("@most", Most));
}
