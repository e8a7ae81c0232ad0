using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Store;

namespace TrustCenter.Tests.Contracts;

internal static class Tables
{
    public static IEnumerable<string> Of(RealApp app) => app.Services.GetRequiredService<IStore>().Query(sql => sql.Query("""
        select m.name || ': ' || (select group_concat(c.name || ' ' || c.type || case c."notnull" when 1 then '' else '?' end, ', ') from pragma_table_info(m.name) c)
        from sqlite_master m where m.type = 'table' and m.name not like 'sqlite_%' order by m.name
        """, r => r.Text(0))).GetAwaiter().GetResult();
}
