using TrustCenter.Engine;

namespace TrustCenter.Tenants;

/// <summary>What belongs to no vendor: asking for a way in before it is known whose staff asks, and the setup of the first admin.</summary>
public static class PlatformScope
{
    /// <summary>No vendor has this id: vendors' ids are drawn.</summary>
    public static readonly Scope Only = new(new Guid("00000000-0000-8000-8000-0000000000b0"));
}
