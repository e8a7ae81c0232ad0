namespace TrustCenter.Engine;

/// <summary>Something that keeps what belongs to a tenant in memory, and lets go of it when the tenant is deleted (ABUSE T-077).</summary>
public interface ITenantMemory
{
    void Forget(Guid tenant);

    /// <summary>Another process changed what this tenant shows, or how tenants stand: what follows from it is asked for again.</summary>
    void Changed(Guid tenant) { }
}
