using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Operation;

/// <summary>
/// The second half of a restore, on the data in place: what a backup cannot know was done since, and is done again or asked again. Links close, what was
/// forgotten is forgotten, mail does not leave twice (ABUSE T-123, T-133).
/// </summary>
public sealed class RestoreRun(IStore store, IEngine engine, HostKeys keys, TenantKeys signing, TenantStandings standings, ErasureList erasures, TimeProvider clock)
{
    private const int LongestCheckpoints = 4 * 1024 * 1024; // bytes of a file; a checkpoint has about 600

    public async Task Finish(BackupManifest manifest, IReadOnlyList<string> checkpointFiles, TextWriter output, CancellationToken stop)
    {
        await HoldMail(output, stop);
        await Forget(output, stop);
        await CloseLinks(manifest, await Proven(manifest, checkpointFiles, stop), output, stop);
    }

    private async Task HoldMail(TextWriter output, CancellationToken stop)
    {
        var held = 0;
        await store.Write(sql => held = sql.Execute("update mails set state = 'failed', problem = 'Restored from a backup; not sent again.' where state = 'waiting'"), stop);
        if (held > 0) await output.WriteLineAsync($"Mails that waited in the backup are not sent again: {held}.");
    }

    // Who stays sealed as the proof of an agreement is hidden again when the host starts.
    private async Task Forget(TextWriter output, CancellationToken stop)
    {
        var people = 0;
        foreach (var tenant in erasures.Read().GroupBy(e => e.Tenant))
        {
            if (tenant.Any(e => e.Id is null)) await RemoveTenant(tenant.Key, output, stop);
            else people += await ForgetPeople(tenant.Key, [.. tenant.GroupBy(e => e.Id!.Value).Where(p => !p.Last().IsSealed).Select(p => p.Key)], stop);
        }
        if (people > 0) await output.WriteLineAsync($"Personal records forgotten since the backup are forgotten again: {people}.");
    }

    private async Task<int> ForgetPeople(Guid tenant, IReadOnlyList<Guid> ids, CancellationToken stop)
    {
        var known = await store.Query(sql => ids.Where(id => sql.Number("select count(*) from personal where tenant = @tenant and id = @id", ("@tenant", tenant), ("@id", id)) > 0).ToList(), stop);
        if (known.Count == 0) return 0;
        var subject = new AggregateId(tenant, "erasures", tenant);
        var happening = new Happening(JournalEntry.PersonErased, [.. known.Select(id => new Fact(JournalEntry.PersonFact, id.ToString("D")))]);
        await store.Commit(new Commit { Tenant = tenant, Forget = known, Entries = [.. PendingEntry.From([happening], Actor.System, subject, clock.GetUtcNow(), keys.StateHash(subject, 0, []))] }, stop);
        return known.Count;
    }

    private async Task RemoveTenant(Guid tenant, TextWriter output, CancellationToken stop)
    {
        if (await engine.Read<Vendor>(new Scope(tenant).Id<Vendor>(Vendor.Only), stop) is not { } vendor) return;
        await standings.Decide(tenant, new DeleteTenant { Id = Guid.CreateVersion7(), Name = vendor.Name, Host = vendor.Host, Typed = vendor.Host, Wait = TimeSpan.Zero }, Actor.System, stop);
        await output.WriteLineAsync($"The tenant {vendor.Host} was deleted since the backup: it stays closed, and is removed when the host starts.");
    }

    private async Task CloseLinks(BackupManifest manifest, HashSet<Guid> proven, TextWriter output, CancellationToken stop)
    {
        var links = await store.Query(sql => sql.Query("select l.tenant, coalesce(v.host, ''), count(*), max(l.created) from link_rows l left join vendor_rows v on v.tenant = l.tenant group by l.tenant",
            r => (Tenant: r.Id(0), Host: r.Text(1), Links: r.Number(2), Newest: r.Time(3))), stop);
        foreach (var (tenant, host, count, newest) in links)
        {
            if (proven.Contains(tenant))
            {
                await output.WriteLineAsync($"{host}: the journal ends exactly at the checkpoint given, so its links stay as they were.");
                continue;
            }
            // After every link in the copy, whatever the clocks said when they were made.
            var (now, after) = (clock.GetUtcNow(), newest.AddMicroseconds(1));
            await standings.Decide(tenant, new SuspendLinks { Id = Guid.CreateVersion7(), Since = now > after ? now : after, Backup = manifest.Sha256 }, Actor.System, stop);
            await output.WriteLineAsync($"{host}: all {count} share links are closed until a manager or admin there approves them again.");
        }
    }

    // A journal that ends exactly where somebody outside saw it end has lost nothing since.
    private async Task<HashSet<Guid>> Proven(BackupManifest manifest, IReadOnlyList<string> files, CancellationToken stop)
    {
        var given = new List<string>();
        foreach (var file in files)
        {
            if (!File.Exists(file)) throw new BackupException($"There is no checkpoint file {file}.");
            if (new FileInfo(file).Length > LongestCheckpoints) throw new BackupException($"{file} is too long for a file of checkpoints.");
            given.AddRange((await File.ReadAllLinesAsync(file, stop)).Select(line => line.Trim()).Where(line => line.Length > 0));
        }
        var proven = new HashSet<Guid>();
        foreach (var head in manifest.Heads.Where(h => h.Log == JournalEntry.Journal && h.Size > 0))
        {
            using var key = await signing.SigningKey(head.Tenant, stop);
            var @public = PublicJwk.Of(key);
            foreach (var jws in given)
                if (Checkpoint.TryVerify(jws, @public, out var checkpoint) && checkpoint.Tenant == head.Tenant && checkpoint.Log == head.Log && checkpoint.Size == head.Size && Convert.ToHexStringLower(checkpoint.Root) == head.Root)
                    proven.Add(head.Tenant);
        }
        return proven;
    }
}
