using System.Text.Json;
using TrustCenter.Agreements;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>
/// Takes a checked folder through the same decisions as a person. The author is the import; with an approver named, what it brings is
/// approved in that person's name and stands on the page at once.
/// </summary>
public sealed class ImportRun(IEngine engine, ImportEvidence documents, ImportTranslations translations, FolderImport folderDeals)
{
    private const int AtOnce = 128; // decisions under way, so that they share their fsyncs

    /// <summary>The folder's deals beside what stands; changes nothing.</summary>
    public Task<FolderDeals> DealsOf(string folder, ImportReading reading, CancellationToken stop) => folderDeals.Read(folder, reading.Content, stop);

    /// <summary>Takes content that is in memory, its deals included.</summary>
    public async Task<ImportTally> Apply(ImportContent content, string? approver, CancellationToken stop)
    {
        using var deals = await folderDeals.Read(content, stop);
        return await Apply(content, approver, deals, null, stop);
    }

    /// <param name="approver">The name of a member of staff; made with the role approver when there is nobody of that name.</param>
    /// <param name="progress">Called with the deals done and all of them.</param>
    public async Task<ImportTally> Apply(ImportContent content, string? approver, FolderDeals deals, Action<int, int>? progress, CancellationToken stop)
    {
        var tally = new ImportTally();
        var scope = deals.Scope;
        await Vendor(scope, content, tally, stop);
        var by = approver is null ? (Actor?)null : await Approver(scope, approver, stop);
        foreach (var document in content.Documents) await documents.Bring(scope, document, content.Vendor!.Name, by, tally, stop);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForEachAsync(content.Claims, options, async (claim, s) => await Claim(scope, claim, by, tally, s));
        var originals = content.Claims.ToDictionary(c => c.Key, c => ImportWordings.Claim(scope, c));
        foreach (var translation in content.Translations) await translations.Bring(scope, translation, originals.GetValueOrDefault(translation.Claim), by, tally, stop);
        await Subprocessors(scope, content, by, tally, stop);
        await Agreement(scope, content, by ?? Actor.System, tally, stop);
        if (deals.Counts.Wrong > 0) tally.Count("Deals", new ImportCounts(0, 0, 0, deals.Counts.Wrong)); // none of them: a table is taken whole or not at all
        else if (deals.Counts.All > 0) tally.Count("Deals", await folderDeals.Bring(deals, progress, stop));
        return tally;
    }

    private async Task Vendor(Scope scope, ImportContent content, ImportTally tally, CancellationToken stop)
    {
        var logo = content.Vendor!.Logo is { } file ? LogoFile.Read(LogoFile.Text(await File.ReadAllBytesAsync(file.Path, stop))) : null;
        var id = scope.Id<Vendor>(Tenants.Vendor.Only);
        var before = await engine.Read<Vendor>(id, stop);
        var words = ImportWordings.Vendor(content, logo);
        words = words with { Languages = words.Languages ?? before?.Languages }; // a folder that names none leaves them as they are
        var same = before is not null && Bytes(before with { Version = 0 }).AsSpan().SequenceEqual(Bytes(words));
        if (!same) tally.Note("vendor", await engine.Decide(id, new DefineVendor { Id = Guid.CreateVersion7(), Words = words }, Actor.System, stop));
        tally.Count("Vendor", before is null, !same);

        static byte[] Bytes(Vendor vendor) => JsonSerializer.SerializeToUtf8Bytes(vendor, VendorJson.Default.Vendor);
    }

    private async Task<Actor> Approver(Scope scope, string name, CancellationToken stop)
    {
        var id = ImportKeys.Of<StaffMember>(scope, name);
        var persona = DemoStaff.IdOf(scope.Tenant, Role.Approver);
        if (await engine.Read<StaffMember>(scope.Id<StaffMember>(persona), stop) is { } member && member.Name == name && member.Roles.Contains(Role.Approver)) return Actor.Staff(persona);
        if (await engine.Read<StaffMember>(scope.Id<StaffMember>(id), stop) is null)
            await engine.Decide(scope.Id<StaffMember>(id), new SetStaffMember { Id = Guid.CreateVersion7(), Name = name, Roles = [Role.Approver] }, Actor.System, stop);
        return Actor.Staff(id);
    }

    private async Task Claim(Scope scope, ImportClaim claim, Actor? approver, ImportTally tally, CancellationToken stop)
    {
        var id = scope.Id<Claim>(ImportKeys.Of<Claim>(scope, claim.Key));
        var wording = ImportWordings.Claim(scope, claim);
        var before = await engine.Read<Claim>(id, stop);
        var changed = before?.Working?.SameAs(wording) != true && !await Stands(scope, before, wording, stop);
        if (changed && before?.Proposal is { } draft && draft.Author != Actor.System.Id)
        {
            tally.Note(claim.Key, new Outcome.Refused([new Problem("", "A colleague's draft is in work there. It was kept; publish or return it first.")]));
            changed = false;
        }
        else if (changed)
        {
            var edit = before?.Edits ?? 0;
            var key = Guid.TryParseExact(claim.Key, "D", out _) ? null : claim.Key;
            var outcome = await engine.Decide(id, new SaveClaim { Id = Guid.CreateVersion7(), Wording = wording, BasedOnEdit = edit, Key = key }, Actor.System, stop);
            if (outcome is Outcome.Done) outcome = await engine.Decide(id, new AskClaimApproval { Id = Guid.CreateVersion7() }, Actor.System, stop);
            if (outcome is Outcome.Done && approver is { } by) outcome = await engine.Decide(id, new ApproveClaim { Id = Guid.CreateVersion7(), Edit = edit + 1 }, by, stop);
            tally.Note(claim.Key, outcome);
        }
        tally.Count("Claims", before is null, changed);
    }

    // What is published says this already; a draft beside it is nobody's business here.
    private async Task<bool> Stands(Scope scope, Claim? claim, ClaimWording wording, CancellationToken stop)
    {
        if (claim?.Current?.Wording is not { } standing) return false;
        if (standing.SameAs(wording)) return true;
        if (await engine.Read<Vendor>(scope.Id<Vendor>(Tenants.Vendor.Only), stop) is not { } vendor) return false;
        var documents = new HashSet<Guid>();
        foreach (var id in standing.Evidence)
            if (await engine.Read<EvidenceDocument>(scope.Id<EvidenceDocument>(id), stop) is { Current: not null }) documents.Add(id);
        return ExportWording.Of(standing, vendor, documents).SameAs(wording);
    }

    private async Task Subprocessors(Scope scope, ImportContent content, Actor? approver, ImportTally tally, CancellationToken stop)
    {
        if (content.Subprocessors.Count == 0) return;
        var id = scope.Id<SubprocessorList>(SubprocessorList.Only);
        var entries = content.Subprocessors.Select(s => ImportWordings.Subprocessor(scope, s)).ToList();
        var before = await engine.Read<SubprocessorList>(id, stop);
        var changed = before is null || !Says(before.Entries) && (approver is not null || before.Proposal is not { } proposal || !Says(proposal.Entries));
        if (changed && approver is { } by) tally.Note("subprocessors", await engine.Decide(id, new PublishSubprocessors { Id = Guid.CreateVersion7(), Entries = entries }, by, stop));
        else if (changed) tally.Note("subprocessors", await engine.Decide(id, new ProposeSubprocessors { Id = Guid.CreateVersion7(), Entries = entries }, Actor.System, stop));
        tally.Count("Subprocessor lists", before is null, changed);

        bool Says(IReadOnlyList<Subprocessor> list) => Bytes([.. list.Select(e => e with { Announced = null, Until = null })]).AsSpan().SequenceEqual(Bytes(entries));

        static byte[] Bytes(IReadOnlyList<Subprocessor> list) => JsonSerializer.SerializeToUtf8Bytes(new SubprocessorList { Entries = list }, SubprocessorJson.Default.SubprocessorList);
    }

    private async Task Agreement(Scope scope, ImportContent content, Actor by, ImportTally tally, CancellationToken stop)
    {
        if (content.Agreement is not { } agreement) return;
        var id = scope.Id<Agreement>(Agreements.Agreement.Only);
        var before = await engine.Read<Agreement>(id, stop);
        var changed = before?.Current?.Hash != AgreementVersion.HashOf(agreement.Title, agreement.Body);
        if (changed) tally.Note("agreement", await engine.Decide(id, new PublishAgreement { Id = Guid.CreateVersion7(), Title = agreement.Title, Body = agreement.Body }, by, stop));
        tally.Count("Agreements", before is null, changed);
    }
}
