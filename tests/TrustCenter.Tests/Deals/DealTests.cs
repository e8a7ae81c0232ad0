using TrustCenter.Deals;
using TrustCenter.Engine;

namespace TrustCenter.Tests.Deals;

public sealed class DealTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly SecurityFactor Blocked = new() { Kind = FactorKind.Blocked, Reason = "Data must stay in the EU.", SaidBy = SaidBy.BuyersWords };

    private static DealWords Words() => new() { Account = "Example Inc", Amount = 1_234.56m };

    private static Decision<Deal> Set(DealWords words, Deal? deal = null, int basedOn = 0) => new SetDeal { Id = Guid.CreateVersion7(), Words = words, BasedOn = basedOn }.Decide(deal, Actor.System, Noon);

    [Fact]
    public void A_deal_without_a_factor_needs_no_reason() => Set(Words()).Outcome.ShouldBe(new Outcome.Done(1));

    [Fact]
    public void A_factor_says_why_and_whose_words_these_are()
    {
        Set(Words() with { Factor = Blocked with { Reason = " ", SaidBy = null } }).Fields().ShouldBe(["reason", "saidBy"]);
        Set(Words() with { Factor = Blocked }).State!.Words.Factor.ShouldBe(Blocked);
    }

    [Fact]
    public void A_factor_keeps_its_bounds()
        => Set(Words() with { Factor = Blocked with { Reason = new string('x', 501), Requirement = new string('x', 121) } }).Fields().ShouldBe(["reason", "requirement"]);

    [Fact]
    public void A_deal_does_not_close_before_it_opened()
    {
        var day = new DateOnly(2026, 3, 1);

        Set(Words() with { Opened = day, Closed = day.AddDays(-1) }).Fields().ShouldBe(["closed"]);
        Set(Words() with { Opened = day, Closed = day }).Outcome.ShouldBe(new Outcome.Done(1));
    }

    [Theory]
    [InlineData(DealOutcome.Won, false)]
    [InlineData(DealOutcome.Lost, false)]
    [InlineData(DealOutcome.Open, true)]
    [InlineData(DealOutcome.NoDecision, true)]
    public void A_deal_that_was_won_or_lost_has_the_day_it_closed(DealOutcome outcome, bool accepted)
        => (Set(Words() with { Outcome = outcome }).State is not null).ShouldBe(accepted);

    [Theory]
    [InlineData("EUR", true)]
    [InlineData("eur", false)]
    [InlineData("EURO", false)]
    [InlineData("XXX", false)] // no currency
    [InlineData("", false)]
    public void A_currency_is_a_code_of_the_list(string code, bool accepted)
        => (Set(Words() with { Currency = code }).State is not null).ShouldBe(accepted);

    [Theory]
    [InlineData("-0.01", false)]
    [InlineData("0", true)]
    [InlineData("999999999999.99", true)]
    [InlineData("1000000000000", false)]
    [InlineData("79228162514264337593543950335", false)] // the largest decimal: its cents are no number of the database
    public void An_amount_is_what_a_form_could_have_taken(string amount, bool accepted)
    {
        var decision = Set(Words() with { Amount = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture) });

        if (accepted) decision.State!.Rows(default).Single().Columns.ShouldContain(c => c.Column == "amount_cents");
        else decision.Fields().ShouldBe(["amount"]);
    }

    [Fact]
    public void No_text_of_a_deal_is_unbounded()
    {
        var text = new string('x', 121);
        var words = Words() with { ExternalKey = text, Account = text, Domain = text, Product = text, Stage = text, Owner = text, Manager = text, Region = text };

        Set(words).Fields().ShouldBe(["externalKey", "account", "domain", "product", "stage", "owner", "manager", "region"], ignoreOrder: true);
    }

    [Fact]
    public void Of_two_reps_who_started_from_the_same_version_the_second_is_told_so()
    {
        var first = Set(Words()).State;
        var second = Set(Words() with { Stage = "Proposal" }, first, basedOn: 1).State;

        Set(Words(), second, basedOn: 1).Outcome.ShouldBe(new Outcome.Stale(2));
        Set(Words(), null, basedOn: 1).Outcome.ShouldBe(new Outcome.Stale(0));
    }

    [Fact]
    [Trait("Case", "T-106")]
    public void The_journal_tells_no_amount_no_name_and_no_reason_of_a_deal()
    {
        var happening = Set(Words() with { Factor = Blocked }).Happenings.ShouldHaveSingleItem();

        happening.IsPublic.ShouldBeFalse();
        happening.Facts.Select(f => f.Name).ShouldBe(["version", "outcome", "factor"]);
    }
}
