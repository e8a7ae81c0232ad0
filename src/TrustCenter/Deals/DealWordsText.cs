namespace TrustCenter.Deals;

/// <summary>The words for outcome, factor and source: one table for pages, imports and CSV.</summary>
public static class DealWordsText
{
    public static readonly IReadOnlyList<(DealOutcome Value, string Word)> Outcomes =
        [(DealOutcome.Open, "open"), (DealOutcome.Won, "won"), (DealOutcome.Lost, "lost"), (DealOutcome.NoDecision, "no decision")];

    public static readonly IReadOnlyList<(FactorKind Value, string Word, string Verb)> Factors =
    [
        (FactorKind.None, "none", "played no part in"),
        (FactorKind.ReviewAsked, "review asked", "was reviewed in"),
        (FactorKind.Slowed, "slowed", "slowed"),
        (FactorKind.Blocked, "blocked", "blocked"),
        (FactorKind.Helped, "helped", "helped"),
        (FactorKind.Decisive, "decisive", "was decisive for"),
    ];

    public static readonly IReadOnlyList<(SaidBy Value, string Word, string Who)> Sources =
        [(SaidBy.BuyersWords, "buyer's words", "the buyer"), (SaidBy.RepsJudgement, "rep's judgement", "the rep, as a judgement")];

    public static string Of(DealOutcome outcome) => Outcomes.First(o => o.Value == outcome).Word;

    public static string Of(FactorKind factor) => Factors.First(f => f.Value == factor).Word;

    public static string Of(SaidBy? source) => source is { } known ? Sources.First(s => s.Value == known).Word : "";

    /// <summary>"Security blocked this deal because “data location”, said by the buyer, about “EU-only storage”."</summary>
    /// <param name="claim">The statement of the claim it is about, if any.</param>
    public static string Sentence(SecurityFactor factor, string? claim)
    {
        var verb = Factors.First(f => f.Value == factor.Kind).Verb;
        if (factor.Kind == FactorKind.None) return $"Security {verb} this deal.";
        var parts = new List<string> { $"Security {verb} this deal because {Quoted(factor.Reason)}" };
        if (factor.SaidBy is { } source) parts.Add("said by " + Sources.First(s => s.Value == source).Who);
        if (claim is not null) parts.Add("about " + Quoted(claim));
        if (factor.Requirement.Length > 0) parts.Add("missing: " + Quoted(factor.Requirement));
        return string.Join(", ", parts) + ".";
    }

    private static string Quoted(string text) => $"“{text.Trim().TrimEnd('.')}”";
}
