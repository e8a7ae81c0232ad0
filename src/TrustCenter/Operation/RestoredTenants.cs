using System.Globalization;
using TrustCenter.Api;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Staff.SignIn;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Operation;

/// <summary>
/// What was ended since a backup would be open again after its restore. A tenant whose newest kept checkpoint is the end of its restored journal has lost
/// nothing up to there and stays as it was; of every other one links, API keys and sessions end (ABUSE T-123, T-133).
/// </summary>
public sealed class RestoredTenants(IStore store, IEngine engine, TenantKeys signing, TenantStandings standings, TimeProvider clock)
{
    private sealed record Restored(Guid Tenant, string Host, long Links, DateTimeOffset? NewestLink);

    public async Task Settle(BackupManifest manifest, KeptCheckpoints kept, TextWriter output, CancellationToken stop)
    {
        var tenants = await store.Query(sql => sql.Query("""
            select h.tenant, coalesce(v.host, ''), (select count(*) from link_rows l where l.tenant = h.tenant), (select max(l.created) from link_rows l where l.tenant = h.tenant)
            from heads h left join vendor_rows v on v.tenant = h.tenant where h.tenant <> @platform order by v.host
            """, r => new Restored(r.Id(0), r.Text(1), r.Number(2), r.TimeOrNull(3)), ("@platform", Platform.Scope.Tenant)), stop);
        foreach (var tenant in tenants)
            if (!await IsProven(tenant, manifest, kept, output, stop))
            {
                await EndKeys(tenant, output, stop);
                await EndSessions(tenant, output, stop);
                await CloseLinks(tenant, manifest, output, stop);
            }
        await output.WriteLineAsync("A checkpoint proves what was done until it was made, and nothing later: always give the newest that you keep.");
        await output.WriteLineAsync("What the operator did since the backup is not in it: look at /operator for tenants made or suspended since.");
    }

    private async Task<bool> IsProven(Restored tenant, BackupManifest manifest, KeptCheckpoints kept, TextWriter output, CancellationToken stop)
    {
        using var key = await signing.SigningKey(tenant.Tenant, stop);
        var isProven = false;
        foreach (var head in manifest.Heads.Where(h => h.Tenant == tenant.Tenant))
        {
            if (kept.Newest(head.Tenant, head.Log, PublicJwk.Of(key)) is not [var newest, ..] all) continue;
            var at = DateTimeOffset.UnixEpoch.AddMicroseconds(newest.Utc).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            if (newest.Size < head.Size)
            {
                if (head.Log == JournalEntry.Journal) await output.WriteLineAsync($"{tenant.Host}: the newest checkpoint given, of {at} UTC, is older than the backup and proves nothing of what came after it.");
            }
            else if (newest.Size == head.Size && all.All(c => Convert.ToHexStringLower(c.Root) == head.Root)) isProven |= head.Log == JournalEntry.Journal;
            else
            {
                var missing = newest.Size - head.Size;
                await output.WriteLineAsync(missing > 0
                    ? $"{tenant.Host}: the checkpoint of {at} UTC says that {missing.ToString("#,##0", CultureInfo.InvariantCulture)} {(missing == 1 ? "entry" : "entries")} of the {head.Log} came after this backup and {(missing == 1 ? "is" : "are")} lost."
                    : $"{tenant.Host}: the checkpoint of {at} UTC is of another {head.Log} than the restored one.");
                return false;
            }
        }
        if (isProven) await output.WriteLineAsync($"{tenant.Host}: the newest checkpoint given is the end of the restored journal, so links, API keys and sessions stay as they were.");
        return isProven;
    }

    private async Task EndKeys(Restored tenant, TextWriter output, CancellationToken stop)
    {
        var keys = await store.Query(sql => sql.Query("select id from api_key_rows where tenant = @tenant and revoked is null and expires > @now", r => r.Id(0), ("@tenant", tenant.Tenant), ("@now", clock.GetUtcNow())), stop);
        foreach (var key in keys) await engine.Decide(new Scope(tenant.Tenant).Id<ApiKey>(key), new RevokeApiKey { Id = Guid.CreateVersion7() }, Actor.System, stop);
        if (keys.Count > 0) await output.WriteLineAsync($"{tenant.Host}: API keys ended: {keys.Count}. Make new ones.");
    }

    // Whom somebody removed since has his roles again: nobody but the operator can see that now.
    private async Task EndSessions(Restored tenant, TextWriter output, CancellationToken stop)
    {
        var scope = new Scope(tenant.Tenant);
        var now = clock.GetUtcNow();
        var ids = await store.Query(sql => sql.Query("select id from staff_rows where tenant = @tenant and active = 1 and (email is not null or joined is not null) order by name", r => r.Id(0), ("@tenant", tenant.Tenant)), stop);
        foreach (var id in ids)
        {
            await engine.Decide(scope.Id<StaffMember>(id), new SignOutEverywhere { Id = Guid.CreateVersion7(), AtLeast = EpochOf(now) }, Actor.System, stop);
            var member = (await engine.Read<StaffMember>(scope.Id<StaffMember>(id), stop))!;
            if (member.Invitation is { } invitation && !invitation.IsOpen(now)) continue;
            await output.WriteLineAsync($"{tenant.Host}: {member.Name} can {(member.Invitation is null ? "sign in" : "still accept an invitation")}: {StaffWords.Of(member.Roles)}.");
        }
        var hosts = await store.Query(sql => sql.Query("select host from host_rows where tenant = @tenant and proven is not null order by host", r => r.Text(0), ("@tenant", tenant.Tenant)), stop);
        foreach (var host in hosts) await output.WriteLineAsync($"{tenant.Host}: {host} leads there.");
        if (ids.Count + hosts.Count > 0) await output.WriteLineAsync($"{tenant.Host}: all sessions ended. Who or what was removed since the backup is back: have it removed again.");
    }

    // Past every epoch of a session made since the backup: those count up by one.
    private static int EpochOf(DateTimeOffset now) => (int)(now - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;

    private async Task CloseLinks(Restored tenant, BackupManifest manifest, TextWriter output, CancellationToken stop)
    {
        if (tenant.NewestLink is not { } newest) return;
        // After every link in the copy, whatever the clocks said when they were made.
        var (now, after) = (clock.GetUtcNow(), newest.AddMicroseconds(1));
        await standings.Decide(tenant.Tenant, new SuspendLinks { Id = Guid.CreateVersion7(), Since = now > after ? now : after, Backup = manifest.Sha256 }, Actor.System, stop);
        await output.WriteLineAsync($"{tenant.Host}: all {tenant.Links} share links are closed until a manager or admin there approves them again.");
    }
}
