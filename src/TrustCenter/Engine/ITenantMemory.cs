namespace TrustCenter.Engine;

/// <summary>Something that keeps what belongs to a tenant in memory, and lets go of it when the tenant is deleted (ABUSE T-077).</summary>
public interface ITenantMemory
{
    void Forget(Guid tenant);

    /// <summary>
    /// Another process may have changed what these tenants show, or how they stand (then the platform is among them). What memory holds of it is
    /// compared with the database and replaced, never dropped first: a public page stays when the database goes away.
    /// </summary>
    Task Refresh(IReadOnlySet<Guid> tenants, CancellationToken stop) => Task.CompletedTask;
}
