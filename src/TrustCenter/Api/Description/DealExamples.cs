using TrustCenter.Deals;

namespace TrustCenter.Api;

internal static class DealExamples
{
    private static readonly Dictionary<string, string> Deal = Example.Path("deal", Example.Deal);

    private static readonly DealWordsShape Words = new("Acme", "EUR", DealOutcome.Lost, new FactorShape(FactorKind.Blocked, "Data must stay in the EU.", SaidBy.BuyersWords, Example.Claim, "EU-only storage"),
        "acme.com", "Ledger", 48_000m, "Closed", new DateOnly(2026, 8, 3), new DateOnly(2026, 11, 2), "Rosa Lindqvist", "Max Vogel", "EU");

    public static readonly ApiOperation List = new("listDeals", "List deals")
    {
        IsPaged = true,
        Query = [new("outcome", "Only deals with this outcome.", "lost", Words: ApiWord.All<DealOutcome>())],
        Answer = new ListShape<DealShape>([new(Example.Deal, 1, Words)], More: false, "Kq3…"),
    };

    public static readonly ApiOperation Create = new("createDeal", "Record a deal")
    {
        Description = "With an externalKey the deal gets the id that an import of the same key gives it, so that both are one deal; without, the id is the Idempotency-Key.",
        Body = new NewDealShape(Words),
        Creates = true,
        Status = StatusCodes.Status201Created,
        Answer = new VersionedShape(Guid.Parse(Example.NewKey), 1),
    };

    public static readonly ApiOperation Show = new("readDeal", "Read a deal") { Path = Deal, Answer = new DealShape(Example.Deal, 1, Words) };

    public static readonly ApiOperation Change = new("changeDeal", "Change a deal")
    {
        Description = "Brings all words of the deal; what is left out becomes empty.",
        Path = Deal,
        Body = new ChangedDealShape(1, Words with { Outcome = DealOutcome.Won, Security = new FactorShape(FactorKind.Decisive, "The audit took an hour.", SaidBy.RepsJudgement) }),
        Answer = new VersionedShape(Example.Deal, 2),
    };

    public static readonly ApiOperation Figures = new("readDealFigures", "Read what security cost: lost deals by quarter")
    {
        Answer = new FiguresShape(DealFigures.Definition, [new("2026-Q4", 3, 1, [new("EUR", 3, 1, 120_000m, 48_000m, 0)])], 0),
    };

    public static readonly ApiOperation Touches = new("listDealTouches", "List what people of the account did")
    {
        Path = Deal,
        IsPaged = true,
        Answer = LinkExamples.Touches.Answer,
    };
}
