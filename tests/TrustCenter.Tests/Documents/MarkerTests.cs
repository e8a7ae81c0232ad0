using System.Diagnostics;
using TrustCenter.Documents;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Documents;

public sealed class MarkerTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Mark = MarkText.For("TC-7F3K-9Q2M", "dana@buyer.example", Noon);

    [Fact, Trait("Case", "T-040")]
    public async Task A_patched_copy_is_whole_and_shows_its_viewer_on_every_page()
    {
        using var folder = new Folder();
        var watch = Stopwatch.StartNew();
        var prepared = (await folder.Prepare(ManyPages(100))).ShouldBeOfType<MarkResult.Prepared>();
        output.WriteLine($"100 pages were prepared in {watch.ElapsedMilliseconds} ms");
        prepared.Pages.ShouldBe(100);
        prepared.Slot.Length.ShouldBe(MarkText.SlotLength);

        var marked = folder.Patch(prepared.Slot, Mark);

        new FileInfo(marked).Length.ShouldBe(prepared.Bytes);
        Samples.Run("qpdf", "--check", marked).ExitCode.ShouldBe(0);
        var pages = Samples.PageTexts(marked);
        for (var page = 0; page < 100; page++)
        {
            pages[page].ShouldContain($"Page {page + 1}.");
            pages[page].ShouldContain("TC-7F3K-9Q2M");
            pages[page].ShouldContain("2026-11-21 12:00:00 UTC");
            pages[page].ShouldContain("dana@buyer.example");
        }
    }

    [Fact, Trait("Case", "T-043")]
    public async Task A_mark_survives_linearizing_page_extraction_and_saving_again()
    {
        using var folder = new Folder();
        var prepared = (MarkResult.Prepared)await folder.Prepare(ManyPages(5));
        var marked = folder.Patch(prepared.Slot, Mark);

        Samples.Run("qpdf", "--linearize", marked, folder["linear.pdf"]).ExitCode.ShouldBe(0);
        Samples.Run("qpdf", marked, "--pages", ".", "3", "--", folder["third.pdf"]).ExitCode.ShouldBe(0);
        Samples.Run("qpdf", "--object-streams=generate", "--recompress-flate", marked, folder["saved.pdf"]).ExitCode.ShouldBe(0);

        Samples.PageTexts(folder["linear.pdf"]).Take(5).ShouldAllBe(page => page.Contains("TC-7F3K-9Q2M"));
        Samples.PageTexts(folder["third.pdf"])[0].ShouldContain("TC-7F3K-9Q2M");
        Samples.PageTexts(folder["saved.pdf"]).Take(5).ShouldAllBe(page => page.Contains("TC-7F3K-9Q2M"));
    }

    [Theory]
    [InlineData("/Rotate 0")]
    [InlineData("/Rotate 90")]
    [InlineData("/Rotate 180")]
    [InlineData("/Rotate -90")]
    [InlineData("/Rotate 450")]
    [InlineData("/CropBox [100 100 500 700]")]
    [InlineData("/Rotate 90 /CropBox [100 100 500 700]")]
    [InlineData("/MediaBox [0 0 120 60]")]
    [InlineData("/MediaBox [595 842 0 0]")]
    [InlineData("/MediaBox [-300 -400 295 442]")]
    [InlineData("/MediaBox [0 0 8.5 11] /UserUnit 72")]
    public async Task A_mark_stands_upright_in_the_lower_left_corner_of_what_the_reader_sees(string shape)
    {
        using var folder = new Folder();
        var prepared = (MarkResult.Prepared)await folder.Prepare(Samples.OnePage(page: shape));
        var marked = folder.Patch(prepared.Slot, Mark);

        var box = PageBox.Of(marked, "TC-7F3K-9Q2M");

        box.Left.ShouldBeInRange(0, box.PageWidth / 10);
        box.Bottom.ShouldBeInRange(box.PageHeight / 2, box.PageHeight);
        box.Width.ShouldBeGreaterThan(box.Height);
    }

    [Fact]
    public async Task Inherited_resources_and_a_taken_name_stay_what_they_were()
    {
        using var folder = new Folder();
        var pdf = Samples.Pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] /Resources 5 0 R >>",
            "<< /Type /Page /Parent 2 0 R /Contents 6 0 R >>",
            "<< /Type /Page /Parent 2 0 R /Contents [6 0 R] /Rotate 90 >>",
            "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /TcMark 7 0 R >> >>",
            Samples.Stream("BT /F1 24 Tf 72 700 Td (Inherited) Tj ET /TcMark Do"),
            Samples.Stream("BT /F1 24 Tf 72 600 Td (Own form) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"));

        var prepared = (await folder.Prepare(pdf)).ShouldBeOfType<MarkResult.Prepared>();

        var pages = Samples.PageTexts(folder.Patch(prepared.Slot, Mark));
        pages.Take(2).ShouldAllBe(page => page.Contains("Inherited") && page.Contains("Own form") && page.Contains("TC-7F3K-9Q2M"));
        prepared.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0 0 0 0 9000 9000 cm q BT /F1 24 Tf (Hello) Tj ET")]
    [InlineData("Q 1 0 0 1 9000 9000 cm BT /F1 24 Tf (Hello) Tj ET q")]
    [InlineData("1 0 0 1 9000 9000 cm q q q BT /F1 24 Tf (Hello) Tj ET")]
    public async Task A_page_that_leaves_its_drawing_state_open_shows_the_mark_all_the_same(string content)
    {
        using var folder = new Folder();
        var pdf = Samples.Pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            Samples.Stream(content),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");

        var prepared = (await folder.Prepare(pdf)).ShouldBeOfType<MarkResult.Prepared>();

        prepared.Warnings.ShouldContain(warning => warning.Contains("laid over"));
        var marked = folder.Patch(prepared.Slot, Mark);
        Samples.PageTexts(marked)[0].ShouldContain("TC-7F3K-9Q2M");
        PageBox.Of(marked, "TC-7F3K-9Q2M").Left.ShouldBeInRange(5, 30);
    }

    [Fact]
    public async Task A_page_listed_twice_and_a_page_written_inline_are_marked_too()
    {
        using var folder = new Folder();
        var pdf = Samples.Pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R 3 0 R << /Type /Page /Parent 2 0 R /Contents 4 0 R >>] /Count 3 /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
            Samples.Stream("BT /F1 24 Tf 72 700 Td (Hello) Tj ET"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");

        var prepared = (await folder.Prepare(pdf)).ShouldBeOfType<MarkResult.Prepared>();

        prepared.Pages.ShouldBe(3);
        Samples.PageTexts(folder.Patch(prepared.Slot, Mark)).Take(3).ShouldAllBe(page => page.Contains("Hello") && page.Contains("TC-7F3K-9Q2M"));
    }

    [Fact]
    public async Task What_the_reader_repaired_is_said()
    {
        using var folder = new Folder();
        var pdf = System.Text.Encoding.Latin1.GetString(Samples.OnePage()).Replace("/Length 36", "/Length 99");
        var damaged = pdf.Replace("startxref", "startxxxx");
        foreach (var file in (string[])[pdf, damaged])
        {
            var warnings = (await folder.Prepare(System.Text.Encoding.Latin1.GetBytes(file))).ShouldBeOfType<MarkResult.Prepared>().Warnings;
            warnings.ShouldContain(warning => warning.StartsWith("The file was repaired: "));
            warnings.ShouldAllBe(warning => !warning.Contains('/' + Path.GetFileName(folder["in.pdf"])));
        }
    }

    [Fact]
    public async Task A_signed_file_is_marked_with_a_warning()
    {
        using var folder = new Folder();
        var pdf = Samples.OnePage("/AcroForm << /Fields [6 0 R] /SigFlags 3 >>", "", "<< /FT /Sig /T (s) /V 7 0 R >>", "<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 1 2 3] /Contents <00> >>");

        (await folder.Prepare(pdf)).ShouldBeOfType<MarkResult.Prepared>().Warnings.ShouldContain(warning => warning.Contains("signature"));
    }

    internal static byte[] ManyPages(int count)
    {
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {count} /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Kids [{string.Join(' ', Enumerable.Range(0, count).Select(n => $"{4 + (2 * n)} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        };
        for (var page = 0; page < count; page++)
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /Contents {5 + (2 * page)} 0 R >>");
            objects.Add(Samples.Stream($"BT /F1 24 Tf 72 700 Td (Page {page + 1}.) Tj ET"));
        }

        return Samples.Pdf([.. objects]);
    }
}

/// <summary>Where a word stands on the first page as displayed, in points from the upper left corner.</summary>
internal sealed record PageBox(double PageWidth, double PageHeight, double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public static PageBox Of(string pdf, string word)
    {
        var html = Samples.Run("pdftotext", "-bbox", "-cropbox", "-l", "1", pdf, "-").Output;
        var page = Numbers(html.Split('\n').First(line => line.Contains("<page ", StringComparison.Ordinal)));
        var box = Numbers(html.Split('\n').First(line => line.Contains(word, StringComparison.Ordinal)));
        return new PageBox(page[0], page[1], box[0], box[1], box[2], box[3]);
    }

    private static double[] Numbers(string line) =>
        [.. line.Split('"').Where((_, index) => index % 2 == 1).Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
}
