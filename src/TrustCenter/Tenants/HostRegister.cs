using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Tenants;

/// <summary>
/// Whose a proven host name is. Known names are remembered for a second, so that another process's change is seen then; a change of this
/// process is seen at once (ABUSE T-021). Unknown names cost one look-up and are not remembered.
/// </summary>
public sealed class HostRegister(IStore store, IEngine engine, IOptions<TrustCenterOptions> options)
{
    private const long Remembered = 1_000; // milliseconds

    private readonly ConcurrentDictionary<string, (Guid Tenant, long Until)> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (Guid Tenant, long Until)> opened = new(StringComparer.Ordinal); // by the spelling; until is of Environment.TickCount64
    private long changes;

    /// <summary>The tenant for whom the door opened at this spelling of a host within the last second: what changes meanwhile elsewhere reaches public pages as late as a publication may.</summary>
    public bool Lately(string host, out Guid tenant)
    {
        var isRecent = opened.TryGetValue(host, out var found) && Environment.TickCount64 < found.Until;
        tenant = found.Tenant;
        return isRecent;
    }

    /// <summary>The door opened. Lower case only: the spellings of a name are many, its lower-case form is one.</summary>
    public void Opened(string host, Guid tenant)
    {
        if (!host.AsSpan().ContainsAnyInRange('A', 'Z')) opened[host] = (tenant, Environment.TickCount64 + Remembered);
    }

    /// <param name="host">As the request names it, without a port. Only upper and lower case are one; a dot at the end is another name.</param>
    public async ValueTask<Guid?> Find(string host, CancellationToken stop)
    {
        if (host.Length is 0 or > HostName.LongestName || host[^1] == '.' || !host.Contains('.')) return null;
        var name = host.ToLowerInvariant();
        if (known.TryGetValue(name, out var hit) && Environment.TickCount64 < hit.Until) return hit.Tenant;
        var before = Interlocked.Read(ref changes);
        var found = await store.Query(sql => sql.First("select tenant from host_rows where host = @host and proven is not null", r => (Guid?)r.Id(0), ("@host", name)), stop);
        // What was read before a change must not be remembered after it.
        if (found is { } tenant && Interlocked.Read(ref changes) == before) known[name] = (tenant, Environment.TickCount64 + Remembered);
        else known.TryRemove(name, out _);
        return found;
    }

    /// <summary>Call after every decision about host names or about whether a tenant is open.</summary>
    public void Changed()
    {
        Interlocked.Increment(ref changes);
        known.Clear();
        opened.Clear();
    }

    /// <summary>Scheme, host and port of this vendor's pages, for mails and PDFs: its primary proven name, else the one below the platform's domain. Never taken from a request (ABUSE T-019).</summary>
    public async ValueTask<string> AddressOf(Scope scope, Vendor vendor, CancellationToken stop)
        => (await engine.Read<HostNames>(scope.Id<HostNames>(HostNames.Only), stop))?.Primary is { } primary ? options.Value.AddressOfHost(primary.Name) : options.Value.AddressOf(vendor.Host);
}
