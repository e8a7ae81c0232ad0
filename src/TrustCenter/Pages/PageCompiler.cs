using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Pages;

/// <summary>
/// Makes a vendor's pages off the request path and stores them, with the log entry that proves them, in one transaction. Whoever finds work does it;
/// a turn per vendor keeps it to one writer, and what waited meanwhile finds its work done.
/// </summary>
public sealed class PageCompiler(IStore store, HostKeys keys, PageMaker maker, Packing packing, SnapshotCache cache, Leases leases, Paths paths, TimeProvider clock, ILogger<PageCompiler> log) : ITenantMemory
{
    /// <summary>The log entry of a set of pages.</summary>
    public const string Published = "page.published";

    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> turns = new();

    /// <summary>Returns when what this vendor published before the call is on its pages, at the latest after <paramref name="most"/>; the worker finishes what took longer.</summary>
    public async Task WaitFor(Guid tenant, TimeSpan most)
    {
        try { await Task.Run(() => Compile(tenant, CancellationToken.None)).WaitAsync(most); }
        catch (TimeoutException) { log.LogWarning("The pages of {Tenant} took longer than {Most}; they follow.", tenant, most); }
        // The publication is durable; pages that fail are the worker's to repeat and not the publisher's error.
        catch (Exception failed) { log.LogError(failed, "The pages of {Tenant} could not be compiled; the worker tries again.", tenant); }
    }

    /// <summary>Compiles what is missing, was published or belongs to another day, for every vendor, and packs it tight.</summary>
    public async Task CompileAll(CancellationToken stop)
    {
        foreach (var tenant in await Due(stop)) await Compile(tenant, stop);
        while (await packing.Next(stop)) { }
    }

    /// <summary>The vendors whose pages are not those of today's content.</summary>
    public Task<List<Guid>> Due(CancellationToken stop) => store.Query(sql => sql.Query("""
        select v.tenant from vendor_rows v left join snapshots s on s.tenant = v.tenant and s.page = @made left join outbox o on o.tenant = v.tenant and o.kind = 'compile'
        where (o.n is not null or s.etag is null or s.etag <> @mark) and not exists (select 1 from tenancy_rows t where t.id = v.tenant and t.status <> 'Active')
        """, r => r.Id(0), ("@made", PageNames.Made), ("@mark", MadeFrom.Mark(Today, paths.Prefix))), stop);

    /// <summary>The vendors that published; asked several times a second, so it reads the outbox alone.</summary>
    public Task<List<Guid>> Waiting(CancellationToken stop) => store.Query(sql => sql.Query("select tenant from outbox where kind = 'compile' and not exists (select 1 from tenancy_rows t where t.id = outbox.tenant and t.status <> 'Active')", r => r.Id(0)), stop);

    public async Task Compile(Guid tenant, CancellationToken stop)
    {
        var turn = turns.GetOrAdd(tenant, static _ => new SemaphoreSlim(1));
        using var span = Signals.Work("compile");
        await turn.WaitAsync(stop);
        try { await leases.InTurn(LeaseOf(tenant), lasting => CompileInTurn(tenant, lasting), stop); }
        finally { turn.Release(); }
    }

    public void Forget(Guid tenant) => turns.TryRemove(tenant, out _);

    // One process at a time makes a vendor's pages; what an older turn still holds is refused at its commit.
    private static string LeaseOf(Guid tenant) => $"pages of {tenant:N}";

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private async Task CompileInTurn(Guid tenant, CancellationToken stop)
    {
        var today = Today;
        // The outbox is read first: what is published after it, even while we read on, leaves the row with another number.
        var (asked, stored) = await store.Query(sql => (
            sql.First("select n from outbox where tenant = @tenant and kind = 'compile'", r => (long?)r.Number(0), ("@tenant", tenant)),
            SnapshotCache.Read(sql, tenant, PageNames.Made)), stop);
        if (asked is null && stored?.ETag == MadeFrom.Mark(today, paths.Prefix)) return;
        if (await ReadVendor(new Scope(tenant).Id<Vendor>(Vendor.Only), stop) is not { } vendor) return;
        var content = await store.Query(sql => PageReader.Read(sql, tenant, vendor, today), stop);
        var before = MadeFrom.Read(stored);
        var (made, changed) = await maker.Make(content, before, clock.GetUtcNow());
        var gone = before.Keys.Where(page => !made.ContainsKey(page)).Select(page => new StoredSnapshot(page, "", [], [], "", default) { Gone = true });
        await Keep(tenant, today, made, [.. changed, .. gone], stop);
        if (asked is { } n) await store.Write(sql => sql.Execute("delete from outbox where tenant = @tenant and kind = 'compile' and n = @n", ("@tenant", tenant), ("@n", n)), stop);
    }

    // Not from the engine's memory: that follows the durable commit, and with it the outbox row, by a moment in which old words would be taken for new.
    private async Task<Vendor?> ReadVendor(AggregateId id, CancellationToken stop)
    {
        if (await store.Read(id, stop) is not { } stored) return null;
        stored.Check(keys, id);
        return JsonSerializer.Deserialize(stored.Body, VendorJson.Default.Vendor);
    }

    private async Task Keep(Guid tenant, DateOnly today, Dictionary<string, MadePage> made, List<StoredSnapshot> changed, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var mark = MadeFrom.Write(made, MadeFrom.Mark(today, paths.Prefix), now);
        if (changed.Count == 0)
        {
            await store.Commit(new Commit { Tenant = tenant, Snapshots = [mark] }, stop);
            return;
        }
        var manifest = MadeFrom.Manifest(made);
        var hash = SHA256.HashData(manifest);
        changed.Add(PageMaker.Snapshot(PageNames.Manifest, "text/plain; charset=utf-8", manifest, Convert.ToHexStringLower(hash), now));
        Fact[] facts = [new("manifest", Convert.ToHexStringLower(hash)), new("snapshot", made[PageNames.Json].Sha), new("pages", made.Keys.Count(PageNames.IsAddress).ToString(CultureInfo.InvariantCulture))];
        var happening = new Happening(Published, facts) { IsPublic = true, PublicFacts = facts };
        var entries = PendingEntry.From([happening], Actor.System, new AggregateId(tenant, "pages", tenant), now, hash);
        await store.Commit(new Commit { Tenant = tenant, Snapshots = [.. changed, mark], Entries = [.. entries], Pack = true }, stop);
        cache.Swap(tenant, changed);
    }
}
