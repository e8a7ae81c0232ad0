using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TrustCenter.Documents;

/// <summary>One file on its way to a template, in a folder of its own.</summary>
internal sealed class MarkRun(PdfTools tools, string pdf, string folder, CancellationToken cancel)
{
    private const int NotEncrypted = 2; // exit codes of qpdf --requires-password
    private const int NeedsPassword = 0;
    private const int Failed = 2; // exit code of qpdf for errors; 3 means warnings

    private readonly string listing = Path.Combine(folder, "objects.json");
    private readonly string update = Path.Combine(folder, "update.json");
    private readonly string template = Path.Combine(folder, "template.pdf");
    private readonly List<string> warnings = [];
    private bool encrypted;

    public async Task<MarkResult> Prepare(string outputPath, bool rightToDecryptConfirmed)
    {
        if (await CheckLock(rightToDecryptConfirmed) is { } locked) return locked;
        var probe = "TCPROBE" + RandomNumberGenerator.GetHexString(32);
        var (plan, pages, refusal) = await Plan(MarkText.Slot(probe, "probe@example.com"));
        if (plan is null) return refusal!;
        if (await Build(plan) is { } unbuilt) return unbuilt;
        if (await FindSlot(MarkText.Slot(probe, "probe@example.com")) is not { } slot) return Broken("The mark could not be placed.");
        if (await new MarkCheck(tools, template, folder, cancel).Check(probe, pages, warnings) is { } unseen) return unseen;
        var bytes = new FileInfo(template).Length;
        File.Move(template, outputPath, overwrite: true);
        return new MarkResult.Prepared(slot, pages, bytes, warnings, encrypted);
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

    private async Task<(byte[]? Plan, int Pages, MarkResult.Refused? Refusal)> Plan(byte[] slot)
    {
        var run = await tools.List(pdf, listing, cancel);
        if (MarkCheck.RefusalOf(run, "qpdf") is { } refusal) return (null, 0, refusal);
        if (run.ExitCode == Failed) return (null, 0, Broken("It is damaged or of a kind that our reader does not know."));
        try
        {
            using var objects = PdfObjects.Read(await File.ReadAllBytesAsync(listing, cancel));
            if (objects.Pages.Count == 0) return (null, 0, Broken("It has no page."));
            if (ActiveContent.In(objects) is { Count: > 0 } active) return (null, 0, Active(active));
            if (Signatures.In(objects)) warnings.Add("The file carries a digital signature. Marking changes the file, so readers will say that the signature is broken.");
            return (MarkPlan.For(objects, slot), objects.Pages.Count, null);
        }
        catch (Exception strange) when (strange is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return (null, 0, Broken("Its inner structure contradicts itself."));
        }
    }

    private async Task<MarkResult.Refused?> Build(byte[] plan)
    {
        await File.WriteAllBytesAsync(update, plan, cancel);
        var run = await tools.RunQpdf(
            [pdf, template, "--decrypt", "--compress-streams=n", "--stream-data=preserve", $"--update-from-json={update}"], cancel);
        if (MarkCheck.RefusalOf(run, "qpdf") is { } refusal) return refusal;
        return run.ExitCode == Failed ? Broken("It could not be written anew.") : null;
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
