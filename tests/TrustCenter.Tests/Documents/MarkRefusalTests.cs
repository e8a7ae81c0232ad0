using System.Text;
using TrustCenter.Documents;

namespace TrustCenter.Tests.Documents;

public sealed class MarkRefusalTests
{
    [Fact, Trait("Case", "T-042")]
    public async Task An_empty_file_is_refused() => await Refused([], RefusalKind.Empty);

    [Theory, Trait("Case", "T-042")]
    [InlineData("PK\u0003\u0004 word/document.xml")]
    [InlineData("<html><script>alert(1)</script></html>")]
    [InlineData("GIF89a%PD")]
    public async Task A_file_that_only_calls_itself_pdf_is_refused(string content) => await Refused(Encoding.Latin1.GetBytes(content), RefusalKind.NotPdf);

    [Theory, Trait("Case", "T-042")]
    [InlineData("%PDF-1.7\nnothing follows")]
    [InlineData("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer << /Root 1 0 R >>")]
    public async Task A_malformed_file_is_refused(string content) => await Refused(Encoding.Latin1.GetBytes(content), RefusalKind.Broken);

    [Fact, Trait("Case", "T-042")]
    public async Task A_file_that_needs_a_password_is_refused()
    {
        using var folder = new Folder();
        var path = Encrypted(folder, "secret");
        (await folder.Prepare(path, confirmed: true)).ShouldBeOfType<MarkResult.Refused>().Kind.ShouldBe(RefusalKind.NeedsPassword);
        File.Exists(folder["template.pdf"]).ShouldBeFalse();
    }

    [Fact, Trait("Case", "T-042")]
    public async Task Restrictions_are_lifted_only_after_the_right_to_is_confirmed()
    {
        using var folder = new Folder();
        var path = Encrypted(folder, "");

        (await folder.Prepare(path)).ShouldBeOfType<MarkResult.Refused>().Kind.ShouldBe(RefusalKind.Restricted);
        File.Exists(folder["template.pdf"]).ShouldBeFalse();
        (await folder.Prepare(path, confirmed: true)).ShouldBeOfType<MarkResult.Prepared>().Decrypted.ShouldBeTrue();

        Samples.Run("qpdf", "--is-encrypted", folder["template.pdf"]).ExitCode.ShouldBe(2);
    }

    [Fact, Trait("Case", "T-054")]
    public async Task Without_its_reader_nothing_is_marked() =>
        await Refused(Samples.OnePage(), RefusalKind.ToolMissing, new PdfTools { Qpdf = "no-such-reader" });

    [Fact, Trait("Case", "T-054")]
    public async Task A_reader_that_crashes_means_refusal() => await WithReader("kill -SEGV $$", RefusalKind.Broken);

    [Fact, Trait("Case", "T-054")]
    public async Task A_reader_that_spins_is_stopped() =>
        await WithReader("while :; do :; done", RefusalKind.TooSlow, new ToolLimits { CpuSeconds = 1 });

    [Fact, Trait("Case", "T-054")]
    public async Task A_reader_that_sleeps_is_stopped() =>
        await WithReader("exec sleep 60", RefusalKind.TooSlow, new ToolLimits { Wall = TimeSpan.FromMilliseconds(300) });

    [Fact, Trait("Case", "T-054")]
    public async Task A_reader_that_takes_too_much_memory_means_refusal() =>
        await Refused(MarkerTests.ManyPages(10_000), RefusalKind.TooBig, new PdfTools { Limits = new ToolLimits { Memory = 32L << 20 } });

    [Fact, Trait("Case", "T-054")]
    public async Task A_template_that_grows_too_big_means_refusal() =>
        await Refused(MarkerTests.ManyPages(300), RefusalKind.TooBig, new PdfTools { Limits = new ToolLimits { LargestFile = 20 << 10 } });

    [Fact]
    public async Task A_file_over_the_upload_bound_is_refused() =>
        await Refused(MarkerTests.ManyPages(10), RefusalKind.TooBig, new PdfTools { LargestUpload = 1000 });

    [Fact]
    public async Task A_missing_second_reader_is_said_to_the_editor()
    {
        using var folder = new Folder();
        var result = await PdfMarker.Prepare(
            folder.Write("in.pdf", Samples.OnePage()), folder["template.pdf"], false, new PdfTools { PdfToText = "no-such-reader" }, default);
        result.ShouldBeOfType<MarkResult.Prepared>().Warnings.ShouldContain(warning => warning.Contains("poppler-utils"));
    }

    [Fact, Trait("Case", "T-042")]
    public async Task A_file_with_flipped_bytes_is_marked_or_refused_and_never_an_error()
    {
        var dice = new Random(11);
        for (var round = 0; round < 25; round++)
        {
            using var folder = new Folder();
            var bytes = Samples.OnePage("/Outlines 3 0 R", "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] >>]");
            for (var flips = 0; flips < 1 + (round * 2); flips++) bytes[dice.Next(9, bytes.Length)] = (byte)dice.Next(256);
            var result = await folder.Prepare(bytes, confirmed: true);
            (result is MarkResult.Prepared).ShouldBe(File.Exists(folder["template.pdf"]));
        }
    }

    [Fact]
    public async Task Nothing_is_left_behind_in_the_temporary_folder()
    {
        var before = Directory.GetDirectories(Path.GetTempPath(), "trustcenter-mark-*").Length;
        using var folder = new Folder();
        await folder.Prepare(Samples.OnePage());
        await folder.Prepare("%PDF-1.4"u8.ToArray());
        Directory.GetDirectories(Path.GetTempPath(), "trustcenter-mark-*").Length.ShouldBeLessThanOrEqualTo(before + 2);
    }

    private static string Encrypted(Folder folder, string userPassword)
    {
        var plain = folder.Write("plain.pdf", Samples.OnePage());
        Samples.Run("qpdf", plain, "--encrypt", userPassword, "owner", "256", "--print=none", "--", folder["locked.pdf"]).ExitCode.ShouldBe(0);
        return folder["locked.pdf"];
    }

    private static async Task WithReader(string script, RefusalKind kind, ToolLimits? limits = null)
    {
        using var folder = new Folder();
        var reader = folder.Write("reader", Encoding.ASCII.GetBytes($"#!/bin/sh\n{script}\n"));
        Samples.Run("chmod", "+x", reader).ExitCode.ShouldBe(0);
        await Refused(Samples.OnePage(), kind, new PdfTools { Qpdf = reader, Limits = limits ?? new ToolLimits() });
    }

    private static async Task Refused(byte[] content, RefusalKind kind, PdfTools? tools = null)
    {
        using var folder = new Folder();
        var result = await PdfMarker.Prepare(folder.Write("report.pdf", content), folder["template.pdf"], true, tools ?? new PdfTools(), default);
        var refused = result.ShouldBeOfType<MarkResult.Refused>();
        refused.Kind.ShouldBe(kind);
        refused.Why.ShouldEndWith(".");
        File.Exists(folder["template.pdf"]).ShouldBeFalse();
    }
}
