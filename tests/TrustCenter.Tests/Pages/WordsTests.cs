using TrustCenter.Pages;

namespace TrustCenter.Tests.Pages;

public sealed class WordsTests
{
    [Fact]
    public void A_date_is_written_in_words()
    {
        Words.Date(new DateOnly(2026, 6, 12)).ShouldBe("12 June 2026");
        Words.ShortDate(new DateOnly(2026, 6, 2)).ShouldBe("2 Jun");
    }

    [Fact]
    public void A_time_is_written_in_UTC() =>
        Words.Time(new DateTimeOffset(2026, 11, 21, 0, 14, 59, TimeSpan.FromHours(-9))).ShouldBe("21 Nov 2026 09:14 UTC");

    [Theory]
    [InlineData(0, "0 claims")]
    [InlineData(1, "1 claim")]
    [InlineData(2, "2 claims")]
    [InlineData(1_234, "1,234 claims")]
    public void A_count_agrees_with_its_noun(int count, string words) => Words.Count(count, "claim", "claims").ShouldBe(words);

    [Theory]
    [InlineData(97, 100, "97 %")]
    [InlineData(0, 5, "0 %")]
    [InlineData(5, 5, "100 %")]
    [InlineData(1, 1_000, "under 1 %")]
    [InlineData(999, 1_000, "over 99 %")]
    [InlineData(2, 3, "67 %")]
    [InlineData(0, 0, "–")]
    public void A_share_never_rounds_to_none_or_all(int part, int whole, string words) => Words.Percent(part, whole).ShouldBe(words);

    [Theory]
    [InlineData(1, "1 byte")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_000, "1 kB")]
    [InlineData(1_240_000, "1.2 MB")]
    [InlineData(12_400_000, "12 MB")]
    [InlineData(999_950, "1 MB")]
    [InlineData(5_000_000_000_000_000, "5,000 TB")]
    public void A_size_is_written_with_its_unit(long bytes, string words) => Words.Bytes(bytes).ShouldBe(words);
}
