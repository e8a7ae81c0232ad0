using TrustCenter.Import;

namespace TrustCenter.Tests.Import;

public sealed class FolderImportTests
{
    [Fact]
    public void A_folder_without_its_vendor_says_which_file_to_add()
    {
        using var folder = new ImportTestFolder(vendor: "");
        var error = folder.OnlyError();
        error.File.ShouldBe("vendor.yaml");
        error.Reason.ShouldContain("is not there");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error()
    {
        ImportFolder.Read(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString())).Errors.ShouldHaveSingleItem().Reason.ShouldContain("not there");
    }

    [Fact]
    public void The_vendor_his_topics_and_his_audiences_are_read()
    {
        using var folder = new ImportTestFolder(ImportTestFolder.Vendor
            + "\naccent: \"#1F6FEB\"\nlogo: logo.svg\ncontact: security@northwind.example\nwebsite: https://northwind.example\n").Write("logo.svg", "<svg/>");

        var reading = folder.Read();

        reading.Errors.ShouldBeEmpty();
        reading.Warnings.ShouldBeEmpty();
        var (vendor, audience) = (reading.Content.Vendor.ShouldNotBeNull(), reading.Content.Audiences.ShouldHaveSingleItem());
        (vendor.Host, vendor.Accent, vendor.Logo?.Length, vendor.Currency).ShouldBe(("northwind", "#1f6feb", 6, "EUR"));
        audience.Topics.ShouldBe(["data", "access"]);
        audience.More.ShouldBe(new ImportMore("Read on", "/docs"));
    }

    [Theory]
    [InlineData("host: North Wind", "host", "not a host")]
    [InlineData("host: -a", "host", "not a host")]
    [InlineData("host: a.b", "host", "not a host")]
    [InlineData("accent: red", "accent", "not a colour")]
    [InlineData("contact: Sec <a@b.c>", "contact", "not an e-mail address")]
    [InlineData("website: javascript:alert(1)", "website", "not an address")]
    [InlineData("website: https://a@b.example/", "website", "not an address")]
    [InlineData("logo: ../logo.svg", "logo", "file")]
    [InlineData("currency: euro", "currency", "not a currency")]
    [InlineData("topics: [access]", "topics", "wrong shape")]
    [InlineData("topics: [{key: a, name: A}, {key: a, name: B}]", "key", "duplicate key")]
    [InlineData("audiences: [{key: a, name: A, topics: [b]}]", "topics", "unknown topic")]
    [InlineData("audiences: [{key: a, name: A, more: {label: L, address: //evil.example}}]", "address", "not an address")]
    [InlineData("audiences: [{key: a, name: A, more: {label: L, address: \"javascript:x\"}}]", "address", "not an address")]
    public void A_wrong_value_of_the_vendor_is_named(string line, string column, string kind)
    {
        using var folder = new ImportTestFolder("name: N\n" + (line.StartsWith("host", StringComparison.Ordinal) ? "" : "host: n\n") + line);
        var error = folder.OnlyError();
        (error.File, error.Column, error.Kind).ShouldBe(("vendor.yaml", column, kind));
    }

    [Fact]
    public void An_agreement_has_a_title_a_version_and_a_text()
    {
        using var folder = new ImportTestFolder().Write("agreement.md", "---\r\ntitle: Mutual NDA\r\nversion: 2026-01\r\n---\r\n\r\n# One\r\n\r\ntext\r\n---\r\nmore\r\n");
        folder.Read().Content.Agreement.ShouldBe(new ImportAgreement { Title = "Mutual NDA", Version = "2026-01", Body = "# One\n\ntext\n---\nmore" });
    }

    [Theory]
    [InlineData("# no front matter", 1)]
    [InlineData("---\ntitle: a\nversion: 1\n", 1)]
    [InlineData("---\ntitle: a\n---\ntext", 2)]
    [InlineData("---\ntitle: *a\nversion: 1\n---\ntext", 2)]
    [InlineData("---\n---\ntext", 1)]
    [InlineData("---\ntitle: a\nversion: 1\n---\n", null)]
    public void A_wrong_agreement_is_named(string text, int? row)
    {
        using var folder = new ImportTestFolder().Write("agreement.md", text);
        var error = folder.OnlyError();
        (error.File, error.Row).ShouldBe(("agreement.md", row));
    }

    [Fact]
    public void A_subprocessor_without_a_key_gets_one_from_its_name_and_products()
    {
        using var folder = new ImportTestFolder().Write("subprocessors.csv",
            "name,products,website,since\nAmazon Web Services,Ledger;Vault,https://aws.amazon.com,2024-05-01\nAmazon Web Services,,,\n株式会社,,,\nÅngström,,,\nAngström,,,\n");
        var keys = folder.Read().Content.Subprocessors.Select(s => s.Key).ToList();
        keys[..2].ShouldBe(["amazon-web-services-ledger-vault", "amazon-web-services"]);
        keys.Distinct().Count().ShouldBe(5);
        keys.ShouldAllBe(key => Slug.IsKey(key));
    }

    [Theory]
    [InlineData("dealz: {source: a.csv}", "unknown section")]
    [InlineData("deals: {sauce: a.csv}", "unknown option")]
    [InlineData("deals: {source: ../a.csv}", "file")]
    [InlineData("deals: {source: a.xlsx}", "file")]
    [InlineData("deals: {columns: {kee: id}}", "unknown column")]
    [InlineData("deals: {columns: [a]}", "wrong shape")]
    [InlineData("deals: {separator: x}", "unknown word")]
    [InlineData("deals: {key: id}", "wrong shape")]
    [InlineData("[deals]", "wrong shape")]
    public void A_slip_in_the_mapping_is_an_error(string mapping, string kind)
    {
        using var folder = new ImportTestFolder().Write("import.yaml", mapping);
        folder.OnlyError().Kind.ShouldBe(kind);
    }

    [Fact]
    public void A_mapped_column_that_the_file_does_not_have_is_an_error()
    {
        using var folder = new ImportTestFolder().Write("import.yaml", "deals: {source: a.csv, separator: \";\", columns: {key: Id}}")
            .Write("a.csv", "Ident;outcome\n1;won\n");
        var error = folder.OnlyError();
        (error.Column, error.Kind).ShouldBe(("Id", "missing column"));
    }

    [Theory]
    [InlineData("\"%\"")]
    [InlineData("\"'\"")]
    [InlineData("\"\\\\\"")]
    [InlineData("yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy")]
    [InlineData("HH:mm")]
    [InlineData("d/M")]
    public void A_senseless_date_format_is_an_error_of_the_mapping(string format)
    {
        using var folder = new ImportTestFolder().Write("import.yaml", $"deals: {{dates: [{format}]}}").Write("deals.csv", "key,account,outcome\nd,A,won\n");
        folder.OnlyError().Kind.ShouldBe("not a date format");
    }

    [Fact]
    public void The_report_counts_groups_and_cleans()
    {
        using var folder = new ImportTestFolder("name: \"N\\e[31m\\u202Eevil\"\nhost: n\n\"x\\e]0;y\\a\": z\n");
        using var report = new StringWriter();

        ImportReport.Print(folder.Read(), report);

        report.ToString().ShouldContain("Errors: 1");
        report.ToString().ShouldContain("Nothing is imported");
        report.ToString().Any(c => char.IsControl(c) && c is not ('\n' or '\r')).ShouldBeFalse();
        report.ToString().ShouldNotContain("\u202E");
    }
}
