using FsCheck;
using FsCheck.Fluent;
using TrustCenter.Deals;
using TrustCenter.Engine;

namespace TrustCenter.Tests.Deals;

public sealed class DealFiguresTests(DealsApp app) : IClassFixture<DealsApp>
{
    private static readonly DateOnly FirstDay = new(2024, 10, 1);
    private static readonly Quarter Current = new(2026, 4);

    private static readonly Gen<DealWords> AnyDeal =
        from day in Gen.Choose(-400, 900)
        from cents in Gen.Choose(-1, 9_999_999)
        from currency in Gen.Elements("EUR", "EUR", "USD", "JPY")
        from outcome in Gen.Elements(Enum.GetValues<DealOutcome>())
        from factor in Gen.Elements(Enum.GetValues<FactorKind>())
        select new DealWords
        {
            Account = "A",
            Amount = cents < 0 ? null : cents / 100m,
            Currency = currency,
            Outcome = outcome,
            Closed = outcome == DealOutcome.Open ? null : FirstDay.AddDays(day),
            Factor = new SecurityFactor { Kind = factor, Reason = "r", SaidBy = SaidBy.BuyersWords },
        };

    [Fact]
    public void The_chart_counts_what_the_table_counts() => Prop.ForAll(Gen.ListOf(AnyDeal).Resize(80).ToArbitrary(), deals =>
    {
        var figures = Figures(deals);
        var lost = deals.Where(d => d.Outcome == DealOutcome.Lost).ToList();
        foreach (var quarter in figures.Quarters)
        {
            var mine = lost.Where(d => d.Closed >= quarter.Quarter.FirstDay && d.Closed <= quarter.Quarter.LastDay).ToList();
            quarter.All.ShouldBe(mine.Count);
            quarter.WithFactor.ShouldBe(mine.Count(d => d.Factor.Kind != FactorKind.None));
            quarter.Currencies.Select(c => c.Currency).ShouldBe(mine.Select(d => d.Currency).Distinct().Order(StringComparer.Ordinal));
            foreach (var currency in quarter.Currencies)
            {
                var same = mine.Where(d => d.Currency == currency.Currency).ToList();
                (currency.AllCents / 100m).ShouldBe(same.Sum(d => d.Amount ?? 0));
                (currency.FactorCents / 100m).ShouldBe(same.Where(d => d.Factor.Kind != FactorKind.None).Sum(d => d.Amount ?? 0));
                currency.WithoutAmount.ShouldBe(same.Count(d => d.Amount is null && d.Factor.Kind != FactorKind.None));
            }
        }
        (figures.All + figures.Outside).ShouldBe(lost.Count);
        figures.Quarters.Count.ShouldBeLessThanOrEqualTo(DealFigures.MostQuarters);
        figures.Quarters.Select(q => q.Quarter).ShouldBe(figures.Quarters.Select((_, i) => Current.Plus(i + 1 - figures.Quarters.Count)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Amounts_of_two_currencies_are_never_added()
    {
        var figures = Figures([Lost("EUR", 1000.50m), Lost("EUR", 1), Lost("USD", 70), Lost("JPY", null)]);
        figures.Amounts("USD").ShouldBe([("USD", 70m), ("EUR", 1001.50m)]);
        figures.WithFactor.ShouldBe(4);
        figures.WithoutAmount.ShouldBe(1);
        var chart = new DealChart(figures, "EUR", withAmounts: true);
        chart.Description.ShouldContain("EUR 1,001.50");
        chart.Svg().ShouldNotContain("1,071");
        new DealChart(figures, "EUR", withAmounts: false).Svg().ShouldNotContain("EUR");
    }

    [Fact]
    public void A_quarter_without_a_lost_deal_stands_there_with_none()
        => Figures([Lost("EUR", 1) with { Closed = new DateOnly(2026, 1, 1) }]).Quarters.Select(q => $"{q.Quarter} {q.WithFactor}/{q.All}").ShouldBe(["2026-Q1 1/1", "2026-Q2 0/0", "2026-Q3 0/0", "2026-Q4 0/0"]);

    [Fact]
    public async Task The_figures_read_one_index_and_no_row()
    {
        var plan = await app.Store.Query(sql => sql.Query("explain query plan " + DealFigures.Text, r => r.Text(3), ("@tenant", Guid.NewGuid()), ("@start", 1)));
        plan.ShouldContain(step => step.Contains("USING COVERING INDEX deal_by_outcome", StringComparison.Ordinal));
    }

    private static DealWords Lost(string currency, decimal? amount) => new()
    {
        Account = "A", Amount = amount, Currency = currency, Outcome = DealOutcome.Lost, Closed = new DateOnly(2026, 11, 2),
        Factor = new SecurityFactor { Kind = FactorKind.Blocked, Reason = "No passkeys", SaidBy = SaidBy.BuyersWords },
    };

    private DealFigures Figures(IEnumerable<DealWords> deals)
    {
        var scope = new Scope(Guid.CreateVersion7());
        app.Rows(scope, deals).Wait();
        return app.Store.Query(sql => DealFigures.Read(sql, scope, Current)).Result;
    }
}
