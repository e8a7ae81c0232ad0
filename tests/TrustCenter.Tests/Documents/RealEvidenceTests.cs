using System.Diagnostics;
using TrustCenter.Documents;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Documents;

/// <summary>Reports and policies as companies publish them, and files that broke PDF readers.</summary>
public sealed class RealEvidenceTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, RefusalKind[]> Refusals = new()
    {
        ["Brotli-Prototype-FileA.pdf"] = [RefusalKind.Broken],
        ["bug1978317.pdf"] = [RefusalKind.Broken, RefusalKind.TooSlow],
        ["issue9418.pdf"] = [RefusalKind.Broken],
        ["pr6531_1.pdf"] = [RefusalKind.NeedsPassword],
        ["secHandler.pdf"] = [RefusalKind.ActiveContent],
    };

    private static readonly string[] Restricted =
    [
        "2022-CodeReview-Padlock_password_manager-v1.2.pdf", "Adobe_Systems_-_Coldfusion_Security_Assessment_-_Executive_Report_-_2016.pdf",
        "empty_protected.pdf", "issue7665.pdf", "pr6531_2.pdf", "secHandler.pdf",
    ];

    [Fact, Trait("Case", "T-042")]
    public async Task Every_real_file_is_marked_on_every_page_or_refused_for_the_right_reason()
    {
        foreach (var file in Files())
        {
            using var folder = new Folder();
            var name = Path.GetFileName(file);
            var watch = Stopwatch.StartNew();
            if (Restricted.Contains(name)) (await folder.Prepare(file)).ShouldBeOfType<MarkResult.Refused>(name).Kind.ShouldBe(RefusalKind.Restricted, name);
            var result = await folder.Prepare(file, confirmed: Restricted.Contains(name));
            output.WriteLine($"{watch.ElapsedMilliseconds} ms {name}: {result} {string.Join(" | ", (result as MarkResult.Prepared)?.Warnings ?? [])}");
            if (Refusals.TryGetValue(name, out var kinds))
            {
                kinds.ShouldContain(result.ShouldBeOfType<MarkResult.Refused>(name).Kind, name);
                File.Exists(folder["template.pdf"]).ShouldBeFalse();
            }
            else Verify(folder, name, result.ShouldBeOfType<MarkResult.Prepared>(name));
        }
    }

    [Theory]
    [InlineData("37signals-security-overview.pdf", 3)]
    [InlineData("pentest-report_libssh.pdf", 3)]
    [InlineData("NCC_Microsoft-go-cose-Report_2022-05-26_v1.0.pdf", 2)]
    [InlineData("MagmaWallet.pdf", 3)]
    [InlineData("Data_Processing_Addendum_current.pdf", 2)]
    [InlineData("jpx_smaskindata.pdf", 1)]
    public async Task No_pixel_outside_the_mark_changes(string name, int pages)
    {
        if (Files().FirstOrDefault(path => Path.GetFileName(path) == name) is not { } file) return;
        using var folder = new Folder();
        var prepared = (MarkResult.Prepared)await folder.Prepare(file);
        var marked = folder.Patch(prepared.Slot, MarkText.For("TC-7F3K-9Q2M", "somebody.with.a.long.name@procurement.example", DateTimeOffset.UnixEpoch));
        for (var page = 1; page <= pages; page++)
        {
            var (before, after) = (Picture.Of(file, page, folder["before"]), Picture.Of(marked, page, folder["after"]));
            after.DifferencesOutside(before, left: 270, bottom: 36).ShouldBe(0, $"{name}, page {page}");
            after.DifferencesOutside(before, left: 0, bottom: 0).ShouldBeGreaterThan(0);
        }
    }

    private static void Verify(Folder folder, string name, MarkResult.Prepared prepared)
    {
        var marked = folder.Patch(prepared.Slot, MarkText.For("TC-7F3K-9Q2M", "dana@buyer.example", DateTimeOffset.UnixEpoch));
        new FileInfo(marked).Length.ShouldBe(prepared.Bytes, name);
        Samples.Run("qpdf", "--check", marked).ExitCode.ShouldBeOneOf(0, 3);
        var shown = Samples.PageTexts(marked);
        for (var page = 0; page < prepared.Pages; page++) shown[page].ShouldContain("TC-7F3K-9Q2M", customMessage: $"{name}, page {page + 1}");
    }

    private string[] Files()
    {
        if (Samples.Evidence() is { } folder) return [.. Directory.GetFiles(folder, "*.pdf").Order(StringComparer.Ordinal)];
        output.WriteLine("The real files are not beside this checkout: nothing was looked at.");
        return [];
    }
}

/// <summary>A page as a reader draws it, at 50 dpi.</summary>
internal sealed record Picture(int Width, int Height, byte[] Pixels)
{
    private const int Dpi = 50;

    public static Picture Of(string pdf, int page, string target)
    {
        Samples.Run("pdftoppm", "-r", $"{Dpi}", "-f", $"{page}", "-l", $"{page}", "-singlefile", pdf, target).ExitCode.ShouldBe(0);
        var bytes = File.ReadAllBytes(target + ".ppm");
        var head = System.Text.Encoding.ASCII.GetString(bytes, 0, 40).Split((char[])['\n', ' '], 5);
        var (width, height) = (int.Parse(head[1]), int.Parse(head[2]));
        return new Picture(width, height, bytes[^(3 * width * height)..]);
    }

    /// <summary>Pixels that differ outside a rectangle in the lower left corner, given in points.</summary>
    public int DifferencesOutside(Picture other, double left, double bottom)
    {
        (other.Width, other.Height).ShouldBe((Width, Height));
        var differences = 0;
        for (var at = 0; at < Pixels.Length; at++)
        {
            var (x, y) = (at / 3 % Width, at / 3 / Width);
            var inside = x < left * Dpi / 72 && y >= Height - (bottom * Dpi / 72);
            if (!inside && Pixels[at] != other.Pixels[at]) differences++;
        }

        return differences;
    }
}
