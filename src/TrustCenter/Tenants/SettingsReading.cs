using TrustCenter.Engine;

namespace TrustCenter.Tenants;

public static class SettingsReading
{
    /// <summary>The settings of this tenant; what was never set is as <see cref="TenantSettings.Standing"/> says.</summary>
    public static async ValueTask<TenantSettings> Settings(this IEngine engine, Scope scope, CancellationToken stop = default)
        => await engine.Read<TenantSettings>(scope.Id<TenantSettings>(TenantSettings.Only), stop) ?? TenantSettings.Standing;
}
