using System.Text.Json;
using TrustCenter.Agreements;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>
/// Takes a checked folder through the same decisions as a person. The author is the import; with an approver named, what it brings is
/// approved in that person's name and stands on the page at once.
/// </summary>
public sealed class ImportRun(IEngine engine, ImportEvidence documents, TenantDirectory tenants)
{
    private const int AtOnce = 128; // decisions under way, so that they share their fsyncs

    /// <param name="approver">The name of a member of staff; made with the role approver when there is nobody of that name.</param>
    public async Task<ImportTally> Apply(ImportContent content, string? approver, CancellationToken stop)
    {
        var tally = new ImportTally();
        var scope = new Scope(await tenants.FindLabel(content.Vendor!.Host, stop) ?? Guid.CreateVersion7());
        await Vendor(scope, content, tally, stop);
        var by = approver is null ? (Actor?)null : await Approver(scope, approver, stop);
        foreach (var document in content.Documents) await documents.Bring(scope, document, content.Vendor.Name, by, tally, stop);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForEachAsync(content.Claims, options, async (claim, s) => await Claim(scope, claim, by, tally, s));
        await Subprocessors(scope, content, by ?? Actor.System, tally, stop);
        await Agreement(scope, content, by ?? Actor.System, tally, stop);
        var owners = content.Owners.GroupBy(o => o.Owner).ToDictionary(g => g.Key, g => g.First());
        await Parallel.ForEachAsync(content.Deals, options, async (deal, s) => await Deal(scope, deal, owners, tally, s));
        return tally;
    }

    private async Task Vendor(Scope scope, ImportContent content, ImportTally tally, CancellationToken stop)
    {
        var logo = content.Vendor!.Logo is { } file ? LogoFile.Read(await File.ReadAllTextAsync(file.Path, stop)) : null;
        var id = scope.Id<Vendor>(Tenants.Vendor.Only);
        var before = await engine.Read<Vendor>(id, stop);
        var words = ImportWordings.Vendor(content, logo) with { LanguageTags = before?.LanguageTags }; // a folder says nothing about languages
        var same = before is not null && Bytes(before with { Version = 0 }).AsSpan().SequenceEqual(Bytes(words));
        if (!same) tally.Note("vendor", await engine.Decide(id, new DefineVendor { Id = Guid.CreateVersion7(), Words = words }, Actor.System, stop));
        tally.Count("Vendor", before is null, !same);

        static byte[] Bytes(Vendor vendor) => JsonSerializer.SerializeToUtf8Bytes(vendor, VendorJson.Default.Vendor);
    }

    private async Task<Actor> Approver(Scope scope, string name, CancellationToken stop)
    {
        var id = ImportKeys.Of<StaffMember>(scope, name);
        foreach (var (role, staff) in new[] { (Role.Approver, DemoStaff.IdOf(scope.Tenant, Role.Approver)) })
            if (await engine.Read<StaffMember>(scope.Id<StaffMember>(staff), stop) is { } member && member.Name == name && member.Roles.Contains(role)) return Actor.Staff(staff);
        if (await engine.Read<StaffMember>(scope.Id<StaffMember>(id), stop) is null)
            await engine.Decide(scope.Id<StaffMember>(id), new SetStaffMember { Id = Guid.CreateVersion7(), Name = name, Roles = [Role.Approver] }, Actor.System, stop);
        return Actor.Staff(id);
    }

    private async Task Claim(Scope scope, ImportClaim claim, Actor? approver, ImportTally tally, CancellationToken stop)
    {
        var id = scope.Id<Claim>(ImportKeys.Of<Claim>(scope, claim.Key));
        var wording = ImportWordings.Claim(scope, claim);
        var before = await engine.Read<Claim>(id, stop);
        var changed = before?.Working?.SameAs(wording) != true;
        if (changed)
        {
            var edit = before?.Edits ?? 0;
            var outcome = await engine.Decide(id, new SaveClaim { Id = Guid.CreateVersion7(), Wording = wording, BasedOnEdit = edit }, Actor.System, stop);
            if (outcome is Outcome.Done) outcome = await engine.Decide(id, new AskClaimApproval { Id = Guid.CreateVersion7() }, Actor.System, stop);
            if (outcome is Outcome.Done && approver is { } by) outcome = await engine.Decide(id, new ApproveClaim { Id = Guid.CreateVersion7(), Edit = edit + 1 }, by, stop);
            tally.Note(claim.Key, outcome);
        }
        tally.Count("Claims", before is null, changed);
    }

    private async Task Subprocessors(Scope scope, ImportContent content, Actor by, ImportTally tally, CancellationToken stop)
    {
        if (content.Subprocessors.Count == 0) return;
        var id = scope.Id<SubprocessorList>(SubprocessorList.Only);
        var entries = content.Subprocessors.Select(s => ImportWordings.Subprocessor(scope, s)).ToList();
        var before = await engine.Read<SubprocessorList>(id, stop);
        var changed = before is null || !Bytes([.. before.Entries.Select(e => e with { Announced = null, Until = null })]).AsSpan().SequenceEqual(Bytes(entries));
        if (changed) tally.Note("subprocessors", await engine.Decide(id, new PublishSubprocessors { Id = Guid.CreateVersion7(), Entries = entries }, by, stop));
        tally.Count("Subprocessor lists", before is null, changed);

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

    private async Task Deal(Scope scope, ImportDeal deal, IReadOnlyDictionary<string, ImportOwner> owners, ImportTally tally, CancellationToken stop)
    {
        var id = scope.Id<Deal>(ImportKeys.Of<Deal>(scope, deal.Key));
        var words = ImportWordings.Deal(scope, deal, owners);
        var before = await engine.Read<Deal>(id, stop);
        var changed = before?.Words != words;
        if (changed) tally.Note(deal.Key, await engine.Decide(id, new SetDeal { Id = Guid.CreateVersion7(), Words = words, BasedOn = before?.Version ?? 0 }, Actor.System, stop));
        tally.Count("Deals", before is null, changed);
    }
}
