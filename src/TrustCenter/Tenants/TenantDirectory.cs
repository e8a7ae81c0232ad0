using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Tenants;

/// <summary>Which tenant a host name belongs to. Unknown names cost one look-up and are not remembered.</summary>
public sealed class TenantDirectory(IStore store, HostRegister hosts, IOptions<TrustCenterOptions> options) : ITenantMemory
{
    private readonly ConcurrentDictionary<string, Guid> known = new(StringComparer.Ordinal);
    private string? suffix;

    private string Suffix => suffix ??= "." + options.Value.BaseDomain;

    /// <summary>The scope of this host, or null: one spelling of a host is one tenant (ABUSE T-073).</summary>
    public async ValueTask<Scope?> Find(string host, CancellationToken stop)
    {
        if (LabelOf(host) is not { } label) return await hosts.Find(host, stop) is { } owner ? new Scope(owner) : null;
        if (label == options.Value.PlatformLabel) return null;
        return await FindLabel(label, stop) is { } tenant ? new Scope(tenant) : null;
    }

    /// <summary>The tenant of a host below the platform's domain, from memory alone; where this is null, <see cref="Find"/> must be asked.</summary>
    public Guid? Known(string host) => LabelOf(host) is { } label && label != options.Value.PlatformLabel && known.TryGetValue(label, out var tenant) ? tenant : null;

    public async ValueTask<Guid?> FindLabel(string label, CancellationToken stop)
    {
        if (known.TryGetValue(label, out var tenant)) return tenant;
        var found = await store.Query(sql => sql.First("select tenant from vendor_rows where host = @host", r => (Guid?)r.Id(0), ("@host", label)), stop);
        if (found is { } id) known[label] = id;
        return found;
    }

    public void Forget(Guid tenant)
    {
        foreach (var label in known.Where(k => k.Value == tenant).Select(k => k.Key).ToList()) known.TryRemove(label, out _);
        hosts.Changed();
    }

    public void Changed(Guid tenant) => Forget(tenant);

    public bool IsPlatform(string host) => LabelOf(host) == options.Value.PlatformLabel;

    private string? LabelOf(string host)
    {
        var name = host.ToLowerInvariant();
        if (options.Value.Hosts.TryGetValue(name, out var shown)) return shown;
        if (!name.EndsWith(Suffix, StringComparison.Ordinal)) return null;
        var label = name[..^Suffix.Length];
        return label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? label : null;
    }
}
