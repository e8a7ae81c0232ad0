using System.Text;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Keys;

/// <summary>Reads personal values for those who may see them, as long as they were not forgotten.</summary>
public sealed class PersonalRecords(IStore store, HostKeys keys)
{
    public const string Forgotten = "(forgotten)";

    public async Task<string?> Read(Scope scope, Guid id, CancellationToken stop) => (await ReadAll(scope, [id], stop)).GetValueOrDefault(id);

    public Task<Dictionary<Guid, string>> ReadAll(Scope scope, IReadOnlyCollection<Guid> ids, CancellationToken stop) => store.Query(sql =>
    {
        var values = new Dictionary<Guid, string>();
        foreach (var id in ids.Distinct())
            if (sql.First("select sealed_key, sealed_value from personal where tenant = @tenant and id = @id and hidden is null", r => (r.Bytes(0), r.Bytes(1)).ToTuple(), ("@tenant", scope.Tenant), ("@id", id)) is { } row)
                values[id] = Encoding.UTF8.GetString(HostKeys.Open(keys.Open(row.Item1), row.Item2));
        return values;
    }, stop);
}
