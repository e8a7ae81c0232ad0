using FsCheck;
using FsCheck.Fluent;
using TrustCenter.Mail;

namespace TrustCenter.Tests.Mail;

public sealed class MailHeaderTests
{
    [Theory, Trait("Case", "T-103")]
    [InlineData("Hello\r\nBcc: y@evil.io", "Hello Bcc: y@evil.io")]
    [InlineData("Hello\nX", "Hello X")]
    [InlineData("Hello\rX", "Hello X")]
    [InlineData("Hello\u0085X\u2028Y\u2029Z", "Hello X Y Z")]
    [InlineData("a\0b\u001B[31mc", "a b [31mc")]
    [InlineData("  padded\t ", "padded")]
    [InlineData("Zürich, 東京 👩‍💻", "Zürich, 東京 👩‍💻")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_header_is_one_line(string? text, string cleaned) => MailHeader.Clean(text).ShouldBe(cleaned);

    [Fact, Trait("Case", "T-094"), Trait("Case", "T-103")]
    public void Marks_that_reorder_or_hide_text_are_dropped()
    {
        // Written as numbers: attribute data and editors are not trusted with lone or invisible characters.
        int[] marks = [0x061C, 0x200B, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF, 0x00AD, 0xE0041];
        foreach (var mark in marks) MailHeader.Clean($"in{char.ConvertFromUtf32(mark)}voice").ShouldBe("invoice");
        MailHeader.Clean("a" + (char)0xD800 + "b").ShouldBe("ab");
    }

    [Fact]
    public void A_header_is_cut_between_characters()
    {
        MailHeader.Clean(new string('a', 199) + "👩").ShouldBe(new string('a', 199));
        MailHeader.Clean(new string('a', 198) + "👩x").ShouldBe(new string('a', 198) + "👩");
        MailHeader.Clean(new string('a', 300_000)).Length.ShouldBe(MailHeader.LongestValue);
    }

    [Fact, Trait("Case", "T-103")]
    public void Whatever_goes_in_no_control_comes_out() =>
        Prop.ForAll<string?>(text =>
        {
            var cleaned = MailHeader.Clean(text);
            return cleaned.Length <= MailHeader.LongestValue && !cleaned.Any(char.IsControl) && MailHeader.Clean(cleaned) == cleaned;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
