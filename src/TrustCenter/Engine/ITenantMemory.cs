namespace TrustCenter.Engine;

/// <summary>Something that keeps what belongs to a tenant in memory, and lets go of it when the tenant is deleted (ABUSE T-077).</summary>
public interface ITenantMemory
{
    void Forget(Guid tenant);
}
