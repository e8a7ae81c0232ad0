using System.Text;
using System.Text.Json;
using TrustCenter.Documents;

namespace TrustCenter.Tests.Documents;

public sealed class WriterTests
{
    [Theory]
    [InlineData(PaperFormat.A4, "595.276 x 841.89 pts")]
    [InlineData(PaperFormat.Letter, "612 x 792 pts")]
    public async Task A_summary_is_whole_tagged_and_says_which_page_of_how_many(PaperFormat format, string size)
    {
        using var folder = new Folder();
        var pdf = folder.Write("summary.pdf", await PdfWriter.Write(Summary.Of(format), Summary.Now));

        Samples.Run("qpdf", "--check", pdf).ExitCode.ShouldBe(0);
        var info = Samples.Run("pdfinfo", pdf).Output;
        info.ShouldContain("Security at Northwind Ledger");
        info.ShouldContain("Sat Nov 21 09:14:00 2026 UTC");
        info.ShouldContain(size);
        info.ShouldContain("Tagged:          yes");
        var pages = Samples.PageTexts(pdf)[..^1];
        pages.Length.ShouldBeInRange(3, 4);
        for (var page = 0; page < pages.Length; page++)
        {
            pages[page].ShouldContain($"Page {page + 1} of {pages.Length}");
            pages[page].ShouldContain("Snapshot 8f3a12c7");
            pages[page].ShouldContain("https://trust.northwind.example/verify/8f3a12c7");
        }

        string.Concat(pages).ShouldContain("Evidence expired");
    }

    [Fact]
    public async Task A_document_has_language_title_bar_bookmarks_structure_and_links()
    {
        using var folder = new Folder();
        var pdf = folder.Write("summary.pdf", await PdfWriter.Write(Summary.Of() with { Language = "pt-BR" }, Summary.Now));

        using var json = JsonDocument.Parse(Samples.Run("qpdf", "--json=2", "--json-key=qpdf", "--json-key=outlines", pdf).Output);
        var objects = json.RootElement.GetProperty("qpdf")[1];
        var root = objects.GetProperty("trailer").GetProperty("value").GetProperty("/Root").GetString();
        var catalog = objects.GetProperty("obj:" + root).GetProperty("value");
        catalog.GetProperty("/Lang").GetString().ShouldBe("u:pt-BR");
        catalog.GetProperty("/ViewerPreferences").GetProperty("/DisplayDocTitle").GetBoolean().ShouldBeTrue();
        catalog.GetProperty("/MarkInfo").GetProperty("/Marked").GetBoolean().ShouldBeTrue();
        var bookmark = json.RootElement.GetProperty("outlines")[0];
        bookmark.GetProperty("title").GetString().ShouldBe("What we do to keep your ledger yours");
        bookmark.GetProperty("kids").GetArrayLength().ShouldBe(4);
        objects.GetRawText().ShouldContain("u:https://trust.northwind.example/documents/soc2?from=summary");
        var tags = Samples.Run("pdfinfo", "-struct", pdf).Output.Split('\n').Select(line => line.Trim().Split(' ')[0]).ToHashSet();
        foreach (var tag in (string[])["Document", "H1", "H2", "P", "Table", "TR", "TH", "TD", "Link", "Figure"]) tags.ShouldContain(tag);
        tags.ShouldNotContain("Syntax");
        var figures = objects.EnumerateObject().Select(o => o.Value.TryGetProperty("value", out var value) ? value : default)
            .Where(v => v.ValueKind == JsonValueKind.Object && v.TryGetProperty("/S", out var kind) && kind.GetString() == "/Figure").ToList();
        figures.ShouldNotBeEmpty();
        figures.Select(f => f.GetProperty("/Alt").GetString()!.Length).ShouldAllBe(length => length > 12, "a figure says in words what it shows");
    }

    [Fact]
    public async Task The_same_input_gives_the_same_bytes_also_when_written_side_by_side()
    {
        var files = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PdfWriter.Write(Summary.Of(), Summary.Now)));
        foreach (var file in files) file.AsSpan().SequenceEqual(files[0]).ShouldBeTrue();
        (await PdfWriter.Write(Summary.Of(), Summary.Now.AddSeconds(1))).AsSpan().SequenceEqual(files[0]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_long_table_repeats_its_head_on_each_page_and_loses_no_row()
    {
        using var folder = new Folder();
        var rows = Enumerable.Range(1, 120).Select(n => (IReadOnlyList<string>)[$"Row{n}.", string.Concat(Enumerable.Repeat("words ", n % 9 * 8))]).ToList();
        var document = Document(new Table([new("Number of the row"), new("Text", 3)], rows));

        var pages = Samples.PageTexts(folder.Write("table.pdf", await PdfWriter.Write(document, Summary.Now)))[..^1];

        pages.Length.ShouldBeGreaterThan(3);
        pages.ShouldAllBe(page => page.Contains("Number of the row"));
        for (var n = 1; n <= 120; n++) string.Concat(pages).ShouldContain($"Row{n}.");
    }

    [Fact]
    public async Task A_row_taller_than_a_page_is_continued()
    {
        using var folder = new Folder();
        var words = string.Join(' ', Enumerable.Range(1, 1200).Select(n => $"w{n}."));
        var pages = Samples.PageTexts(folder.Write("row.pdf", await PdfWriter.Write(Document(new Table([new("A"), new("B")], [[words, "beside"]])), Summary.Now)))[..^1];
        pages.Length.ShouldBeGreaterThan(1);
        for (var n = 1; n <= 1200; n++) string.Concat(pages).ShouldContain($"w{n}.");
    }

    [Fact]
    public async Task Many_scripts_come_out_as_text_that_can_be_copied()
    {
        using var folder = new Folder();
        var document = Document(
            new Heading(1, "Ελληνικά, Русский, עברית"),
            new Paragraph("English, français, Türkçe, Tiếng Việt; Ελληνικά; Русский; Հայերեն."),
            new Paragraph("مرحبا بالعالم"), new Paragraph("שלום עולם"), new Paragraph("नमस्ते दुनिया"), new Paragraph("สวัสดีชาวโลก"));

        var text = Samples.PageTexts(folder.Write("scripts.pdf", await PdfWriter.Write(document, Summary.Now)))[0];

        foreach (var word in (string[])["Tiếng Việt", "Ελληνικά", "Русский", "Հայերեն", "שלום", "नमस्ते"]) text.ShouldContain(word);
    }

    [Fact]
    public async Task Markdown_becomes_headings_paragraphs_lists_and_tables()
    {
        using var folder = new Folder();
        const string policy = "# Access policy\n\nAll **staff** sign in [once](javascript:alert(1)).\n\n## Scope\n\n1. People\n2. Machines\n   - Servers\n\n| Role | Rights |\n|---|--:|\n| Admin | 12 |\n\n<script>alert(2)</script>\n";

        var pdf = folder.Write("policy.pdf", await DocumentFromMarkdown.Write("Access policy", "Northwind", new DateOnly(2026, 11, 21), policy));

        var pages = Samples.PageTexts(pdf);
        pages[0].ShouldContain("21 November 2026");
        foreach (var word in (string[])["All staff sign in once.", "Scope", "1.", "People", "Servers", "Rights", "12"]) pages[1].ShouldContain(word);
        Encoding.Latin1.GetString(File.ReadAllBytes(pdf)).ShouldNotContain("javascript");
        MarkdownBlocks.From(policy).Select(block => block.GetType().Name).Take(5).ShouldBe(["Heading", "Paragraph", "Heading", "Bullets", "Table"]);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not an address")]
    public async Task An_address_that_is_no_web_address_is_refused(string address) =>
        await Should.ThrowAsync<PdfRefusedException>(() => PdfWriter.Write(Document(new CallToAction("Go", address)), Summary.Now));

    [Fact]
    public void A_light_accent_is_darkened_until_it_can_be_read()
    {
        foreach (var accent in (string[])["#ffe600", "#ffffff", "#00d1b2", "#1f4e79"])
            Colour.Of(accent).ReadableOnWhite().ContrastOnWhite().ShouldBeGreaterThanOrEqualTo(4.5);
        Colour.Of("#1f4e79").ReadableOnWhite().ShouldBe(Colour.Of("#1f4e79"));
        Should.Throw<ArgumentException>(() => Colour.Of("red"));
    }

    /// <summary>For looking at: set SHOW_DOCUMENTS to a folder.</summary>
    [Fact]
    public async Task Samples_can_be_looked_at()
    {
        if (Environment.GetEnvironmentVariable("SHOW_DOCUMENTS") is not { Length: > 0 } folder) return;
        foreach (var format in (PaperFormat[])[PaperFormat.A4, PaperFormat.Letter])
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{format}.pdf"), await PdfWriter.Write(Summary.Of(format), Summary.Now));
        await File.WriteAllBytesAsync(Path.Combine(folder, "scripts.pdf"), await PdfWriter.Write(Summary.InManyScripts(), Summary.Now));
        await File.WriteAllBytesAsync(Path.Combine(folder, "policy.pdf"), await DocumentFromMarkdown.Write("Access control policy", "Northwind Ledger", new DateOnly(2026, 11, 21), Summary.Policy));
    }

    internal static PdfDocument Document(params Block[] blocks) => new() { Title = "Title", Author = "Author", Blocks = blocks };
}
