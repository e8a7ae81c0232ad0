using TrustCenter.Tenants;

namespace TrustCenter.Operation;

public static class TenantWords
{
    public static string Of(TenancyStatus status) => status switch
    {
        TenancyStatus.Active => "open",
        TenancyStatus.Suspended => "suspended",
        TenancyStatus.Deleting => "waits for its deletion",
        TenancyStatus.Erasing => "is being deleted",
        _ => "deleted",
    };
}
