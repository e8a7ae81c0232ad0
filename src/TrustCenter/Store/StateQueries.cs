using TrustCenter.Engine;

namespace TrustCenter.Store;

/// <summary>What is read by primary key at every decision, the same in every database.</summary>
internal static class StateQueries
{
    public static StoredState? Read(Sql sql, AggregateId id)
        => sql.First("select etag, format, body, done, mac from states where tenant = @tenant and kind = @kind and key = @key",
            r => new StoredState(r.Number(0), r.Number(1), r.Bytes(2), r.Text(3), r.Bytes(4)), ("@tenant", id.Tenant), ("@kind", id.Kind), ("@key", id.Key));

    public static long Etag(Sql sql, AggregateId id)
        => sql.Number("select etag from states where tenant = @tenant and kind = @kind and key = @key", ("@tenant", id.Tenant), ("@kind", id.Kind), ("@key", id.Key));

    public static long Content(Sql sql, Guid tenant) => sql.Number("select content from heads where tenant = @tenant", ("@tenant", tenant));
}
