using System.Text.Json;
using TrustCenter.Agreements;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Documents;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>What an import did, by kind of thing.</summary>
public sealed class ImportTally
{
    private readonly SortedDictionary<string, (int Added, int Changed, int Same)> counts = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public List<string> Refusals { get; } = [];

    public int Changes => counts.Values.Sum(c => c.Added + c.Changed);

    public void Count(string kind, bool isNew, bool changed)
    {
        lock (gate)
        {
            var (added, changes, same) = counts.GetValueOrDefault(kind);
            counts[kind] = !changed ? (added, changes, same + 1) : isNew ? (added + 1, changes, same) : (added, changes + 1, same);
        }
    }

    public void Refuse(string what, Outcome outcome)
    {
        lock (gate) Refusals.Add($"{what}: {(outcome is Outcome.Refused refused ? refused.Why : outcome.GetType().Name)}");
    }

    public void Print(TextWriter to)
    {
        foreach (var (kind, (added, changed, same)) in counts) to.WriteLine($"{kind}: {added:N0} added, {changed:N0} changed, {same:N0} as before");
        foreach (var refusal in Refusals) to.WriteLine("Refused: " + CleanText.Of(refusal));
    }
}

/// <summary>
/// Takes a checked folder through the same decisions as a person. The author is the import; with an approver named, what it brings is
/// approved in that person's name and stands on the page at once.
/// </summary>
public sealed class ImportRun(IEngine engine, EvidenceIntake intake, TenantDirectory tenants, TimeProvider clock)
{
    private const int AtOnce = 128; // decisions under way, so that they share their fsyncs

    /// <param name="approver">The name of a member of staff; made with the role approver when there is nobody of that name.</param>
    public async Task<ImportTally> Apply(ImportContent content, string? approver, CancellationToken stop)
    {
        var tally = new ImportTally();
        var scope = new Scope(await tenants.FindLabel(content.Vendor!.Host, stop) ?? Guid.CreateVersion7());
        await Vendor(scope, content, tally, stop);
        var by = approver is null ? (Actor?)null : await Approver(scope, approver, stop);
        foreach (var document in content.Documents) await Document(scope, document, content.Vendor.Name, by, tally, stop);
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
        var words = ImportWordings.Vendor(content, logo);
        var id = scope.Id<Vendor>(Tenants.Vendor.Only);
        var before = await engine.Read<Vendor>(id, stop);
        var same = before is not null && Bytes(before with { Version = 0 }).AsSpan().SequenceEqual(Bytes(words));
        if (!same) Note(tally, "vendor", await engine.Decide(id, new DefineVendor { Id = Guid.CreateVersion7(), Words = words }, Actor.System, stop));
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

    private async Task Document(Scope scope, ImportDocument document, string vendor, Actor? approver, ImportTally tally, CancellationToken stop)
    {
        var id = scope.Id<EvidenceDocument>(ImportKeys.Of<EvidenceDocument>(scope, document.Key));
        foreach (var version in document.Versions)
        {
            var source = await File.ReadAllBytesAsync(version.File.Path, stop);
            var sourceSha = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(source));
            var before = await engine.Read<EvidenceDocument>(id, stop);
            var description = ImportWordings.Evidence(document, version);
            if (before is not null && before.Versions.Append(before.Waiting).OfType<EvidenceVersion>().Any(v => v.Source == sourceSha && v.Describes(description)))
            {
                tally.Count("Evidence versions", false, changed: false);
                continue;
            }
            var (bytes, name) = version.IsMarkdown ? (await Written(document, version, vendor, source, stop), Path.ChangeExtension(version.File.Name, ".pdf")) : (source, version.File.Name);
            using var content = new MemoryStream(bytes, writable: false);
            if (await intake.Take(scope, description, content, name, rightToDecrypt: false, stop) is not IntakeResult.Taken taken)
            {
                tally.Refusals.Add($"{version.File.Name}: the file was refused. Upload it in the console to see why and what to do.");
                return;
            }
            var outcome = await engine.Decide(id, new UploadEvidence { Id = Guid.CreateVersion7(), Version = taken.Version with { Source = sourceSha }, Files = taken.Files }, Actor.System, stop);
            if (outcome is Outcome.Done && approver is { } by) outcome = await engine.Decide(id, new ApproveEvidence { Id = Guid.CreateVersion7(), Sha = taken.Version.File.Sha }, by, stop);
            Note(tally, version.File.Name, outcome);
            tally.Count("Evidence versions", true, changed: true);
        }
    }

    private Task<byte[]> Written(ImportDocument document, ImportVersion version, string vendor, byte[] markdown, CancellationToken stop)
    {
        var day = version.To ?? version.From ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return DocumentFromMarkdown.Write(document.Title, vendor, day, System.Text.Encoding.UTF8.GetString(markdown), cancel: stop);
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
            Note(tally, claim.Key, outcome);
        }
        tally.Count("Claims", before is null, changed);
    }

    private async Task Subprocessors(Scope scope, ImportContent content, Actor by, ImportTally tally, CancellationToken stop)
    {
        if (content.Subprocessors.Count == 0) return;
        var id = scope.Id<SubprocessorList>(SubprocessorList.Only);
        var entries = content.Subprocessors.Select(s => ImportWordings.Subprocessor(scope, s)).ToList();
        var before = await engine.Read<SubprocessorList>(id, stop);
        var changed = before is null || !Bytes(before.Entries).AsSpan().SequenceEqual(Bytes(entries));
        if (changed) Note(tally, "subprocessors", await engine.Decide(id, new PublishSubprocessors { Id = Guid.CreateVersion7(), Entries = entries }, by, stop));
        tally.Count("Subprocessor lists", before is null, changed);

        static byte[] Bytes(IReadOnlyList<Subprocessor> list) => JsonSerializer.SerializeToUtf8Bytes(new SubprocessorList { Entries = list }, SubprocessorJson.Default.SubprocessorList);
    }

    private async Task Agreement(Scope scope, ImportContent content, Actor by, ImportTally tally, CancellationToken stop)
    {
        if (content.Agreement is not { } agreement) return;
        var id = scope.Id<Agreement>(Agreements.Agreement.Only);
        var before = await engine.Read<Agreement>(id, stop);
        var changed = before?.Current?.Hash != AgreementVersion.HashOf(agreement.Title, agreement.Body);
        if (changed) Note(tally, "agreement", await engine.Decide(id, new PublishAgreement { Id = Guid.CreateVersion7(), Title = agreement.Title, Body = agreement.Body }, by, stop));
        tally.Count("Agreements", before is null, changed);
    }

    private async Task Deal(Scope scope, ImportDeal deal, IReadOnlyDictionary<string, ImportOwner> owners, ImportTally tally, CancellationToken stop)
    {
        var id = scope.Id<Deal>(ImportKeys.Of<Deal>(scope, deal.Key));
        var words = ImportWordings.Deal(scope, deal, owners);
        var before = await engine.Read<Deal>(id, stop);
        var changed = before?.Words != words;
        if (changed) Note(tally, deal.Key, await engine.Decide(id, new SetDeal { Id = Guid.CreateVersion7(), Words = words, BasedOn = before?.Version ?? 0 }, Actor.System, stop));
        tally.Count("Deals", before is null, changed);
    }

    private static void Note(ImportTally tally, string what, Outcome outcome)
    {
        if (outcome is not Outcome.Done) tally.Refuse(what, outcome);
    }
}
