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

/// <summary>Makes the summary PDF of an account once and stages it; the link's decision commits the reference.</summary>
public sealed class SummaryWriter(IStore store, StandingClaims claims, FileStore files, JournalLog journal, HostRegister hosts, Paths paths, TimeProvider clock)
{
    private const long Largest = 20L * 1024 * 1024; // bytes; a summary has some 300 kB

    /// <summary>The staged file, or the sentence that says why there is none.</summary>
    public async Task<(StagedFile? File, StoredFile? Stored, string? Missing)> Write(ConsoleUser rep, string account, NextStep? nextStep, PaperFormat paper, CancellationToken stop)
    {
        if (PdfWriter.WhatIsMissing() is { } missing) return (null, null, missing);
        var now = clock.GetUtcNow();
        await journal.SignGrown(now, stop);
        var latest = await journal.Latest(rep.Scope.Tenant, JournalEntry.Publications, stop);
        var address = await hosts.AddressOf(rep.Scope, rep.Vendor, stop);
        var words = new SummaryWords
        {
            Vendor = rep.Vendor,
            Account = account,
            Rep = rep.Member.Name,
            Day = DateOnly.FromDateTime(now.UtcDateTime),
            Topics = Public(await claims.Read(rep.Scope, rep.Vendor, stop)),
            Evidence = (await store.Query(sql => PageReader.Documents(sql, rep.Scope.Tenant), stop)).ToDictionary(e => e.Id),
            TreeSize = latest?.Checkpoint.Size ?? 0,
            Root = Convert.ToHexStringLower(latest?.Checkpoint.Root ?? MerkleTree.EmptyRoot()),
            CheckAddress = address + paths.Check,
            NextStep = nextStep,
        };
        try
        {
            var bytes = await PdfWriter.Write(SummaryDocument.Of(words) with { Format = paper }, now, stop);
            using var content = new MemoryStream(bytes, writable: false);
            var staged = await files.Stage(rep.Scope, content, Largest, stop);
            return staged is null ? (null, null, "The summary came out larger than 20 MiB.") : (staged, new StoredFile(staged.Sha, staged.Length, FileName(rep.Vendor.Name, account, words.Day), "application/pdf"), null);
        }
        catch (PdfRefusedException refused) { return (null, null, refused.Message); }
    }

    // A PDF leaves the house and is forwarded: only what is public goes into it (ABUSE T-107).
    private static IReadOnlyList<StandingTopic> Public(IReadOnlyList<StandingTopic> topics)
        => [.. topics.Select(t => t with { Claims = [.. t.Claims.Where(c => c.Version.Wording.Visibility == Claims.Visibility.Public)] }).Where(t => t.Claims.Count > 0)];

    private static string FileName(string vendor, string account, DateOnly day)
        => $"{vendor} security summary for {account} {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.pdf";
}
