using System.Security.Cryptography;
using System.Text;
using TrustCenter.Documents;
using TrustCenter.Engine;
using TrustCenter.Evidence;

namespace TrustCenter.Import;

/// <summary>Brings the folder's documents in, by the same way as a person's upload; Markdown becomes a PDF of the product's own making first.</summary>
public sealed class ImportEvidence(IEngine engine, EvidenceIntake intake, FileQuota quota, TimeProvider clock)
{
    public async Task Bring(Scope scope, ImportDocument document, string vendor, Actor? approver, ImportTally tally, CancellationToken stop)
    {
        var id = scope.Id<EvidenceDocument>(ImportKeys.Of<EvidenceDocument>(scope, document.Key));
        foreach (var version in document.Versions)
        {
            var source = await File.ReadAllBytesAsync(version.File.Path, stop);
            var sha = Convert.ToHexStringLower(SHA256.HashData(source));
            var description = ImportWordings.Evidence(document, version);
            var before = await engine.Read<EvidenceDocument>(id, stop);
            var isKnown = before is not null && before.AllVersions.Any(v => (v.Source == sha || v.File.Sha == sha) && v.Describes(description));
            if (!isKnown) tally.Note(version.File.Name, await Upload(scope, id, document, version, description, vendor, source, sha, approver, stop));
            tally.Count("Evidence versions", isNew: true, changed: !isKnown);
        }
    }

    private async Task<Outcome> Upload(Scope scope, AggregateId id, ImportDocument document, ImportVersion version, EvidenceDescription description, string vendor, byte[] source, string sha, Actor? approver, CancellationToken stop)
    {
        var (bytes, name) = version.IsMarkdown ? (await Written(document, version, vendor, source, stop), Path.ChangeExtension(version.File.Name, ".pdf")) : (source, version.File.Name);
        using var content = new MemoryStream(bytes, writable: false);
        var intaken = await intake.Take(scope, description, content, name, rightToDecrypt: false, stop);
        if (intaken is IntakeResult.Refused refused) return new Outcome.Refused(refused.Problems);
        var taken = (IntakeResult.Taken)intaken;
        var upload = new UploadEvidence { Id = Guid.CreateVersion7(), Version = taken.Version with { Source = sha }, Files = taken.Files, Key = Guid.TryParseExact(document.Key, "D", out _) ? null : document.Key };
        var outcome = await quota.Keep(scope, taken.Files, () => engine.Decide(id, upload, Actor.System, stop), stop);
        if (outcome is not Outcome.Done || approver is not { } by) return outcome;
        return await engine.Decide(id, new ApproveEvidence { Id = Guid.CreateVersion7(), Sha = taken.Version.File.Sha }, by, stop);
    }

    private Task<byte[]> Written(ImportDocument document, ImportVersion version, string vendor, byte[] markdown, CancellationToken stop)
    {
        var day = version.To ?? version.From ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return DocumentFromMarkdown.Write(document.Title, vendor, day, Encoding.UTF8.GetString(markdown), cancel: stop);
    }
}
