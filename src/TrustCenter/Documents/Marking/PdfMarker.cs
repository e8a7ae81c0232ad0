namespace TrustCenter.Documents;

/// <summary>
/// Makes an uploaded PDF ready for marking, once: a template in which every page shows one text of fixed length at a known
/// offset. Serving a viewer's copy then only patches bytes (<see cref="MarkSlot.Patch"/>). What cannot be marked on every
/// page is refused, never passed on bare.
/// </summary>
public static class PdfMarker
{
    private const int HeadWithin = 1024; // bytes; readers accept a header that starts this late
    private const int MostAtOnce = 2; // uploads in work; each may take 1 GiB
    private static readonly SemaphoreSlim Seats = new(MostAtOnce);

    /// <summary>
    /// Writes the template for <paramref name="pdfPath"/> to <paramref name="outputPath"/>, or says why not and writes nothing.
    /// <paramref name="rightToDecryptConfirmed"/>: the editor confirmed that he may lift the owner's restrictions.
    /// </summary>
    public static Task<MarkResult> Prepare(string pdfPath, string outputPath, bool rightToDecryptConfirmed, CancellationToken cancel) =>
        Prepare(pdfPath, outputPath, rightToDecryptConfirmed, new PdfTools(), cancel);

    internal static async Task<MarkResult> Prepare(
        string pdfPath, string outputPath, bool rightToDecryptConfirmed, PdfTools tools, CancellationToken cancel)
    {
        if (await LookAtHead(pdfPath, tools, cancel) is { } refusal) return refusal;
        await Seats.WaitAsync(cancel);
        var folder = Directory.CreateTempSubdirectory("trustcenter-mark-");
        try
        {
            return await new MarkRun(tools, Path.GetFullPath(pdfPath), folder.FullName, cancel).Prepare(outputPath, rightToDecryptConfirmed);
        }
        finally
        {
            folder.Delete(recursive: true);
            Seats.Release();
        }
    }

    private static async Task<MarkResult.Refused?> LookAtHead(string path, PdfTools tools, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        if (file.Length == 0) return new(RefusalKind.Empty, "The file is empty. Upload it again; if it stays empty, export it once more.");
        if (file.Length > tools.LargestUpload)
            return new(RefusalKind.TooBig, $"The file is larger than {tools.LargestUpload >> 20} MiB. Split it or save it with smaller pictures.");
        var head = new byte[HeadWithin];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        return head.AsSpan(0, length).IndexOf("%PDF-"u8) >= 0
            ? null
            : new(RefusalKind.NotPdf, "This is not a PDF, whatever its name says. Only PDF files can be marked: save it as PDF and upload that.");
    }
}
