using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Operation;

/// <summary>One tenant as the operator sees it: its address and how it stands, nothing that it wrote.</summary>
public sealed record TenantRow(Guid Id, string Host, string Name, TenancyStatus Status, DateTimeOffset? Since, DateTimeOffset? Due, long Entries, long Mails);

public sealed class TenantList(IStore store)
{
    public const int Most = 200; // on one page; the search finds the others

    private const string Columns = """
        select x.id, x.host, x.name, x.status, x.changed, x.due, coalesce(h.journal, 0), (select count(*) from mails m where m.tenant = x.id and m.state = 'waiting')
        from (select v.tenant as id, v.host as host, v.name as name, coalesce(t.status, 'Active') as status, t.changed as changed, t.due as due
                from vendor_rows v left join tenancy_rows t on t.tenant = @platform and t.id = v.tenant
              union all
              select t.id, t.host, t.name, t.status, t.changed, t.due from tenancy_rows t
                where t.tenant = @platform and not exists (select 1 from vendor_rows v where v.tenant = t.id)) x
        left join heads h on h.tenant = x.id
        """;

    /// <param name="find">Part of a host label or name; empty finds all.</param>
    public Task<List<TenantRow>> Read(string find, CancellationToken stop) => store.Query(sql => sql.Query(
        Columns + " where @find = '' or lower(x.host) like lower(@text) escape '!' or lower(x.name) like lower(@text) escape '!' order by x.status = 'Deleted', x.host limit @most",
        Row, ("@platform", Platform.Scope.Tenant), ("@find", find), ("@text", Sql.Containing(find)), ("@most", Most)), stop);

    public Task<TenantRow?> Read(Guid tenant, CancellationToken stop)
        => store.Query(sql => sql.First(Columns + " where x.id = @id", Row, ("@platform", Platform.Scope.Tenant), ("@id", tenant)), stop);

    private static TenantRow Row(Row r) => new(r.Id(0), r.Text(1), r.Text(2), Enum.Parse<TenancyStatus>(r.Text(3)), r.TimeOrNull(4), r.TimeOrNull(5), r.Number(6), r.Number(7));
}
