using FsCheck;
using FsCheck.Fluent;
using TrustCenter.Pages;

namespace TrustCenter.Tests.Pages;

public sealed class CsvCellTests
{
    [Theory, Trait("Case", "T-100")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠x", "'＠x")]
    [InlineData("−1", "'−1")]
    [InlineData(" =1", "' =1")]
    [InlineData("\u00A0=1", "'\u00A0=1")]
    [InlineData("\uFEFF=1", "'\uFEFF=1")]
    [InlineData("\u200B=1", "'\u200B=1")]
    [InlineData("'=1", "''=1")]
    [InlineData("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1")]
    [InlineData("=HYPERLINK(\"https://evil.example\",\"x\")", "\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"x\"\")\"")]
    [InlineData("a;=1", "\"a;=1\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_cell_is_text_to_every_spreadsheet(string? text, string cell) => CsvCell.Write(text).ShouldBe(cell);

    [Fact, Trait("Case", "T-100")]
    public void What_was_written_reads_back_as_itself()
    {
        var texts = Gen.Elements("=", "+", "-", "@", "'", "\"", ",", ";", "\t", "\r", "\n", " ", "＝", "\uFEFF", "a", "é").ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(texts, texts, (first, second) => ReadRow($"{CsvCell.Write(first)},{CsvCell.Write(second)},end") is [var one, var two, "end"]
            && CsvCell.Read(one) == first && CsvCell.Read(two) == second)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact, Trait("Case", "T-100")]
    public void No_cell_starts_a_formula()
    {
        var texts = Gen.Elements("=", "+", "-", "@", "＝", "＠", "\t", "\r", "\n", " ", "\u200B", "\u00A0", "'", "\"", "a").ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(texts, text => ReadRow($"{CsvCell.Write(text)},end")[0].Trim([' ', '\u200B', '\u00A0']) is var seen
            && (seen.Length == 0 || !"=+-@＝＠\t\r\n".Contains(seen[0], StringComparison.Ordinal)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    // RFC 4180, section 2, for one row: a reader that shares nothing with the writer.
    private static string[] ReadRow(string row)
    {
        var cells = new List<string> { "" };
        var inside = false;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == '"' && inside && i + 1 < row.Length && row[i + 1] == '"') cells[^1] += row[++i];
            else if (row[i] == '"') inside = !inside;
            else if (row[i] == ',' && !inside) cells.Add("");
            else cells[^1] += row[i];
        }

        return [.. cells];
    }
}
