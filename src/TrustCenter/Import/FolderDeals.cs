using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>The deals of a folder, written as one table of ours and compared with what stands.</summary>
public sealed record FolderDeals(Scope Scope, SpooledTable Table, ImportCounts Counts, ImportPreview Found, DealColumns Says) : IDisposable
{
    public void Dispose() => Table.Dispose();
}

/// <summary>Brings the deals of a folder in as an import with a record, by the same two passes as a table that was uploaded in the console.</summary>
public sealed class FolderImport(IEngine engine, IStore store, ImportFiles files, ImportRunner runner, TenantDirectory tenants)
{
    /// <summary>Reads the folder's deals a second time and changes nothing.</summary>
    public Task<FolderDeals> Read(string folder, ImportContent content, CancellationToken stop)
        => Compare(content, take => ImportFolder.Read(folder, take).MayApply, stop);

    /// <summary>Deals that are in memory.</summary>
    public Task<FolderDeals> Read(ImportContent content, CancellationToken stop) => Compare(content, take =>
    {
        foreach (var deal in content.Deals) take(deal);
        return true;
    }, stop);

    /// <summary>Goes on with the same table where a broken run ended, or begins.</summary>
    public async Task<ImportCounts> Bring(FolderDeals deals, Action<int, int>? progress, CancellationToken stop)
    {
        var scope = deals.Scope;
        await using var table = File.OpenRead(deals.Table.Path);
        var source = await files.Keep(scope, table, DealTable.File, stop) ?? throw new InvalidDataException("The deals are longer than a table may be. Split them.");
        var interrupted = await Interrupted(scope, source.Sha, stop);
        if (interrupted is null && deals.Counts.Changes == 0) return deals.Counts;
        var import = interrupted ?? await Begun(scope, source, deals, stop);
        await runner.Import(scope, import, progress, stop);
        var job = (await engine.Read<ImportJob>(scope.Id<ImportJob>(import), stop))!;
        return job.Stage == ImportStage.Done ? job.Counts : throw new InvalidDataException($"The import of the deals stopped after {job.Done:N0} of {job.Total:N0}. {job.Problem}");
    }

    private async Task<FolderDeals> Compare(ImportContent content, Func<Action<ImportDeal>, bool> read, CancellationToken stop)
    {
        var scope = new Scope(await tenants.FindLabel(content.Vendor!.Host, stop) ?? Guid.CreateVersion7());
        var table = new SpooledTable();
        using (var writer = new DealTableWriter(table.Path, scope, content.DealsSay))
            if (!read(writer.Add)) throw new InvalidDataException("The folder was changed while it was read. Start again.");
        if (content.DealCount == 0) return new FolderDeals(scope, table, ImportCounts.None, new ImportPreview(), content.DealsSay);
        var claims = content.Claims.Select(claim => ImportWordings.ClaimOf(scope, claim.Key)).ToHashSet();
        var standing = await store.Query(sql => DealContext.Of(sql, scope, new Vendor { Name = "", Host = "", Products = content.Vendor.Products, Currency = content.Vendor.Currency }), stop);
        var context = standing with { IsClaim = key => claims.Contains(ImportWordings.ClaimOf(scope, key)) || standing.IsClaim(key) };
        var (counts, found) = await new DealCheck(store, context, new DealTable(table.Path, FileMap.None), Guid.Empty).Run(_ => Task.CompletedTask, stop);
        return new FolderDeals(scope, table, counts, found, content.DealsSay);
    }

    private Task<Guid?> Interrupted(Scope scope, string sha, CancellationToken stop)
        => store.Query(sql => sql.First("select id from import_rows where tenant = @tenant and sha = @sha and stage = 'Importing' order by created", r => (Guid?)r.Id(0), ("@tenant", scope.Tenant), ("@sha", sha)), stop);

    private async Task<Guid> Begun(Scope scope, ImportSource source, FolderDeals deals, CancellationToken stop)
    {
        var import = Guid.CreateVersion7();
        var id = scope.Id<ImportJob>(import);
        var names = DealTable.NamesOf(deals.Says).ToList();
        var mapping = ImportMapping.Own(names);
        await Must(new BringTable { Id = Guid.CreateVersion7(), Source = source, Header = names, Mapping = mapping, Total = deals.Counts.All });
        await Must(new ChooseMapping { Id = Guid.CreateVersion7(), Mapping = mapping });
        await Must(new EndCheck { Id = Guid.CreateVersion7(), Counts = deals.Counts, Parts = [ImportParts.OfCheck(import, deals.Found)] });
        await Must(new BeginImport { Id = Guid.CreateVersion7() });
        return import;

        async Task Must(Command<ImportJob> command)
        {
            if (await engine.Decide(id, command, Actor.System, stop) is not Outcome.Done) throw new InvalidDataException("The import could not begin. Start again.");
        }
    }
}
