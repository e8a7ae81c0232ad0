using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Tenants;

/// <summary>Whose a proven host name is, as the database knows it, and by which name a vendor's pages are reached.</summary>
public sealed class HostRegister(IStore store, IEngine engine, IOptions<TrustCenterOptions> options)
{
    /// <param name="name">In lower case, without a port. A dot at the end is another name.</param>
    public async Task<Guid?> Find(string name, CancellationToken stop)
    {
        if (name.Length is 0 or > HostName.LongestName || name[^1] == '.' || !name.Contains('.')) return null;
        return await store.Query(sql => sql.First("select tenant from host_rows where host = @host and proven is not null", r => (Guid?)r.Id(0), ("@host", name)), stop);
    }

    /// <summary>Scheme, host and port of this vendor's pages, for mails and PDFs: its primary proven name, else the one below the platform's domain. Never taken from a request (ABUSE T-019).</summary>
    public async ValueTask<string> AddressOf(Scope scope, Vendor vendor, CancellationToken stop)
        => (await engine.Read<HostNames>(scope.Id<HostNames>(HostNames.Only), stop))?.Primary is { } primary ? options.Value.AddressOfHost(primary.Name) : options.Value.AddressOf(vendor.Host);
}
