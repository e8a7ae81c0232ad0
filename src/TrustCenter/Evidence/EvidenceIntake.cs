using TrustCenter.Documents;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Evidence;

/// <summary>
/// The one way by which a file becomes evidence: its type is what its bytes say, a PDF is read and prepared for marks by bounded programs,
/// anything else stays an opaque attachment. A file that could not be looked at is refused (ABUSE T-042, T-046, T-047, T-054).
/// </summary>
public sealed class EvidenceIntake(FileStore files)
{
    public const string FileField = "file", RightField = "right";

    private const int HeadWithin = 1024; // bytes; readers accept a PDF whose header starts this late
    private const long LargestTemplate = EvidenceVersion.LargestFile + 32L * 1024 * 1024; // bytes; the marks of some 10,000 pages more
    private const int QpdfFailed = 2; // exit code for errors; 3 means warnings

    internal PdfTools Tools { get; init; } = new();

    /// <param name="content">Read to its end or to one byte over the limit.</param>
    /// <param name="fileName">A name for the reader's disk; says nothing about the type.</param>
    public async Task<IntakeResult> Take(Scope scope, EvidenceDescription description, Stream content, string fileName, bool rightToDecrypt, CancellationToken stop)
    {
        if (description.Problems() is { Count: > 0 } problems) return new IntakeResult.Refused(problems);
        var folder = Directory.CreateTempSubdirectory("trustcenter-upload-");
        try
        {
            var upload = new Upload(scope, description, Path.Combine(folder.FullName, "upload"), FileName.Clean(fileName), stop);
            if (await Receive(content, upload) is { } refused) return refused;
            return await IsPdf(upload) ? await TakePdf(upload, rightToDecrypt) : await TakeOpaque(upload);
        }
        finally { folder.Delete(recursive: true); }
    }

    /// <summary>The same file without what it tells about its making, prepared anew (ABUSE T-055).</summary>
    public async Task<IntakeResult> WithoutMetadata(Scope scope, EvidenceVersion version, CancellationToken stop)
    {
        if (await files.ReadAll(scope, version.File.Sha, stop) is not { } bytes) return new IntakeResult.Refused(FileField, "The file is not there any more. Upload it again.");
        var folder = Directory.CreateTempSubdirectory("trustcenter-upload-");
        try
        {
            var (whole, bare) = (Path.Combine(folder.FullName, "whole.pdf"), Path.Combine(folder.FullName, "bare.pdf"));
            await File.WriteAllBytesAsync(whole, bytes, stop);
            if (!await new PdfMetadata(Tools, folder.FullName, stop).Remove(whole, bare))
                return new IntakeResult.Refused("", "The file could not be written without them. Remove them in the program it was made with and upload it again.");
            await using var content = File.OpenRead(bare);
            return await Take(scope, version.Description(), content, version.File.Name, rightToDecrypt: false, stop);
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task<IntakeResult.Refused?> Receive(Stream content, Upload upload)
    {
        await using var file = File.Create(upload.Path);
        var buffer = new byte[81_920];
        while (await content.ReadAsync(buffer, upload.Stop) is > 0 and var read)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), upload.Stop);
            if (file.Length > EvidenceVersion.LargestFile)
                return new(FileField, $"The file is larger than {EvidenceVersion.LargestFile >> 20} MiB. Split it or save it with smaller pictures.");
        }
        return file.Length == 0 ? new(FileField, "The file is empty, or none was chosen. Choose it again; if it stays empty, export it once more.") : null;
    }

    private static async Task<bool> IsPdf(Upload upload)
    {
        await using var file = File.OpenRead(upload.Path);
        var head = new byte[HeadWithin];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, upload.Stop);
        return head.AsSpan(0, length).IndexOf("%PDF-"u8) >= 0;
    }

    private async Task<IntakeResult> TakeOpaque(Upload upload)
    {
        if (upload.SaysPdf) return new IntakeResult.Refused(FileField, "This is not a PDF, whatever its name says. Save it as PDF and upload that, or give it the name of what it is.");
        if (await Stage(upload, upload.Path, EvidenceVersion.LargestFile) is not { } staged) return TooBig;
        var version = upload.Description.Version(new StoredFile(staged.Sha, staged.Length, upload.Name, "application/octet-stream"));
        return new IntakeResult.Taken(version with { Warnings = version.IsGated ? ["This is not a PDF, so it cannot bear a mark: an approver has to confirm that it may be handed out without one."] : [] }, [staged]);
    }

    private async Task<IntakeResult> TakePdf(Upload upload, bool rightToDecrypt)
    {
        var marked = upload.Path + ".marked";
        var result = await PdfMarker.Prepare(upload.Path, marked, rightToDecrypt, Tools, upload.Stop);
        if (result is not MarkResult.Prepared prepared) return Why((MarkResult.Refused)result);
        var plain = prepared.Decrypted ? await Decrypt(upload) : upload.Path;
        if (plain is null) return new IntakeResult.Refused(FileField, "The file's restrictions could not be lifted. Upload an unrestricted copy.");
        if (await Stage(upload, plain, EvidenceVersion.LargestFile) is not { } staged) return TooBig;
        var version = upload.Description.Version(new StoredFile(staged.Sha, staged.Length, upload.SaysPdf ? upload.Name : upload.Name + ".pdf", "application/pdf")) with
        {
            Pages = prepared.Pages,
            Metadata = await new PdfMetadata(Tools, Path.GetDirectoryName(upload.Path)!, upload.Stop).Read(plain),
            Warnings = prepared.Decrypted ? ["The owner's restrictions were lifted; the uploader confirmed the right to.", .. prepared.Warnings] : prepared.Warnings,
        };
        if (!version.IsGated) return new IntakeResult.Taken(version, [staged]); // anybody downloads it unmarked
        if (await Stage(upload, marked, LargestTemplate) is not { } template)
        {
            await files.Drop(upload.Scope, [staged.Upload]);
            return TooBig;
        }
        return new IntakeResult.Taken(version with { Template = new MarkTemplate(template.Sha, template.Length, prepared.Slot.Offset, prepared.Slot.Length) }, [staged, template]);
    }

    private async Task<string?> Decrypt(Upload upload)
    {
        var plain = upload.Path + ".plain";
        var run = await Tools.RunQpdf(["--decrypt", upload.Path, plain], upload.Stop);
        return run.End == ToolEnd.Ran && run.ExitCode != QpdfFailed && File.Exists(plain) ? plain : null;
    }

    private static IntakeResult.Refused Why(MarkResult.Refused refused) => new(refused.Kind == RefusalKind.Restricted ? RightField : FileField, refused.Why);

    private static IntakeResult.Refused TooBig => new(FileField, "Prepared for marks, the file becomes too large. Split it or save it with smaller pictures.");

    private async Task<StagedFile?> Stage(Upload upload, string path, long longest)
    {
        await using var file = File.OpenRead(path);
        return await files.Stage(upload.Scope, file, longest, upload.Stop);
    }

    private sealed record Upload(Scope Scope, EvidenceDescription Description, string Path, string Name, CancellationToken Stop)
    {
        public bool SaysPdf => Name.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase);
    }
}
