using System.Security.Cryptography;
using System.Text.Json;

namespace TrustCenter.Documents;

/// <summary>One file on its way to a template, in a folder of its own.</summary>
internal sealed class MarkRun(PdfTools tools, string pdf, string folder, CancellationToken cancel)
{
    private const int NotEncrypted = 2; // exit codes of qpdf --requires-password
    private const int NeedsPassword = 0;
    private const int Failed = 2; // exit code of qpdf for errors; 3 means warnings

    /// <summary>Streams stay as they are, and the slot stays unfiltered.</summary>
    private static readonly string[] AsIs = ["--decrypt", "--compress-streams=n", "--stream-data=preserve"];

    private readonly string listing = Path.Combine(folder, "objects.json");
    private readonly string update = Path.Combine(folder, "update.json");
    private readonly string template = Path.Combine(folder, "template.pdf");
    private readonly List<string> warnings = [];
    private bool encrypted;
    private MarkSlot found;

    public async Task<MarkResult> Prepare(string outputPath, bool rightToDecryptConfirmed)
    {
        try
        {
            return await PrepareWhole(outputPath, rightToDecryptConfirmed);
        }
        catch (Exception strange) when (strange is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return Broken("Its inner structure contradicts itself.");
        }
    }

    private async Task<MarkResult> PrepareWhole(string outputPath, bool rightToDecryptConfirmed)
    {
        if (await CheckLock(rightToDecryptConfirmed) is { } locked) return locked;
        var (objects, refusal) = await Read();
        if (objects is null) return refusal!;
        using var everything = objects;
        var sight = await Mark(objects, Append);
        if (sight is { Refusal: null, PageWithout: > 0 })
        {
            warnings.Add("The pages' own drawing instructions hide an appended mark, so it was laid over the pages as a layer of its own.");
            sight = await Mark(objects, Overlay);
        }

        if (sight.Refusal is { } unfit) return unfit;
        if (sight.PageWithout > 0) return Broken($"The mark cannot be seen on page {sight.PageWithout}.");
        var bytes = new FileInfo(template).Length;
        File.Move(template, outputPath, overwrite: true);
        return new MarkResult.Prepared(found, objects.Pages.Count, bytes, warnings, encrypted);
    }

    private async Task<MarkResult.Refused?> CheckLock(bool rightToDecryptConfirmed)
    {
        var run = await tools.RunQpdf(["--requires-password", pdf], cancel);
        if (MarkCheck.RefusalOf(run, "qpdf") is { } refusal) return refusal;
        if (run.ExitCode == NeedsPassword)
            return new(RefusalKind.NeedsPassword, "The file opens only with a password. Save a copy without the password and upload that.");
        encrypted = run.ExitCode != NotEncrypted;
        if (encrypted && !rightToDecryptConfirmed)
            return new(RefusalKind.Restricted, "The file's owner has restricted it (for example printing or changing). Marking lifts these restrictions: confirm that you have the right to, or upload an unrestricted copy.");
        return null;
    }

    private async Task<(PdfObjects? Objects, MarkResult.Refused? Refusal)> Read()
    {
        var run = await tools.List(pdf, listing, cancel);
        if (MarkCheck.RefusalOf(run, "qpdf") is { } refusal) return (null, refusal);
        if (run.ExitCode == Failed) return (null, Broken("It is damaged or of a kind that our reader does not know."));
        warnings.AddRange(MarkCheck.WarningsIn(run.Errors, pdf));
        var objects = PdfObjects.Read(await File.ReadAllBytesAsync(listing, cancel));
        if (objects.Pages.Count == 0) return (null, Broken("It has no page."));
        if (ActiveContent.In(objects) is { Count: > 0 } active) return (null, Active(active));
        if (Signatures.In(objects)) warnings.Add("The file carries a digital signature. Marking changes the file, so readers will say that the signature is broken.");
        return (objects, null);
    }

    private async Task<Sight> Mark(PdfObjects objects, Func<PdfObjects, byte[], Task<ToolRun>> way)
    {
        var probe = "TCPROBE" + RandomNumberGenerator.GetHexString(32);
        var slot = MarkText.Slot(probe, "probe@example.com");
        var run = await way(objects, slot);
        if (MarkCheck.RefusalOf(run, "qpdf") is { } refusal) return new Sight(refusal, 0);
        if (run.ExitCode == Failed) return new Sight(Broken("It could not be written anew."), 0);
        if (await FindSlot(slot) is not { } place) return new Sight(Broken("The mark could not be placed."), 0);
        found = place;
        return await new MarkCheck(tools, template, folder, cancel).Check(probe, objects.Pages.Count, warnings);
    }

    private async Task<ToolRun> Append(PdfObjects objects, byte[] slot)
    {
        await File.WriteAllBytesAsync(update, MarkPlan.For(objects, slot, bare: false), cancel);
        return await tools.RunQpdf([pdf, template, .. AsIs, $"--update-from-json={update}"], cancel);
    }

    /// <summary>qpdf's own way: it wraps the page's contents in a form. Used when appending fails: it may change pixels of pages with transparency.</summary>
    private async Task<ToolRun> Overlay(PdfObjects objects, byte[] slot)
    {
        await File.WriteAllBytesAsync(update, MarkPlan.For(objects, slot, bare: true), cancel);
        var layer = Path.Combine(folder, "layer.pdf");
        var run = await tools.RunQpdf([pdf, layer, .. AsIs, $"--update-from-json={update}"], cancel);
        if (run.End != ToolEnd.Ran || run.ExitCode == Failed) return run;
        return await tools.RunQpdf([pdf, "--overlay", layer, "--", template, .. AsIs], cancel);
    }

    /// <summary>Where the slot stands; null unless it stands there exactly once.</summary>
    private async Task<MarkSlot?> FindSlot(byte[] slot)
    {
        var bytes = await File.ReadAllBytesAsync(template, cancel);
        var first = bytes.AsSpan().IndexOf(slot);
        if (first < 0 || bytes.AsSpan(first + slot.Length).IndexOf(slot) >= 0) return null;
        return new MarkSlot(first, slot.Length);
    }

    private static MarkResult.Refused Broken(string what) =>
        new(RefusalKind.Broken, $"This PDF cannot be marked. {what} Print or export it to PDF once more and upload the new file.");

    private static MarkResult.Refused Active(IReadOnlyCollection<string> found) =>
        new(RefusalKind.ActiveContent, $"The file could act by itself on a reader's machine: it contains {string.Join(", ", found)}. Save a copy without it (printing to PDF removes it) and upload that.");
}
