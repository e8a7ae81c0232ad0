using System.Text;
using TrustCenter.Import;
using TrustCenter.Pages;

namespace TrustCenter.Tests.Import;

[Trait("Case", "T-105")]
public sealed class TableImportTests
{
    private const string Head = "key,account,product,amount,outcome\n";

    [Fact]
    public void A_byte_order_mark_windows_line_ends_and_quoted_lines_are_read()
    {
        using var folder = new ImportTestFolder().Write("deals.csv",
            "\uFEFFkey,account,product,amount,outcome,reason\r\n\r\nd1,\"Acme, Inc.\",Ledger,10.50,won,\"They said\r\n\"\"yes\"\"\r\nto all\"\r\nd2,,Ledger,,lost,\r\n");

        var reading = folder.Read();

        reading.Errors.ShouldBeEmpty();
        var deal = reading.Content.Deals[0];
        deal.Account.ShouldBe("Acme, Inc.");
        deal.Amount.ShouldBe(10.50m);
        deal.Reason.ShouldBe("They said\n\"yes\"\nto all");
        deal.Currency.ShouldBe("EUR");
        reading.Content.Deals[1].Amount.ShouldBeNull();
        var warning = reading.Warnings.ShouldHaveSingleItem();
        (warning.Row, warning.Column, warning.Kind).ShouldBe((6, "account", "deal without account"));
    }

    [Fact]
    public void A_key_used_twice_is_an_error_that_names_both_rows()
    {
        using var folder = new ImportTestFolder().Write("deals.csv", Head + "d1,A,Ledger,1,won\nd2,A,Ledger,1,won\nd1,A,Ledger,1,won\n");
        var error = folder.OnlyError();
        (error.File, error.Row, error.Column).ShouldBe(("deals.csv", 4, "key"));
        error.Reason.ShouldContain("row 2 and again in row 4");
    }

    [Theory]
    [InlineData("1.234,56", "1234.56")]
    [InlineData("1,234.56", "1234.56")]
    [InlineData("€12", "digits only")]
    [InlineData("12 EUR", "digits only")]
    [InlineData("-5", "not negative")]
    [InlineData("1e9", "digits only")]
    [InlineData("NaN", "digits only")]
    [InlineData("1234567890123", "at most 12")]
    [InlineData("1.234", "2 after")]
    [InlineData("١٢", "not an amount")]
    public void A_wrong_amount_says_how_to_write_it(string amount, string hint)
    {
        using var folder = new ImportTestFolder().Write("deals.csv", Head + $"d1,A,Ledger,\"{amount}\",won\n");
        var error = folder.OnlyError();
        (error.Row, error.Column, error.Kind).ShouldBe((2, "amount", "not an amount"));
        error.Reason.ShouldContain(hint);
    }

    [Fact]
    public void An_unknown_product_is_a_warning_that_guesses_and_the_row_stays()
    {
        using var folder = new ImportTestFolder().Write("deals.csv", Head + "d1,A,LED GER,1,won\n");
        var reading = folder.Read();
        reading.MayApply.ShouldBeTrue();
        reading.Content.Deals[0].Product.ShouldBe("LED GER");
        reading.Warnings.ShouldHaveSingleItem().Reason.ShouldContain("Is it \"Ledger\"?");
    }

    [Fact]
    public void Names_with_commas_between_are_warned_about_with_the_right_separator()
    {
        using var folder = new ImportTestFolder().Write("subprocessors.csv", "name,products\nHost,\"Ledger, Vault\"\n");
        folder.Read().Warnings.ShouldHaveSingleItem().Reason.ShouldContain("Put \";\" between");
    }

    [Fact]
    public void An_unknown_column_is_warned_about_once()
    {
        using var folder = new ImportTestFolder().Write("deals.csv", "key,outcome,account,acount\nd1,won,A,B\nd2,won,A,B\n");
        var warning = folder.Read().Warnings.ShouldHaveSingleItem();
        (warning.Column, warning.Kind).ShouldBe(("acount", "unknown column"));
    }

    [Theory]
    [InlineData("key,outcome\nd1,won,x\n", 2, "number of fields")]
    [InlineData("key,outcome,account\nd1,won\n", 2, "number of fields")]
    [InlineData("key,outcome\nd1,\"won\nd2,won\n", 2, "quotes")]
    [InlineData("key,outcome,Key\nd1,won,d2\n", 1, "column names")]
    [InlineData("key;outcome\nd1;won\n", 1, "column names")]
    [InlineData("key,outcome\nd1,perhaps\n", 2, "unknown word")]
    [InlineData("key,outcome\n,won\n", 2, "missing value")]
    [InlineData("key,outcome\nd1,\n", 2, "missing value")]
    [InlineData("key,outcome,closed\nd1,won,21.11.2026\n", 2, "not a date")]
    [InlineData("key,outcome,closed\nd1,won,0001-01-01\n", 2, "not a date")]
    [InlineData("key,outcome,claim\nd1,won,nothing\n", 2, "unknown claim")]
    [InlineData("key,outcome,domain\nd1,won,http://a.b\n", 2, "not a domain")]
    [InlineData("key,outcome,stage\nd1,won,\"a\nb\"\n", 2, "several lines")]
    [InlineData("key,outcome,stage\nd1,won,a\u001b[31mb\n", 2, "control character")]
    [InlineData("key,outcome,currency\nd1,won,euro\n", 2, "not a currency")]
    public void A_broken_row_is_named_with_its_line(string csv, int row, string kind)
    {
        using var folder = new ImportTestFolder().Write("deals.csv", csv);
        var error = folder.OnlyError();
        (error.File, error.Row, error.Kind).ShouldBe(("deals.csv", row, kind));
        folder.Read().Content.Deals.ShouldBeEmpty();
    }

    [Fact]
    public void Bytes_that_are_not_utf8_and_nul_are_named_with_their_line()
    {
        foreach (var broken in new byte[][] { [0xE9], [0xC3], [0xED, 0xA0, 0x80], [0x00], [0xFF, 0xFE] })
        {
            using var folder = new ImportTestFolder().Write("deals.csv", [.. Encoding.UTF8.GetBytes(Head + "d1,A,Ledger,1,won\nd2,"), .. broken, .. ",Ledger,1,won\n"u8]);
            var error = folder.OnlyError();
            (error.Row, error.Kind).ShouldBe((3, "not UTF-8"));
        }
    }

    [Fact]
    public void The_line_is_right_far_behind_the_first_block()
    {
        using var folder = new ImportTestFolder().Write("deals.csv",
            [.. Encoding.UTF8.GetBytes(Head + string.Concat(Enumerable.Range(1, 20_000).Select(i => $"d{i},Å,Ledger,1,won\n"))), 0xE9, (byte)'\n']);
        folder.OnlyError().Row.ShouldBe(20_002);
    }

    [Fact]
    public void An_overlong_field_and_an_endless_quote_are_errors()
    {
        using var folder = new ImportTestFolder().Write("deals.csv", Head + $"d1,{new string('a', 300)},Ledger,1,won\nd2,A,\"" + new string('b', 3_000_000));
        var errors = folder.Read().Errors;
        errors.Select(e => (e.Row, e.Kind)).ShouldBe([(2, "too long"), (3, "quotes")]);
    }

    [Fact]
    public void One_deal_too_many_is_refused()
    {
        var csv = new StringBuilder(Head);
        for (var i = 0; i <= ImportLimits.Deals; i++) csv.Append('d').Append(i).Append(",A,Ledger,1,won\n");
        using var folder = new ImportTestFolder().Write("deals.csv", csv.ToString());
        var error = folder.OnlyError();
        (error.Row, error.Kind).ShouldBe((ImportLimits.Deals + 2, "too many rows"));
    }

    [Fact]
    public void Problems_are_counted_after_the_first_two_hundred()
    {
        using var folder = new ImportTestFolder().Write("deals.csv", Head + string.Concat(Enumerable.Range(1, 1_000).Select(i => $"d{i},,Ledger,x,won\n")));
        var reading = folder.Read();
        reading.Errors.Count.ShouldBe(ImportLimits.Problems);
        reading.ErrorCount.ShouldBe(1_000);
        reading.WarningGroups.ShouldHaveSingleItem().Count.ShouldBe(1_000);
        using var report = new StringWriter();
        ImportReport.Print(reading, report);
        report.ToString().ShouldContain("and 999 more: not an amount, rows 3, 4, 5, 6 ...");
    }

    [Fact]
    public void Owners_fill_the_manager_that_a_deal_does_not_name()
    {
        using var folder = new ImportTestFolder().Write("owners.csv", "owner,manager,region\nRo,Ada,North\n")
            .Write("deals.csv", "key,account,outcome,owner,manager\nd1,A,won,Ro,\nd2,A,won,Ro,Bo\nd3,A,won,Cy,\n");
        var reading = folder.Read();
        reading.Content.Deals.Select(d => d.Manager).ShouldBe(["Ada", "Bo", null]);
        reading.Warnings.ShouldHaveSingleItem().Kind.ShouldBe("unknown owner");
    }

    [Fact]
    public void Reading_twice_gives_the_same()
    {
        using var folder = new ImportTestFolder().Write("deals.csv", Head + "d1,A,Ledger,1,won\n");
        folder.Read().Content.Deals.ShouldBe(folder.Read().Content.Deals);
    }

    [Fact]
    public void A_table_with_a_slip_in_its_name_is_pointed_out()
    {
        using var folder = new ImportTestFolder().Write("deal.csv", Head);
        folder.Read().Warnings.ShouldHaveSingleItem().Kind.ShouldBe("file not read");
    }

    [Theory]
    [Trait("Case", "T-100")]
    [InlineData("=1+1")]
    [InlineData("'=1+1")]
    [InlineData("''@a")]
    [InlineData("-5")]
    [InlineData("＝1")]
    [InlineData("'quoted'")]
    [InlineData("plain")]
    [InlineData("")]
    public void A_text_guarded_against_spreadsheets_reads_as_it_was(string text)
    {
        using var folder = new ImportTestFolder().Write("deals.csv", "key,outcome,reason\nd1,open," + CsvCell.Write(text) + "\n");
        (folder.Read().Content.Deals[0].Reason ?? "").ShouldBe(text);
    }
}
