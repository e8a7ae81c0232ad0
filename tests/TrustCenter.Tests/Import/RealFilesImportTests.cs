using TrustCenter.Import;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Import;

/// <summary>Published files of real companies, read as they are; they lie beside the checkout and are no part of it.</summary>
public sealed class RealFilesImportTests(ITestOutputHelper output)
{
    [Fact]
    public void A_published_list_of_controls_becomes_claims_with_topics_and_stable_keys()
    {
        using var folder = RealFolders.Controls(output);
        if (folder is null) return;

        var reading = folder.Read();

        reading.Errors.ShouldBeEmpty();
        reading.Warnings.ShouldBeEmpty();
        var content = reading.Content;
        content.Claims.Count.ShouldBe(41);
        content.Claims.Count(c => c.Status == ImportStatus.InPlace).ShouldBe(37);
        content.Claims.Count(c => c.Status == ImportStatus.Partly).ShouldBe(3);
        content.Claims.Count(c => c.Status == ImportStatus.Planned).ShouldBe(1);
        content.Topics.Count.ShouldBe(10);
        content.Topics[0].ShouldBe(new ImportTopic { Key = "data-protection", Name = "Data Protection" });
        content.Claims[0].Key.ShouldBe("encryption-at-rest");
        content.Claims[0].Owner.ShouldBe("Head of Security");
        content.Subprocessors.Select(s => s.Key).ShouldBe(
            ["digitalocean-fimil", "github-fimil", "stripe-fimil", "cloudflare-fimil", "resend-fimil", "posthog-fimil"]);
        folder.Read().Content.Claims.Select(c => c.Key).ShouldBe(content.Claims.Select(c => c.Key));
    }

    [Fact]
    public void A_sales_export_gives_the_sums_that_its_reference_queries_give()
    {
        using var folder = RealFolders.Sales(output);
        if (folder is null) return;

        var reading = folder.Read();

        reading.ErrorCount.ShouldBe(0);
        reading.WarningGroups.ToDictionary(g => g.Kind, g => g.Count).ShouldBe(
            new Dictionary<string, int> { ["deal without account"] = 1425, ["unknown product"] = 1480 }, ignoreOrder: true);
        reading.Content.Vendor!.Products.Count.ShouldBe(7);
        reading.Content.Owners.Count.ShouldBe(35);
        var deals = reading.Content.Deals;
        deals.ShouldAllBe(d => d.Currency == "USD" && d.Manager != null);
        RealFolders.Compare("maven-stage", deals.GroupBy(d => d.Stage!).Select(g => RealFolders.Row(g.Key, g.Count(), Sum(g))));
        RealFolders.Compare("maven-quarter", deals.Where(d => d.Closed != null).GroupBy(d => $"{d.Closed!.Value.Year}-{d.Closed.Value.Month}")
            .Select(g => RealFolders.Row(g.Key, Won(g), Lost(g), Sum(g))));
        RealFolders.Compare("maven-winrate-by-product", deals.GroupBy(d => d.Product!).Select(WinRate));
        RealFolders.Compare("maven-winrate-by-manager", deals.GroupBy(d => d.Manager!).Select(WinRate));
        RealFolders.Compare("maven-quality", [RealFolders.Row(deals.Count(d => d.Account == null), deals.Count(d => d.Closed == null), deals.Count(d => d.Opened == null),
            deals.Count(d => d.Product == "GTXPro"), deals.Select(d => d.Key).Distinct().Count(), deals.Count)]);
    }

    [Fact]
    public void Dated_files_of_one_contract_become_versions_of_one_document()
    {
        using var folder = RealFolders.Contracts(output);
        if (folder is null) return;

        var reading = folder.Read();

        reading.Errors.ShouldBeEmpty();
        var document = reading.Content.Documents.ShouldHaveSingleItem();
        document.Kind.ShouldBe(ImportKind.Dpa);
        document.Versions.Select(v => v.From).ShouldBe(
            [new(2018, 5, 1), new(2020, 7, 1), new(2020, 10, 1), new(2021, 9, 1), new(2022, 12, 1)]);
        document.Versions.ShouldAllBe(v => v.File.Length > 200_000 && !v.IsMarkdown);
    }

    private static string WinRate(IGrouping<string, ImportDeal> deals) => RealFolders.Row(deals.Key, Won(deals), Lost(deals),
        Math.Round((double)Won(deals) / (Won(deals) + Lost(deals)), 6), Sum(deals.Where(d => d.Outcome == ImportOutcome.Won)));

    private static int Won(IEnumerable<ImportDeal> deals) => deals.Count(d => d.Outcome == ImportOutcome.Won);

    private static int Lost(IEnumerable<ImportDeal> deals) => deals.Count(d => d.Outcome == ImportOutcome.Lost);

    private static decimal Sum(IEnumerable<ImportDeal> deals) => deals.Sum(d => d.Amount ?? 0);
}
