using System.Globalization;
using TrustCenter.Claims;
using TrustCenter.Documents;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Journal;
using TrustCenter.Pages;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Links;

/// <summary>Makes the summary PDF of an account and stages it; the link's decision commits the reference.</summary>
public sealed class SummaryWriter(IEngine engine, IStore store, StandingClaims claims, FileStore files, JournalLog journal, HostRegister hosts, Paths paths, TimeProvider clock)
{
    private const long Largest = 20L * 1024 * 1024; // bytes; a summary has some 300 kB

    /// <summary>The staged file, or the sentence that says why there is none.</summary>
    public async Task<(WrittenSummary? Written, string? Missing)> Write(ConsoleUser rep, string account, NextStep? nextStep, PaperFormat paper, CancellationToken stop)
        => await Write(rep.Scope, await Words(rep.Scope, rep.Vendor, rep.Member.Name, account, nextStep, stop), paper, 1, stop);

    /// <summary>
    /// The link with its summary as it may be shown now: made again where a claim in it was changed or withdrawn, or a document behind it expired (ABUSE T-107).
    /// Or the sentence that says why it cannot be shown.
    /// </summary>
    public async Task<(ShareLink? Link, string? Missing)> Current(Scope scope, Guid id, ShareLink link, CancellationToken stop)
    {
        var (words, before) = (await Words(scope, link, stop), link.Edition?.Number ?? 0);
        if (link.Edition?.Says == SummaryDocument.HashOf(words)) return (link, null);
        var (written, missing) = await Write(scope, words, link.Edition?.Paper ?? PaperOf(words.Vendor), before + 1, stop);
        if (written is null) return (null, missing);
        await engine.Decide(scope.Id<ShareLink>(id), new RenewSummary { Id = Guid.CreateVersion7(), BasedOn = before, Written = written }, Actor.System, stop);
        return (await engine.Read<ShareLink>(scope.Id<ShareLink>(id), stop), null);
    }

    /// <summary>Whether this edition says what stands now.</summary>
    public async Task<bool> Stands(Scope scope, ShareLink link, int edition, CancellationToken stop)
        => link.Edition is { } last && last.Number == edition && last.Says == SummaryDocument.HashOf(await Words(scope, link, stop));

    /// <summary>Letter where it is the paper at hand.</summary>
    public static PaperFormat PaperOf(Vendor vendor) => vendor.Currency is "USD" or "CAD" or "MXN" ? PaperFormat.Letter : PaperFormat.A4;

    private async Task<SummaryWords> Words(Scope scope, ShareLink link, CancellationToken stop)
    {
        var vendor = (await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), stop))!;
        var rep = await engine.Read<StaffMember>(scope.Id<StaffMember>(link.Owner), stop);
        return await Words(scope, vendor, rep?.Name ?? vendor.Name, link.Account, link.NextStep, stop);
    }

    private async Task<SummaryWords> Words(Scope scope, Vendor vendor, string rep, string account, NextStep? nextStep, CancellationToken stop) => new()
    {
        Vendor = vendor,
        Account = account,
        Rep = rep,
        Day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
        Topics = Public(await claims.Read(scope, vendor, stop)),
        Evidence = (await store.Query(sql => PageReader.Documents(sql, scope.Tenant), stop)).ToDictionary(e => e.Id),
        TreeSize = 0,
        Root = "",
        CheckAddress = await hosts.AddressOf(scope, vendor, stop) + paths.Check,
        NextStep = nextStep,
    };

    private async Task<(WrittenSummary? Written, string? Missing)> Write(Scope scope, SummaryWords words, PaperFormat paper, int number, CancellationToken stop)
    {
        if (PdfWriter.WhatIsMissing() is { } missing) return (null, missing);
        var now = clock.GetUtcNow();
        await journal.SignGrown(now, stop, scope.Tenant);
        var latest = await journal.Latest(scope.Tenant, JournalEntry.Publications, stop);
        var document = SummaryDocument.Of(words with { TreeSize = latest?.Checkpoint.Size ?? 0, Root = Convert.ToHexStringLower(latest?.Checkpoint.Root ?? MerkleTree.EmptyRoot()) });
        try
        {
            using var content = new MemoryStream(await PdfWriter.Write(document with { Format = paper }, now, stop), writable: false);
            if (await files.Stage(scope, content, Largest, stop) is not { } staged) return (null, "The summary came out larger than 20 MiB.");
            var stored = new StoredFile(staged.Sha, staged.Length, FileName(words.Vendor.Name, words.Account, words.Day), "application/pdf");
            return (new WrittenSummary(staged, stored, new SummaryEdition(number, SummaryDocument.HashOf(words), paper)), null);
        }
        catch (PdfRefusedException refused) { return (null, refused.Message); }
    }

    // A PDF leaves the house and is forwarded: only what is public goes into it (ABUSE T-107).
    private static IReadOnlyList<StandingTopic> Public(IReadOnlyList<StandingTopic> topics)
        => [.. topics.Select(t => t with { Claims = [.. t.Claims.Where(c => c.Version.Wording.Visibility == Claims.Visibility.Public)] }).Where(t => t.Claims.Count > 0)];

    private static string FileName(string vendor, string account, DateOnly day)
        => $"{vendor} security summary for {account} {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.pdf";
}
