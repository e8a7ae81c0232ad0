using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Operation;

/// <summary>
/// Removes a tenant that is due: every row of every table, its keys with them, and what memory holds; then states in a signed text what was there and that
/// nothing is (ABUSE T-077). Each step may be repeated: a crash in between is gone on from.
/// </summary>
public sealed class Erasure(IStore store, IStoreUpkeep upkeep, IEngine engine, TenantStandings standings, TenantKeys signing, IEnumerable<ITenantMemory> memories, ErasureList list, IOptions<TrustCenterOptions> options, TimeProvider clock)
{
    public const string StatementType = "trustcenter-deletion"; // of the JWS

    private const int Slice = 500; // rows a transaction, so that other tenants' writes go on between
    private const int SliceOfBytes = 16; // rows that may have 1 MiB each
    private const long LargestRewrite = 4L * 1024 * 1024 * 1024; // bytes; writes wait while the file is written anew, about 10 s per GiB

    /// <summary>Removes every tenant that is due; the number removed.</summary>
    public async Task<int> RunDue(CancellationToken stop)
    {
        var due = await store.Query(sql => sql.Query("select id from tenancy_rows where tenant = @platform and (status = 'Erasing' or (status = 'Deleting' and due <= @now))",
            r => r.Id(0), ("@platform", Platform.Scope.Tenant), ("@now", clock.GetUtcNow())), stop);
        var failures = new List<Exception>();
        foreach (var tenant in due)
            try { await Run(tenant, stop); }
            catch (Exception failed) when (failed is StoreException or StateCorruptException or IOException) { failures.Add(failed); } // the other tenants' promises are kept
        return failures.Count == 0 ? due.Count : throw failures[0];
    }

    /// <summary>Removes what a request that was still under way wrote after its tenant was gone; the number of rows.</summary>
    public async Task<int> SweepLeftovers(CancellationToken stop)
    {
        var swept = 0;
        await store.Write(sql => sql.Execute($"delete from leases where until < {sql.Dialect.Clock}", ("@now", clock.GetUtcNow())), stop); // some name a tenant
        foreach (var table in await upkeep.TenantTables(stop))
            await store.Write(sql => swept += sql.Execute($"delete from {table} where tenant in (select id from tenancy_rows where tenant = @platform and status = 'Deleted')", ("@platform", Platform.Scope.Tenant)), stop);
        return swept;
    }

    public Task<IReadOnlyList<TableCount>> Count(Guid tenant, IReadOnlyList<string> tables, CancellationToken stop)
        => store.Query<IReadOnlyList<TableCount>>(sql => [.. tables.Select(t => new TableCount(t, sql.Number($"select count(*) from {t} where tenant = @tenant", ("@tenant", tenant))))], stop);

    private async Task Run(Guid tenant, CancellationToken stop)
    {
        var tables = await upkeep.TenantTables(stop);
        await standings.Decide(tenant, new BeginErasure { Id = Guid.CreateVersion7(), Before = await Count(tenant, tables, stop) }, Actor.System, stop);
        var tenancy = await engine.Read<Tenancy>(Platform.Scope.Id<Tenancy>(tenant), stop);
        if (tenancy is not { Status: TenancyStatus.Erasing }) return;
        list.Append(clock.GetUtcNow(), (tenant, null, false));
        foreach (var memory in memories) memory.Forget(tenant);
        // The head goes first: from then on a commit that was under way finds no head, and the tombstone refuses it a new one.
        foreach (var table in tables.OrderBy(t => t == "heads" ? 0 : 1)) await Empty(table, tenant, stop);
        foreach (var memory in memories) memory.Forget(tenant);
        var after = await Count(tenant, tables, stop);
        if (after.Any(t => t.Rows > 0)) return; // somebody wrote in between; the next turn goes on
        var isRewritten = await upkeep.Rewrite(LargestRewrite, stop);
        var text = Statement(tenant, tenancy, after, isRewritten);
        using var key = await signing.SigningKey(Platform.Scope.Tenant, stop);
        var jws = new CheckpointSigner(key).Sign(StatementType, Encoding.UTF8.GetBytes(text));
        // While PostgreSQL writes its tables anew no lease is prolonged: an end that needed it would be put off again and again.
        await Lease.Regardless(() => standings.Decide(tenant, new FinishErasure { Id = Guid.CreateVersion7(), Proof = new DeletionProof(text, jws, clock.GetUtcNow(), after) }, Actor.System, CancellationToken.None));
    }

    private async Task Empty(string table, Guid tenant, CancellationToken stop)
    {
        var slice = table is "chunks" or "snapshots" or "states" ? SliceOfBytes : Slice;
        for (var removed = slice; removed > 0;)
            await store.Write(sql => removed = sql.Execute($"delete from {table} where {sql.Dialect.Row} in (select {sql.Dialect.Row} from {table} where tenant = @tenant limit @slice)", ("@tenant", tenant), ("@slice", slice)), stop);
    }

    private string Statement(Guid tenant, Tenancy tenancy, IReadOnlyList<TableCount> after, bool isRewritten)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"The tenant {tenant:D}, reached as {options.Value.AddressOf(tenancy.Host)}, was deleted on {clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
        text.AppendLine();
        text.AppendLine("Rows of this tenant, table by table: before the deletion, and counted after it.");
        foreach (var count in after)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {count.Table,-28}{tenancy.Before.FirstOrDefault(t => t.Table == count.Table)?.Rows ?? 0,10}{count.Rows,10}");
        text.AppendLine();
        text.AppendLine("Among them are its signing key and the key of every personal record: what was sealed under them can be read by nobody, wherever a copy lies.");
        text.AppendLine(isRewritten ? "The database file was written anew and its log emptied, so that no deleted page is left in either." : "The deleted pages were overwritten with zeros. The database file is too large to be written anew at once.");
        text.AppendLine("The id is never used again. What memory held of this tenant was let go.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Not reached: backups made before. {(options.Value.Backup.Folder is null ? "Delete them where you keep them." : $"Those in the backup folder leave after {options.Value.Backup.KeepDays} days.")} A backup restored later is freed of this tenant by the list of erasures.");
        return text.ToString().ReplaceLineEndings("\n");
    }
}
