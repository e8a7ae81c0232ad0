using TrustCenter.Pages;
using TrustCenter.Store;

namespace TrustCenter.Staff;

/// <summary>The one next step that helps most, for this person's rights.</summary>
internal static class TodaySuggestion
{
    public static TodayItem For(Sql sql, ConsoleUser user, IReadOnlyList<TodayItem> late)
    {
        if (user.May(Right.Write)) return ForEditor(sql, user, late);
        if (user.May(Right.Approve)) return new(user.Paths.ConsoleClaims, "Read a claim as a buyer would", "A sentence that you would not sign is worth returning.");
        if (user.May(Right.Share)) return new(user.Paths.NewLink, "Share a page with a customer", "A link for one account shows what they may read and tells you when they do.");
        if (user.May(Right.ReadDeals)) return new(user.Paths.Deals, "Read what security wins and costs", "Each deal says in one sentence which part security played.");
        return new(user.Paths.ConsoleClaims, "Read the claims", "They are what buyers hold you to.");
    }

    private static TodayItem ForEditor(Sql sql, ConsoleUser user, IReadOnlyList<TodayItem> late)
    {
        (string, object?) tenant = ("@tenant", user.Scope.Tenant);
        if (sql.Number("select count(*) from claim_rows where tenant = @tenant", tenant) == 0)
            return new(user.Paths.NewClaim, "Write the first claim", "Begin with what buyers ask most: how is our data encrypted?");
        if (sql.Number("select count(*) from evidence_rows where tenant = @tenant", tenant) == 0)
            return new(user.Paths.NewEvidence, "Add the first document", "A claim with evidence behind it ends a discussion.");
        if (late.FirstOrDefault(l => l.IsLate) is { } first)
            return first with { Why = "It has been late the longest." };
        if (sql.Number("select count(*) from claim_rows where tenant = @tenant and review_by is null and stage <> 'Withdrawn'", tenant) is > 0 and var undated)
            return new(user.Paths.ConsoleClaims, "Give every claim a date for its next check", $"{Words.Count(undated, "claim has", "claims have")} none, so nothing reminds you.");
        return new(user.Paths.NewClaim, "Write down the question that came up last", "What one buyer asked, the next one will ask too.");
    }
}
