using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Operation;

/// <summary>
/// The second half of a restore, on the copy before it is put in place: what a backup cannot know was done since, and is done again or asked
/// again. What was forgotten is forgotten, mail does not leave twice, and what a tenant may have ended stays ended (ABUSE T-123, T-133).
/// </summary>
public sealed class RestoreRun(IStore store, IEngine engine, HostKeys keys, RestoredTenants tenants, TenantStandings standings, ErasureList erasures, TimeProvider clock)
{
    public async Task Finish(BackupManifest manifest, KeptCheckpoints kept, TextWriter output, CancellationToken stop)
    {
        await HoldMail(output, stop);
        await Forget(output, stop);
        await tenants.Settle(manifest, kept, output, stop);
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
}
