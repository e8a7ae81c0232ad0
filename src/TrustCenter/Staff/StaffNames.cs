using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Staff;

/// <summary>Names of staff by id, for pages. Who left keeps his name in what he wrote.</summary>
public sealed class StaffNames(IReadOnlyDictionary<Guid, string> names)
{
    public static readonly StaffNames None = new(new Dictionary<Guid, string>());

    public string this[Guid? id] => id switch
    {
        null => "nobody",
        { } staff when staff == Actor.System.Id => "an import",
        { } staff => names.GetValueOrDefault(staff, "somebody unknown"),
    };

    public static async Task<StaffNames> Read(IStore store, Scope scope, CancellationToken stop)
    {
        var rows = await store.Query(sql => sql.Query("select id, name from staff_rows where tenant = @tenant", r => (Id: r.Id(0), Name: r.Text(1)), ("@tenant", scope.Tenant)), stop);
        return new StaffNames(rows.ToDictionary(r => r.Id, r => r.Name));
    }
}
