using Microsoft.Extensions.Options;
using TrustCenter.Erasures;
using TrustCenter.Tenants;

namespace TrustCenter.Settings;

/// <summary>What works behind the settings: proofs of host names, and forgetting.</summary>
public static class SettingsParts
{
    public static void AddSettings(this IServiceCollection services)
    {
        services.AddSingleton<DnsText>();
        services.AddSingleton<HostProof>();
        services.AddSingleton<HostWorker>();
        services.AddSingleton<Forgetting>();
        services.AddSingleton<RetentionWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<HostWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<RetentionWorker>());
    }
}
