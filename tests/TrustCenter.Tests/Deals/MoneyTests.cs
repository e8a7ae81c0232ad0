using FsCheck;
using FsCheck.Fluent;
using TrustCenter.Deals;

namespace TrustCenter.Tests.Deals;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("1234", "1234")]
    [InlineData("1234.5", "1234.5")]
    [InlineData("1234.56", "1234.56")]
    [InlineData("1,234.56", "1234.56")]
    [InlineData("1,234", "1234")]
    [InlineData("12 345 678", "12345678")]
    [InlineData("12'345.60", "12345.60")]
    [InlineData("12’345", "12345")]
    [InlineData("12\u00A0345", "12345")]
    [InlineData("12\u202F345", "12345")]
    [InlineData(" 42 ", "42")]
    [InlineData("999999999999.99", "999999999999.99")]
    public void An_amount_is_read(string typed, string amount)
    {
        Money.TryParse(typed, out var read, out var problem).ShouldBeTrue(problem);
        read.ShouldBe(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
        problem.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1.234,56", "Write 1234.56: a point before the cents, no other separators.")]
    [InlineData("1.234.567,8", "Write 1234567.8: a point before the cents, no other separators.")]
    [InlineData("1234,5", "Write 1234.5: a point before the cents, no other separators.")]
    [InlineData("1 234,50", "Write 1234.50: a point before the cents, no other separators.")]
    [InlineData("1.234", "Write it like 1234.56: a point before the cents, no other separators.")]
    [InlineData("1,23,456", "Write it like 1234.56: a point before the cents, no other separators.")]
    [InlineData("1,234'567", "Write it like 1234.56: a point before the cents, no other separators.")]
    [InlineData("1234,567", "Write it like 1234.56: a point before the cents, no other separators.")]
    [InlineData("0,123", "Write it like 1234.56: a point before the cents, no other separators.")]
    [InlineData("1,234.567", "Write it like 1234.56: a point before the cents, no other separators.")]
    [InlineData("12.", "Write it like 1234.56: a point before the cents, no other separators.")]
    [InlineData(".5", "Write it like 1234.56: a point before the cents, no other separators.")]
    [InlineData("1  234", "Write it like 1234.56: a point before the cents, no other separators.")]
    [InlineData(",", "Write it like 1234.56: a point before the cents, no other separators.")]
    [InlineData("-5", "An amount cannot be negative.")]
    [InlineData("−5", "An amount cannot be negative.")]
    [InlineData("1e5", "Write the amount in the digits 0 to 9 only, for example 1234.56; the currency has its own field.")]
    [InlineData("+5", "Write the amount in the digits 0 to 9 only, for example 1234.56; the currency has its own field.")]
    [InlineData("EUR 5", "Write the amount in the digits 0 to 9 only, for example 1234.56; the currency has its own field.")]
    [InlineData("١٢٣", "Write the amount in the digits 0 to 9 only, for example 1234.56; the currency has its own field.")]
    [InlineData("１２", "Write the amount in the digits 0 to 9 only, for example 1234.56; the currency has its own field.")]
    [InlineData("1\n2", "Write the amount in the digits 0 to 9 only, for example 1234.56; the currency has its own field.")]
    [InlineData("1234567890123", "An amount has at most 12 digits before the point.")]
    [InlineData("1,234,567,890,123.00", "An amount has at most 12 digits before the point.")]
    [InlineData("", "Write an amount, for example 1234.56.")]
    [InlineData(null, "Write an amount, for example 1234.56.")]
    public void What_could_mean_two_amounts_is_asked_again(string? typed, string why)
    {
        Money.TryParse(typed, out var amount, out var problem).ShouldBeFalse();
        amount.ShouldBe(0);
        problem.ShouldBe(why);
    }

    [Theory]
    [InlineData("12345", "EUR 12,345")]
    [InlineData("12345.5", "EUR 12,345.50")]
    [InlineData("0", "EUR 0")]
    [InlineData("0.005", "EUR 0.01")]
    [InlineData("-1234.10", "EUR -1,234.10")]
    public void An_amount_is_shown_without_cents_when_there_are_none(string amount, string shown) =>
        Money.Show(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "EUR").ShouldBe(shown);

    [Fact]
    public void What_is_shown_can_be_typed_again()
    {
        var cents = Gen.Choose(0, int.MaxValue).Select(whole => whole / 100m).ToArbitrary();
        Prop.ForAll(cents, amount => Money.TryParse(Money.Show(amount, "EUR")[4..], out var read, out _) && read == amount)
            .Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void No_text_makes_the_reader_throw() =>
        Prop.ForAll(Gen.Elements("1.,' -e2٣\u00A0".ToCharArray()).ArrayOf().Select(parts => new string(parts)).ToArbitrary(), text =>
            Money.TryParse(text, out var amount, out var problem) ? amount >= 0 && problem.Length == 0 : problem.Length > 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Theory]
    [InlineData("EUR", true)]
    [InlineData("JPY", true)]
    [InlineData("eur", false)]
    [InlineData("XXX", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_currency_is_a_code_of_the_standard(string? code, bool known) => Currency.IsKnown(code).ShouldBe(known);

    [Fact]
    public void Every_currency_is_listed_once_in_order() => Currency.Codes.ShouldBe(Currency.Codes.Distinct().Order(StringComparer.Ordinal));
}
