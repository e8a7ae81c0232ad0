using TrustCenter.Import;

namespace TrustCenter.Tests.Import;

[Trait("Case", "T-051")]
public sealed class EvidenceImportTests
{
    private const string Head = "key,title,kind,class,from,to,validUntil,file,note\n";

    [Fact]
    public void Rows_with_the_same_key_are_versions_in_their_order()
    {
        using var folder = new ImportTestFolder().Write("files/a.pdf", "%PDF").Write("files/sub/b 報告.md", "# b")
            .Write("evidence.csv", Head + "soc,SOC 2,SOC 2 report,under agreement,2025-01-01,2025-12-31,2026-12-31,a.pdf,first\nsoc,,,,2026-01-01,,,sub/b 報告.md,\n");

        var document = folder.Read().Content.Documents.ShouldHaveSingleItem();

        (document.Kind, document.Class).ShouldBe((ImportKind.Soc2Report, ImportClass.UnderAgreement));
        document.Versions.Select(v => v.File.Name).ShouldBe(["a.pdf", "sub/b 報告.md"]);
        document.Versions.Select(v => v.IsMarkdown).ShouldBe([false, true]);
        document.Versions[0].File.Length.ShouldBe(4);
        File.ReadAllText(document.Versions[1].File.Path).ShouldBe("# b");
    }

    [Fact]
    public void The_folder_of_files_may_be_written_or_left_out()
    {
        using var folder = new ImportTestFolder().Write("files/a.pdf", "%PDF").Write("evidence.csv", Head + "k,T,policy,public,,,,files/a.pdf,\n");
        folder.Read().Content.Documents.ShouldHaveSingleItem().Versions[0].File.Name.ShouldBe("a.pdf");
    }

    [Theory]
    [InlineData("files/../../vendor.yaml")]
    [InlineData("files//etc/passwd")]
    [InlineData("files/")]
    [InlineData("../vendor.yaml")]
    [InlineData("../../etc/passwd")]
    [InlineData("sub/../../vendor.yaml")]
    [InlineData("./a.pdf")]
    [InlineData("/etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("sub//a.pdf")]
    [InlineData("a.pdf/")]
    [InlineData("..")]
    [InlineData(".. /a.pdf")]
    [InlineData("..\\vendor.yaml")]
    [InlineData("C:\\a.pdf")]
    [InlineData("C:a.pdf")]
    [InlineData("file:///etc/passwd")]
    [InlineData("a.pdf\u202Efdp.exe")]
    [InlineData("sub")]
    [InlineData("missing.pdf")]
    [InlineData("..%2fvendor.yaml")]
    [InlineData("~/a.pdf")]
    public void A_name_that_leads_elsewhere_is_refused(string name)
    {
        using var folder = new ImportTestFolder().Write("files/a.pdf", "%PDF").Write("files/sub/c.pdf", "%PDF")
            .Write("evidence.csv", Head + $"k,T,policy,public,,,,{name},\n");
        var error = folder.OnlyError();
        (error.File, error.Row, error.Column, error.Kind).ShouldBe(("evidence.csv", 2, "file", "file"));
        folder.Read().Content.Documents.ShouldBeEmpty();
    }

    [Fact]
    public void Links_are_not_followed()
    {
        using var other = new ImportTestFolder().Write("secret.pdf", "%PDF");
        using var folder = new ImportTestFolder().Write("files/a.pdf", "%PDF")
            .Write("evidence.csv", Head + "k,T,policy,public,,,,link.pdf,\nm,T,policy,public,,,,dir/secret.pdf,\nn,T,policy,public,,,,dir/../a.pdf,\n");
        File.CreateSymbolicLink(Path.Combine(folder.Root, "files", "link.pdf"), Path.Combine(other.Root, "secret.pdf"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "files", "dir"), other.Root);
        folder.Read().Errors.Select(e => e.Row).ShouldBe([2, 3, 4]);

        Directory.Move(Path.Combine(folder.Root, "files"), Path.Combine(folder.Root, "real"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "files"), Path.Combine(folder.Root, "real"));
        folder.Write("evidence.csv", Head + "k,T,policy,public,,,,a.pdf,\n");
        folder.OnlyError().Reason.ShouldContain("link");
    }

    [Fact]
    public void A_table_that_is_a_link_is_not_followed()
    {
        using var other = new ImportTestFolder();
        using var folder = new ImportTestFolder(vendor: "");
        File.CreateSymbolicLink(Path.Combine(folder.Root, "vendor.yaml"), Path.Combine(other.Root, "vendor.yaml"));
        folder.OnlyError().Reason.ShouldContain("link");
    }

    [Fact]
    public void An_empty_file_and_a_file_that_is_too_long_are_refused()
    {
        using var folder = new ImportTestFolder().Write("files/empty.pdf", "").Write("files/long.pdf", "x")
            .Write("evidence.csv", Head + "k,T,policy,public,,,,empty.pdf,\nm,T,policy,public,,,,long.pdf,\n");
        using (var file = File.OpenWrite(Path.Combine(folder.Root, "files", "long.pdf"))) file.SetLength(ImportLimits.File + 1);
        var errors = folder.Read().Errors;
        errors[0].Reason.ShouldContain("empty");
        errors[1].Reason.ShouldContain("78,643,200");
    }

    [Theory]
    [InlineData("k,T,policy,public,,,,a.pdf,\nk,T,policy,on request,,,,b.pdf,\n", 3, "differs between versions")]
    [InlineData("k,T,policy,public,,,,a.pdf,\nk,T,policy,public,,,,a.pdf,\n", 3, "duplicate file")]
    [InlineData("k,T,policy,public,2026-02-01,2026-01-01,,a.pdf,\n", 2, "wrong order")]
    [InlineData("k,T,policy,secret,,,,a.pdf,\n", 2, "unknown word")]
    [InlineData("k,,policy,public,,,,a.pdf,\n", 2, "missing value")]
    [InlineData("k,T,policy,public,,,,,\n", 2, "missing value")]
    [InlineData("My Key,T,policy,public,,,,a.pdf,\n", 2, "not a key")]
    public void A_wrong_row_is_named(string rows, int row, string kind)
    {
        using var folder = new ImportTestFolder().Write("files/a.pdf", "%PDF").Write("files/b.pdf", "%PDF").Write("evidence.csv", Head + rows);
        var error = folder.OnlyError();
        (error.Row, error.Kind).ShouldBe((row, kind));
    }
}
