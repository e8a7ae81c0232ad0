using TrustCenter.Tests;

namespace TrustCenter.Faults;

/// <summary>What stands in a data folder before the host starts.</summary>
public static class Settled
{
    /// <summary>A vendor with documents, claims and personas.</summary>
    public static async Task<Guid> Vendor(string folder, string label)
    {
        await using var app = await RealApp.Start(o => (o.DataFolder, o.Demo) = (folder, true));
        return (await TestHouse.Build(app, label, "North")).Scope.Tenant;
    }
}
