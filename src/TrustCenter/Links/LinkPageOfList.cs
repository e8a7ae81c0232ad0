using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Links;

/// <summary>One link in the list.</summary>
/// <param name="State">open, over or revoked</param>
public sealed record LinkRow(Guid Id, string Account, string State, DateTimeOffset Created, DateTimeOffset Expires, int Visits, DateTimeOffset? LastTouch);

/// <summary>One page of the links that were asked for.</summary>
public sealed record LinkPageOfList(ListAsk Ask, IReadOnlyList<LinkRow> Rows, long Count, long All)
{
    public static readonly IReadOnlyList<string> States = ["open", "over", "revoked"];

    private static readonly IReadOnlyList<ListColumn> Columns =
    [
        new("account", "Account", "lower(account)"), new("shared", "Shared", "created", DownFirst: true), new("state", "State", "state"), new("until", "Until", "expires"),
        new("people", "People who came", "visits", DownFirst: true, IsNumber: true), new("touch", "Last touch", "touched is not null, touched", DownFirst: true),
    ];

    // A rep sees his own links; whoever may revoke any sees all.
    private const string Links = """
        (select l.id, l.account, l.created, l.expires, case when l.revoked is not null then 'revoked' when l.expires <= @now then 'over' else 'open' end as state,
          (select count(*) from visit_rows v where v.tenant = l.tenant and v.link = l.id and v.proven is not null) as visits,
          (select max(t.utc) from touch_rows t where t.tenant = l.tenant and t.link = l.id) as touched
        from link_rows l where l.tenant = @tenant and (l.owner = @owner or @all = 1)) q
        """;

    public static ListAsk AskFrom(IQueryCollection query, string path) => ListAsk.From(query, path, Columns, "shared", "text", "state");

    public static LinkPageOfList Read(Sql sql, ConsoleUser user, ListAsk ask, DateTimeOffset now)
    {
        const string Where = "(@state = '' or state = @state) and lower(account) like lower(@text) escape '!'";
        (string, object?)[] scope = [("@tenant", user.Scope.Tenant), ("@owner", user.Id), ("@all", user.May(Right.RevokeAny)), ("@now", now)];
        (string, object?)[] values = [.. scope, ("@state", ask["state"]), ("@text", ask.Like("text"))];
        var count = sql.Number($"select count(*) from {Links} where {Where}", values);
        var shown = ask.Within(count);
        var rows = sql.Query($"select id, account, state, created, expires, visits, touched from {Links} where {Where} order by {shown.Order} limit {ListAsk.PageSize} offset @offset",
            r => new LinkRow(r.Id(0), r.Text(1), r.Text(2), r.Time(3), r.Time(4), r.Int(5), r.TimeOrNull(6)), [.. values, ("@offset", shown.Offset)]);
        return new LinkPageOfList(shown, rows, count, ask.IsAll ? count : sql.Number($"select count(*) from {Links}", scope));
    }
}
