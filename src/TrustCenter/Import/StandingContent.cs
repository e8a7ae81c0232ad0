using TrustCenter.Agreements;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Store;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>Reads what stands of a vendor from the states themselves.</summary>
public sealed class StandingContent(IEngine engine, IStore store, TenantDirectory tenants)
{
    /// <summary>Null: there is no vendor of this host.</summary>
    public async Task<ExportContent?> Read(string host, CancellationToken stop)
    {
        if (await tenants.FindLabel(host, stop) is not { } tenant) return null;
        var scope = new Scope(tenant);
        if (await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), stop) is not { } vendor) return null;
        var (claims, documents) = (await All<Claim>(scope, "claim_rows", stop), await All<EvidenceDocument>(scope, "evidence_rows", stop));
        var standing = documents.Where(d => d.State.Current is not null).Select(d => Document(d.Id, d.State)).OrderBy(d => d.Key, StringComparer.Ordinal).ToList();
        var known = standing.Select(d => d.Id).ToHashSet();
        var notes = new List<string>();
        return new ExportContent
        {
            Tenant = tenant,
            Vendor = vendor,
            Documents = standing,
            Claims = [.. claims.Where(c => c.State.Current is not null).Select(c => Claim(c.Id, c.State, vendor, known, notes)).OfType<ExportClaim>().OrderBy(c => c.Key, StringComparer.Ordinal)],
            Subprocessors = (await engine.Read<SubprocessorList>(scope.Id<SubprocessorList>(SubprocessorList.Only), stop))?.Entries ?? [],
            Agreement = (await engine.Read<Agreement>(scope.Id<Agreement>(Agreement.Only), stop))?.Current,
            Unpublished = claims.Count(c => c.State.Current is null) + documents.Count - standing.Count,
            Notes = notes,
        };
    }

    private async Task<List<(Guid Id, TState State)>> All<TState>(Scope scope, string table, CancellationToken stop) where TState : class, IState<TState>
    {
        var ids = await store.Query(sql => sql.Query($"select id from {table} where tenant = @tenant order by id", r => r.Id(0), ("@tenant", scope.Tenant)), stop);
        var all = new List<(Guid, TState)>(ids.Count);
        foreach (var id in ids)
            if (await engine.Read<TState>(scope.Id<TState>(id), stop) is { } state) all.Add((id, state));
        return all;
    }

    private static ExportDocument Document(Guid id, EvidenceDocument document)
    {
        var key = ExportNames.KeyOf(document.Key, id);
        return new ExportDocument(key, id, document.Current!, ExportNames.FileOf(key, document.Current!.File));
    }

    private static ExportClaim? Claim(Guid id, Claim claim, Vendor vendor, HashSet<Guid> documents, List<string> notes)
    {
        var (key, current) = (ExportNames.KeyOf(claim.Key, id), claim.Current!);
        var said = ExportWording.Of(current.Wording, vendor, documents);
        if (said.Statement.Length == 0)
        {
            notes.Add($"{key}: left out, because its statement has no letter that can be seen.");
            return null;
        }
        if (!said.SameAs(current.Wording)) notes.Add($"{key}: written without what a folder cannot say: invisible characters, an audience or a document that is not published.");
        var tongues = claim.Tongues().Order(StringComparer.Ordinal).Select(claim.LatestIn).OfType<ClaimTranslation>().Where(t => t.Of == current.Number);
        return new ExportClaim(key, id, current with { Wording = said }, [.. tongues]);
    }
}
