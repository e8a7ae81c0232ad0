using System.Security.Cryptography;
using TrustCenter.Documents;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Evidence;

/// <summary>What an editor says of a document, beside its file.</summary>
public sealed record EvidenceDescription(string Title, EvidenceKind Kind, EvidenceClass Class, DateOnly? From, DateOnly? To, DateOnly? ValidUntil);

public abstract record IntakeResult
{
    private IntakeResult() { }

    /// <summary>Staged and prepared; a decision may refer to it.</summary>
    public sealed record Taken(EvidenceVersion Version, IReadOnlyList<StagedFile> Files) : IntakeResult;

    /// <summary>Why not, by field. With <paramref name="AsksForRight"/> a confirmed right to lift the owner's restrictions would do.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems, bool AsksForRight = false) : IntakeResult;
}

/// <summary>
/// The way of a file into the house: its size, its type by content, its fitness for marks. A person's upload and an import take the same way.
/// </summary>
public sealed class EvidenceIntake(FileStore files)
{
    private const int HeadLength = 1024; // bytes in which a PDF says that it is one

    /// <param name="fileName">For the reader's disk; its extension is believed in nothing.</param>
    /// <param name="rightToDecrypt">The editor confirmed the right to lift the owner's restrictions.</param>
    public async Task<IntakeResult> Take(Scope scope, EvidenceDescription description, Stream content, string fileName, bool rightToDecrypt, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("trustcenter-intake-");
        try
        {
            var file = Path.Combine(folder.FullName, "file");
            var (length, sha) = await Save(content, file, stop);
            if (length == 0) return Refuse("file", "The file is empty. Upload it again; if it stays empty, export it once more.");
            if (length > EvidenceVersion.LargestFile) return Refuse("file", "The file is over 75 MiB. Split it, or save it with smaller pictures.");
            var version = new EvidenceVersion
            {
                Title = description.Title, Kind = description.Kind, Class = description.Class, From = description.From, To = description.To, ValidUntil = description.ValidUntil,
                File = new StoredFile(sha, length, CleanName(fileName), "application/octet-stream"),
            };
            if (await IsPdf(file, stop)) return await TakePdf(scope, version, folder.FullName, file, rightToDecrypt, stop);
            if (fileName.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)) return Refuse("file", "This is not a PDF, whatever its name says. Save it as PDF and upload that.");
            version = version with { Warnings = ["The file is no PDF, so it cannot bear a reader's mark."] };
            return new IntakeResult.Taken(version, [await Stage(scope, file, stop)]);
        }
        finally { folder.Delete(recursive: true); }
    }

    private async Task<IntakeResult> TakePdf(Scope scope, EvidenceVersion version, string folder, string file, bool rightToDecrypt, CancellationToken stop)
    {
        var template = Path.Combine(folder, "template");
        switch (await PdfMarker.Prepare(file, template, rightToDecrypt, stop))
        {
            case MarkResult.Refused refused:
                return new IntakeResult.Refused([new Problem(refused.Kind == RefusalKind.Restricted ? "right" : "file", refused.Why)], refused.Kind == RefusalKind.Restricted);
            case MarkResult.Prepared prepared:
                var (original, marked) = (await Stage(scope, file, stop), await Stage(scope, template, stop));
                return new IntakeResult.Taken(version with
                {
                    File = version.File with { ContentType = "application/pdf" },
                    Template = new MarkTemplate(marked.Sha, marked.Length, prepared.Slot.Offset, prepared.Slot.Length),
                    Pages = prepared.Pages,
                    Warnings = prepared.Decrypted ? [.. prepared.Warnings, "The owner's restrictions were lifted for marking; the uploader confirmed the right to."] : prepared.Warnings,
                }, [original, marked]);
            case var other:
                throw new System.Diagnostics.UnreachableException(other.GetType().Name);
        }
    }

    private async Task<StagedFile> Stage(Scope scope, string file, CancellationToken stop)
    {
        await using var stream = File.OpenRead(file);
        return (await files.Stage(scope, stream, long.MaxValue, stop))!;
    }

    // Stops one byte after the limit: what comes then is only drained by the caller.
    private static async Task<(long Length, string Sha)> Save(Stream content, string file, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var to = new FileStream(file, FileMode.CreateNew);
        var buffer = new byte[64 * 1024];
        long length = 0;
        for (int read; length <= EvidenceVersion.LargestFile && (read = await content.ReadAsync(buffer, stop)) > 0; length += read)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), stop);
        }
        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task<bool> IsPdf(string file, CancellationToken stop)
    {
        await using var stream = File.OpenRead(file);
        var head = new byte[HeadLength];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop);
        return head.AsSpan(0, length).IndexOf("%PDF-"u8) >= 0;
    }

    /// <summary>The last part of the name without what a header, a disk or an eye could mistake (ABUSE T-051).</summary>
    public static string CleanName(string name)
    {
        var last = name.Split('/', '\\')[^1];
        var clean = new string([.. last.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format && !"\"<>|:*?".Contains(c))]).Trim(' ', '.');
        return clean.Length switch { 0 => "document", > 120 => clean[^120..], _ => clean };
    }

    private static IntakeResult.Refused Refuse(string field, string rule) => new([new Problem(field, rule)]);
}
