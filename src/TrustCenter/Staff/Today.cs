using TrustCenter.Pages;
using TrustCenter.Store;

namespace TrustCenter.Staff;

/// <summary>One thing to look at: where it is, and why it stands here.</summary>
public sealed record TodayItem(string Path, string Title, string Why, bool IsLate = false);

/// <summary>Something that was published, in words.</summary>
public sealed record TodayChange(DateTimeOffset At, string Says, string? Path);

/// <summary>What a member of staff has to know when he comes in: what waits for him, what is late, what changed.</summary>
public sealed record Today
{
    private const int Most = 25; // lines of one list; the rest is in the room's own list
    private const int Soon = 30; // days before evidence expires

    public required IReadOnlyList<TodayItem> Waits { get; init; }
    public required IReadOnlyList<TodayItem> Late { get; init; }
    public required IReadOnlyList<TodayChange> Changes { get; init; }
    public IReadOnlyList<TodayItem> Visited { get; init; } = []; // a rep's own links
    public required TodayItem Suggestion { get; init; }

    public static Today Read(Sql sql, ConsoleUser user, DateTimeOffset now)
    {
        var late = OverdueAndSoon(sql, user, DateOnly.FromDateTime(now.UtcDateTime));
        var isRep = user.May(Right.Share);
        return new Today
        {
            Waits = WaitsFor(sql, user),
            Late = isRep ? [.. TodaySharing.Closing(sql, user, now), .. late] : late,
            Changes = TodayChanges.Read(sql, user),
            Visited = isRep ? TodaySharing.Visited(sql, user, now) : [],
            Suggestion = TodaySuggestion.For(sql, user, late),
        };
    }

    private static List<TodayItem> WaitsFor(Sql sql, ConsoleUser user)
    {
        var waits = new List<TodayItem>();
        if (user.May(Right.Approve))
        {
            waits.AddRange(Rows(sql, user, "claim", "stage = 'Waiting' and author <> @me", "waits for your approval", isToCompare: true));
            waits.AddRange(Rows(sql, user, "evidence", "stage = 'Waiting' and author <> @me", "waits for your approval"));
            waits.AddRange(Translations(sql, user, "stage = 'Waiting' and author <> @me", "waits for your approval"));
        }
        if (user.May(Right.Write))
        {
            waits.AddRange(Rows(sql, user, "claim", "stage = 'Returned' and author = @me", "was returned to you"));
            waits.AddRange(Rows(sql, user, "evidence", "stage = 'Returned' and author = @me", "was returned to you"));
            waits.AddRange(Rows(sql, user, "claim", "stage = 'Draft' and author = @me", "is your draft"));
            waits.AddRange(Translations(sql, user, "stage = 'Returned' and author = @me", "was returned to you"));
        }
        return waits;
    }

    private static List<TodayItem> OverdueAndSoon(Sql sql, ConsoleUser user, DateOnly today)
    {
        var late = sql.Query("select id, statement, review_by from claim_rows where tenant = @tenant and version > 0 and stage <> 'Withdrawn' and review_by < @today order by review_by limit @most",
            r => new TodayItem(user.Paths.ConsoleClaim(r.Id(0)), Title(r.Text(1)), $"should have been checked by {Words.Date(r.DateOrNull(2)!.Value)}", IsLate: true),
            ("@tenant", user.Scope.Tenant), ("@today", today), ("@most", Most));
        late.AddRange(sql.Query("select id, title, valid_until from evidence_rows where tenant = @tenant and version > 0 and valid_until <= @soon order by valid_until limit @most",
            r => Expiry(user, r.Id(0), r.Text(1), r.DateOrNull(2)!.Value, today), ("@tenant", user.Scope.Tenant), ("@soon", today.AddDays(Soon)), ("@most", Most)));
        return late;
    }

    private static TodayItem Expiry(ConsoleUser user, Guid id, string title, DateOnly until, DateOnly today) => until < today
        ? new(user.Paths.ConsoleEvidenceDocument(id), title, $"expired; it was valid until {Words.Date(until)}", IsLate: true)
        : new(user.Paths.ConsoleEvidenceDocument(id), title, $"is valid until {Words.Date(until)}");

    private static List<TodayItem> Rows(Sql sql, ConsoleUser user, string kind, string where, string why, bool isToCompare = false)
        => sql.Query($"select id, {(kind == "claim" ? "statement" : "title")}, changed from {kind}_rows where tenant = @tenant and {where} order by changed limit @most",
            r => new TodayItem(Path(user, kind, r.Id(0), isToCompare), Title(r.Text(1)), $"{why}, since {Words.Time(r.Time(2))}"),
            ("@tenant", user.Scope.Tenant), ("@me", user.Id), ("@most", Most));

    private static List<TodayItem> Translations(Sql sql, ConsoleUser user, string where, string why)
        => sql.Query($"select claim, language, statement, changed from translation_rows where tenant = @tenant and {where} order by changed limit @most",
            r => new TodayItem(user.Paths.ClaimTranslation(r.Id(0), r.Text(1)), Title(r.Text(2)), $"{Tenants.LanguageTag.Name(r.Text(1))}: {why}, since {Words.Time(r.Time(3))}"),
            ("@tenant", user.Scope.Tenant), ("@me", user.Id), ("@most", Most));

    // An approver goes straight to the comparison.
    private static string Path(ConsoleUser user, string kind, Guid id, bool isToCompare)
        => kind == "evidence" ? user.Paths.ConsoleEvidenceDocument(id) : isToCompare ? user.Paths.ClaimReview(id) : user.Paths.ConsoleClaim(id);

    private static string Title(string statement) => Claims.EditorWords.Cut(Claims.StatementMarkdown.ToText(statement), 110);
}
