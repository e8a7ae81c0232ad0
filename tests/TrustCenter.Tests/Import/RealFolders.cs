using System.Globalization;
using System.Text.Json;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Import;

/// <summary>Import folders around published files of real companies, untouched; they lie beside the checkout and are no part of it. Null, with a line why, where they are absent.</summary>
internal static class RealFolders
{
    private const string FimilVendor = """
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

    private const string SalesVendor = """
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

    public static ImportTestFolder? Controls(ITestOutputHelper output) => Data("claims", output) is not { } data ? null
        : new ImportTestFolder(FimilVendor).Write("import.yaml", FimilMap)
            .Copy(Path.Combine(data, "fimil.jsonl"), "fimil.jsonl").Copy(Path.Combine(data, "subprocessors.jsonl"), "subprocessors.jsonl");

    public static ImportTestFolder? Sales(ITestOutputHelper output)
    {
        if (Data("deals", output) is not { } data) return null;
        var folder = new ImportTestFolder(SalesVendor).Write("import.yaml", SalesMap);
        foreach (var file in new[] { "sales_pipeline.csv", "products.csv", "sales_teams.csv" }) folder.Copy(Path.Combine(data, file), file);
        return folder;
    }

    public static ImportTestFolder? Contracts(ITestOutputHelper output)
    {
        if (Data("evidence", output) is not { } data) return null;
        var folder = new ImportTestFolder();
        var files = Directory.GetFiles(data, "Basecamp_Data_Processing_Addendum_v??????.pdf").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToList();
        foreach (var file in files) folder.Copy(Path.Combine(data, file), $"files/{file}");
        var rows = files.Select(f => $"dpa,Data Processing Addendum,DPA,public,{f[^10..^6]}-{f[^6..^4]}-01,{f}");
        return folder.Write("evidence.csv", "key,title,kind,class,from,file\n" + string.Join("\n", rows));
    }

    public static string Row(params object[] cells) =>
        string.Join("|", cells.Select(cell => cell is string text ? text : Convert.ToDouble(cell, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)));

    /// <summary>The rows equal those that the reference query gave, in any order.</summary>
    public static void Compare(string reference, IEnumerable<string> rows)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Find("deals")!, "reference", reference + ".json")));
        var expected = json.RootElement.GetProperty("rows").EnumerateArray()
            .Select(row => Row([.. row.EnumerateArray().Select(cell => cell.ValueKind == JsonValueKind.String ? (object)cell.GetString()! : cell.GetDouble())]));
        rows.Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal), customMessage: reference);
    }

    private static string? Data(string part, ITestOutputHelper output)
    {
        var data = Find(part);
        if (data is null) output.WriteLine($"Not tried: the data folder \"{part}\" does not lie beside this checkout.");
        return data;
    }

    private static string? Find(string part)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "shared", "data", part) is var data && Directory.Exists(data)) return data;
        return null;
    }
}
