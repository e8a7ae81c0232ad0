using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Links;

/// <summary>A prospect's trace: what happened, when, by whom.</summary>
public sealed record Touch(DateTimeOffset At, string Who, string What, string About);

/// <summary>What the rep sees of one link.</summary>
public sealed record LinkView(IReadOnlyList<string> People, IReadOnlyList<(string Title, string Note)> Documents, IReadOnlyList<Touch> Touches, string? Deal, DateTimeOffset Now);

public sealed class LinkList(IStore store, IEngine engine, PersonalRecords personal, TimeProvider clock)
{
    private const int MostTouches = 500; // the newest; the journal has all

    /// <summary>One page of what was asked for; every link is on one of them, however many (ABUSE T-027).</summary>
    public async Task<LinkPageOfList> Read(ConsoleUser user, IQueryCollection query, CancellationToken stop)
    {
        var ask = LinkPageOfList.AskFrom(query, user.Paths.Links);
        return await store.Query(sql => LinkPageOfList.Read(sql, user, ask, clock.GetUtcNow()), stop);
    }

    public async Task<LinkView> View(ConsoleUser user, Guid id, ShareLink link, CancellationToken stop)
    {
        var scope = user.Scope;
        var people = await personal.ReadAll(scope, [.. link.People.Select(p => p.Id)], stop);
        var documents = new List<(string, string)>();
        foreach (var document in link.Documents)
            if (await engine.Read<Evidence.EvidenceDocument>(scope.Id<Evidence.EvidenceDocument>(document), stop) is { Latest: { } latest } found) documents.Add((latest.Title, found.Withdrawn is { } gone ? $" (withdrawn {Pages.Words.Time(gone.At)}: {gone.Reason})" : latest.MayGoUnmarked ? " (without a mark)" : ""));
        var deal = user.May(Right.ReadDeals) && link.Deal is { } dealId && await engine.Read<Deals.Deal>(scope.Id<Deals.Deal>(dealId), stop) is { } trade ? $"{trade.Words.Account} · {trade.Words.Stage}" : null;
        return new LinkView([.. link.People.Select(p => people.GetValueOrDefault(p.Id, PersonalRecords.Forgotten))], documents, await Touches(scope, id, stop), deal, clock.GetUtcNow());
    }

    private async Task<IReadOnlyList<Touch>> Touches(Scope scope, Guid link, CancellationToken stop)
    {
        var rows = await store.Query(sql => sql.Query("select utc, person, what, about from touch_rows where tenant = @tenant and link = @link order by utc desc limit @most",
            r => (At: r.Time(0), Person: r.IdOrNull(1), What: r.Text(2), About: r.Text(3)), ("@tenant", scope.Tenant), ("@link", link), ("@most", MostTouches)), stop);
        var who = await personal.ReadAll(scope, [.. rows.Where(r => r.Person is not null).Select(r => r.Person!.Value)], stop);
        return [.. rows.Select(r => new Touch(r.At, r.Person is { } person ? who.GetValueOrDefault(person, PersonalRecords.Forgotten) : "", r.What, r.About))];
    }
}
