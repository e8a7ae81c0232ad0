using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TrustCenter.Claims;
using TrustCenter.Documents;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Links;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Benchmarks.Comparisons;

/// <summary>The summary as it is drawn, against a browser that stands ready, takes a page with the same claims for each account, and prints it.</summary>
public static class SummaryPdf
{
    private const int Drawn = 20, Printed = 5; // documents in a round
    private const int Claims = 14; // of the sample's; three pages

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var words = await Words(await Seed.Northwind(stage));
        var now = DateTimeOffset.UtcNow;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        var drawn = await PdfWriter.Write(SummaryDocument.Of(words), now);
        await File.WriteAllBytesAsync(stage["drawn.pdf"], drawn);
        await File.WriteAllBytesAsync(stage["printed.pdf"], await Print(browser, words));
        var (pages, printedPages) = (await PagesOf(stage["drawn.pdf"]), await PagesOf(stage["printed.pdf"]));

        async Task<Sample> Draw()
        {
            var before = Meter.CpuOfThis();
            for (var i = 0; i < Drawn; i++) await PdfWriter.Write(SummaryDocument.Of(words), now);
            return new Sample(Meter.CpuOfThis() - before, Drawn);
        }
        async Task<Sample> Chromium()
        {
            var before = Meter.Cpu(Browsers());
            for (var i = 0; i < Printed; i++) await Print(browser, words);
            return new Sample(Meter.Cpu(Browsers()) - before, Printed);
        }
        var each = await Interleaved.Measure(stage.Rounds, new("drawn", Draw), new("printed", Chromium));
        return [Line.AtLeast("times a resident Chromium", 10, each["printed"] / each["drawn"], $"{Table.Number(each["drawn"] / 1000)} ms of CPU for {pages} pages and {Table.Number(each["printed"] / 1000)} ms for {printedPages}")];
    }

    private static int[] Browsers() => [.. Meter.Tree(Environment.ProcessId).Where(id => Meter.NameOf(id).StartsWith("chrom", StringComparison.Ordinal))];

    // A page of its own for each: what one account is told must not stand in another's.
    private static async Task<byte[]> Print(IBrowser browser, SummaryWords words)
    {
        var page = await browser.NewPageAsync();
        await page.SetContentAsync(Html(words));
        var pdf = await page.PdfAsync(new() { Format = "A4", Tagged = true, Outline = true });
        await page.CloseAsync();
        return pdf;
    }

    private static async Task<int> PagesOf(string file)
    {
        var line = (await Stage.Output("pdfinfo", file)).Split('\n').Single(l => l.StartsWith("Pages:", StringComparison.Ordinal));
        return int.Parse(line["Pages:".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<SummaryWords> Words(string data)
    {
        await using var app = Seed.Open(data);
        var (scope, store) = (await Seed.Tenant(app.Services), app.Services.GetRequiredService<IStore>());
        var vendor = (await app.Services.GetRequiredService<IEngine>().Read<Vendor>(scope.Id<Vendor>(Vendor.Only)))!;
        var left = Claims;
        var topics = (await app.Services.GetRequiredService<StandingClaims>().Read(scope, vendor, default)).Select(t =>
        {
            var some = t.Claims.Where(c => c.Version.Wording.Visibility == Visibility.Public).Take(left).ToList();
            left -= some.Count;
            return t with { Claims = some };
        }).Where(t => t.Claims.Count > 0).ToList();
        var evidence = await store.Query(sql => sql.Query("select published from evidence_rows where tenant = @tenant and published is not null", r => r.Text(0), ("@tenant", scope.Tenant)));
        return new SummaryWords
        {
            Vendor = vendor, Account = "Acme", Rep = "Rosa Lind", Day = DateOnly.FromDateTime(DateTime.UtcNow), Topics = topics,
            Evidence = evidence.Select(json => JsonSerializer.Deserialize(json, EvidenceJson.Default.PublicEvidence)!).ToDictionary(e => e.Id),
            TreeSize = 100, Root = new string('a', 64), CheckAddress = "https://northwind.example/check", NextStep = new NextStep("Book a call", "https://calendar.example/rosa"),
        };
    }

    private static string Html(SummaryWords words)
    {
        static string Text(string text) => System.Net.WebUtility.HtmlEncode(text);
        var topics = words.Topics.Select(t => $"<h2>{Text(t.Name)}</h2><table><tr><th>Claim<th>Status<th>Version</tr>"
            + string.Concat(t.Claims.Select(c => $"<tr><td>{Text(StatementMarkdown.ToText(c.Version.Wording.Statement))}<td>{c.Version.Wording.Status}<td>{c.Version.Number}</tr>")) + "</table>");
        var documents = words.Evidence.Values.Select(e => $"<tr><td>{Text(e.Title)}<td>{e.Kind}<td>{e.ValidUntil}</tr>");
        return $"<!doctype html><html lang=en><meta charset=utf-8><title>Security summary</title><style>@page{{margin:20mm}}body{{font:11pt sans-serif;line-height:1.5}}header{{break-after:page}}table{{width:100%;border-collapse:collapse}}td,th{{border-bottom:1px solid #ccc;text-align:left;padding:3pt}}</style>"
            + $"<header><h1>{Text(words.Vendor.Name)}: security summary for {words.Account}</h1><p>{Text(words.Vendor.Tagline)}</header>{string.Concat(topics)}<h2>Documents</h2><table>{string.Concat(documents)}</table>";
    }
}
