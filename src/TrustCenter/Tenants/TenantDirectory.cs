using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Tenants;

/// <summary>
/// Which tenant a host name belongs to. A name is remembered until this process changes it (ABUSE T-021) or sees that another one did; unknown names
/// cost one look-up and are not remembered.
/// </summary>
public sealed class TenantDirectory(IStore store, HostRegister hosts, IOptions<TrustCenterOptions> options) : ITenantMemory
{
    private readonly ConcurrentDictionary<string, Guid> known = new(StringComparer.Ordinal); // by the whole name in lower case: its spellings are many
    private readonly Lock change = new();
    private long changes; // so that what was read before a change is not remembered after it
    private string? suffix;

    private string Suffix => suffix ??= "." + options.Value.BaseDomain;

    /// <summary>The scope of this host, or null: one spelling of a host is one tenant (ABUSE T-073).</summary>
    public async ValueTask<Scope?> Find(string host, CancellationToken stop)
    {
        var name = host.ToLowerInvariant();
        if (LabelOf(name) == options.Value.PlatformLabel) return null;
        return await FindName(name, LabelOf(name), stop) is { } tenant ? new Scope(tenant) : null;
    }

    /// <summary>The tenant of a host from memory alone, and of its lower-case spelling only; where this is null, <see cref="Find"/> must be asked.</summary>
    public Guid? Known(string host) => known.TryGetValue(host, out var tenant) ? tenant : null;

    public ValueTask<Guid?> FindLabel(string label, CancellationToken stop) => FindName(label + Suffix, label, stop);

    public void Forget(Guid tenant)
    {
        lock (change)
        {
            changes++;
            foreach (var name in known.Where(k => k.Value == tenant).Select(k => k.Key).ToList()) known.TryRemove(name, out _);
        }
    }

    public async Task Refresh(IReadOnlySet<Guid> tenants, CancellationToken stop)
    {
        lock (change) changes++; // what is being read may be of before
        foreach (var (name, tenant) in known.Where(k => tenants.Contains(k.Value)).ToList())
            if (await Load(name, LabelOf(name), stop) is var owner && owner != tenant) Forget(tenant);
    }

    private async ValueTask<Guid?> FindName(string name, string? label, CancellationToken stop)
    {
        if (known.TryGetValue(name, out var tenant)) return tenant;
        long before;
        lock (change) before = changes;
        var found = await Load(name, label, stop);
        lock (change)
            if (found is { } id && changes == before) known[name] = id;
        return found;
    }

    private Task<Guid?> Load(string name, string? label, CancellationToken stop) => label is null
        ? hosts.Find(name, stop)
        : store.Query(sql => sql.First("select tenant from vendor_rows where host = @host", r => (Guid?)r.Id(0), ("@host", label)), stop);

    public bool IsPlatform(string host) => LabelOf(host.ToLowerInvariant()) == options.Value.PlatformLabel;

    private string? LabelOf(string name)
    {
        if (options.Value.Hosts.TryGetValue(name, out var shown)) return shown;
        if (!name.EndsWith(Suffix, StringComparison.Ordinal)) return null;
        var label = name[..^Suffix.Length];
        return label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? label : null;
    }
}
