using System.Globalization;
using System.Text.Json;
using TrustCenter.Import;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Import;

/// <summary>Published files of real companies, read as they are; they lie beside the checkout and are no part of it.</summary>
public sealed class RealFilesImportTests(ITestOutputHelper output)
{
    private const string Fimil = """
        name: Fimil
        host: fimil
        accent: "#7C3AED"
        contact: security@fimil.dev
        website: https://fimil.dev
        products: [Fimil]
        """;

    private const string FimilMap = """
        claims:
          source: fimil.jsonl
          columns: {statement: text, topic: section}
          values:
            status: {implemented: in place, partial: partly}
          defaults: {owner: Head of Security, reviewBy: 2027-03-31}
          key: {from: text, until: ":"}
          skip: {section: Frameworks}
          newTopics: true
          ignore: [company, source]
        subprocessors:
          source: subprocessors.jsonl
          columns: {website: url, products: product}
          only: {company: [Fimil]}
        """;

    private const string Sales = """
        name: Hardware Maker
        host: hardware
        currency: USD
        """;

    private const string SalesMap = """
        products:
          source: products.csv
          columns: {name: product}
          ignore: [series, sales_price]
        owners:
          source: sales_teams.csv
          columns: {owner: sales_agent, region: regional_office}
        deals:
          source: sales_pipeline.csv
          columns:
            key: opportunity_id
            owner: sales_agent
            stage: deal_stage
            outcome: deal_stage
            opened: engage_date
            closed: close_date
            amount: close_value
          values:
            outcome: {Won: won, Lost: lost, Engaging: open, Prospecting: open}
          dates: [M/d/yyyy]
        """;

    [Fact]
    public void A_published_list_of_controls_becomes_claims_with_topics_and_stable_keys()
    {
        if (Data("claims") is not { } data) return;
        using var folder = new ImportTestFolder(Fimil).Write("import.yaml", FimilMap)
            .Copy(Path.Combine(data, "fimil.jsonl"), "fimil.jsonl").Copy(Path.Combine(data, "subprocessors.jsonl"), "subprocessors.jsonl");

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
        if (Data("deals") is not { } data) return;
        using var folder = new ImportTestFolder(Sales).Write("import.yaml", SalesMap);
        foreach (var file in new[] { "sales_pipeline.csv", "products.csv", "sales_teams.csv" }) folder.Copy(Path.Combine(data, file), file);

        var reading = folder.Read();

        reading.ErrorCount.ShouldBe(0);
        reading.WarningGroups.ToDictionary(g => g.Kind, g => g.Count).ShouldBe(
            new Dictionary<string, int> { ["deal without account"] = 1425, ["unknown product"] = 1480 }, ignoreOrder: true);
        reading.Content.Vendor!.Products.Count.ShouldBe(7);
        reading.Content.Owners.Count.ShouldBe(35);
        var deals = reading.Content.Deals;
        deals.ShouldAllBe(d => d.Currency == "USD" && d.Manager != null);
        Compare(data, "maven-stage", deals.GroupBy(d => d.Stage!).Select(g => Row(g.Key, g.Count(), Sum(g))));
        Compare(data, "maven-quarter", deals.Where(d => d.Closed != null).GroupBy(d => $"{d.Closed!.Value.Year}-{d.Closed.Value.Month}")
            .Select(g => Row(g.Key, Won(g), Lost(g), Sum(g))));
        Compare(data, "maven-winrate-by-product", deals.GroupBy(d => d.Product!).Select(WinRate));
        Compare(data, "maven-winrate-by-manager", deals.GroupBy(d => d.Manager!).Select(WinRate));
        Compare(data, "maven-quality", [Row(deals.Count(d => d.Account == null), deals.Count(d => d.Closed == null), deals.Count(d => d.Opened == null),
            deals.Count(d => d.Product == "GTXPro"), deals.Select(d => d.Key).Distinct().Count(), deals.Count)]);
    }

    [Fact]
    public void Dated_files_of_one_contract_become_versions_of_one_document()
    {
        if (Data("evidence") is not { } data) return;
        using var folder = new ImportTestFolder();
        var files = Directory.GetFiles(data, "Basecamp_Data_Processing_Addendum_v??????.pdf").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToList();
        foreach (var file in files) folder.Copy(Path.Combine(data, file), $"files/{file}");
        var rows = files.Select(f => $"dpa,Data Processing Addendum,DPA,public,{f[^10..^6]}-{f[^6..^4]}-01,{f}");
        folder.Write("evidence.csv", "key,title,kind,class,from,file\n" + string.Join("\n", rows));

        var reading = folder.Read();

        reading.Errors.ShouldBeEmpty();
        var document = reading.Content.Documents.ShouldHaveSingleItem();
        document.Kind.ShouldBe(ImportKind.Dpa);
        document.Versions.Select(v => v.From).ShouldBe(
            [new(2018, 5, 1), new(2020, 7, 1), new(2020, 10, 1), new(2021, 9, 1), new(2022, 12, 1)]);
        document.Versions.ShouldAllBe(v => v.File.Length > 200_000 && !v.IsMarkdown);
    }

    private static string WinRate(IGrouping<string, ImportDeal> deals) => Row(deals.Key, Won(deals), Lost(deals),
        Math.Round((double)Won(deals) / (Won(deals) + Lost(deals)), 6), Sum(deals.Where(d => d.Outcome == ImportOutcome.Won)));

    private static int Won(IEnumerable<ImportDeal> deals) => deals.Count(d => d.Outcome == ImportOutcome.Won);

    private static int Lost(IEnumerable<ImportDeal> deals) => deals.Count(d => d.Outcome == ImportOutcome.Lost);

    private static decimal Sum(IEnumerable<ImportDeal> deals) => deals.Sum(d => d.Amount ?? 0);

    private static string Row(params object[] cells) =>
        string.Join("|", cells.Select(cell => cell is string text ? text : Convert.ToDouble(cell).ToString(CultureInfo.InvariantCulture)));

    private static void Compare(string data, string reference, IEnumerable<string> rows)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(data, "reference", reference + ".json")));
        var expected = json.RootElement.GetProperty("rows").EnumerateArray()
            .Select(row => Row([.. row.EnumerateArray().Select(cell => cell.ValueKind == JsonValueKind.String ? (object)cell.GetString()! : cell.GetDouble())]));
        rows.Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal), customMessage: reference);
    }

    private string? Data(string part)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var data = Path.Combine(at.FullName, "shared", "data", part);
            if (Directory.Exists(data)) return data;
        }

        output.WriteLine($"Not tried: the data folder \"{part}\" does not lie beside this checkout.");
        return null;
    }
}
