using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Tenants;

/// <summary>Looks into the DNS and decides by what stands there. What it answers depends on the DNS alone, and never on other vendors (ABUSE T-074).</summary>
public sealed class HostProof(IEngine engine, IStore store, TenantDirectory directory, DnsText dns, TimeProvider clock)
{
    public async Task<Outcome> Check(Scope scope, Guid host, Actor by, CancellationToken stop)
    {
        var id = scope.Id<HostNames>(HostNames.Only);
        if ((await engine.Read<HostNames>(id, stop))?.Find(host) is not { } name) return new Outcome.Missing();
        if (by != Actor.System && clock.GetUtcNow() - name.Checked < HostName.AgainAfter)
            return new Outcome.Refused([new("", "This was looked up a moment ago. Wait a few seconds, then look again.")]);
        var texts = await dns.Read(name.Record, stop);
        var seen = texts is null ? HostSeen.NoAnswer : name.Read(texts);
        if (seen == HostSeen.Found) await TakeFromOthers(scope, name.Name, stop);
        return await Decide(scope, new RecordHostCheck { Id = Guid.CreateVersion7(), Host = host, Seen = seen }, by, stop);
    }

    public async Task<Outcome> Decide(Scope scope, Command<HostNames> command, Actor by, CancellationToken stop)
    {
        try { return await engine.Decide(scope.Id<HostNames>(HostNames.Only), command, by, stop); }
        finally { directory.Forget(scope.Tenant); }
    }

    // The record of whoever had the name before is gone from the DNS: this vendor's stands there alone.
    private async Task TakeFromOthers(Scope scope, string name, CancellationToken stop)
    {
        var others = await store.Query(sql => sql.Query("select tenant, id from host_rows where host = @host and proven is not null and tenant <> @tenant", r => (Tenant: r.Id(0), Id: r.Id(1)), ("@host", name), ("@tenant", scope.Tenant)), stop);
        foreach (var (tenant, host) in others)
            await Decide(new Scope(tenant), new RecordHostCheck { Id = Guid.CreateVersion7(), Host = host, Seen = HostSeen.Nothing, ChangedHands = true }, Actor.System, stop);
    }
}
