using TrustCenter.Engine;
using TrustCenter.Links;
using TrustCenter.Pages;
using TrustCenter.Requests;
using TrustCenter.Settings;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Staff;

/// <summary>What waits or fails outside of claims and evidence: access requests, the list of subprocessors, mail, host names, links that a restore closed.</summary>
internal sealed record TodayUpkeep
{
    public IReadOnlyList<TodayItem> Waits { get; private init; } = [];
    public IReadOnlyList<TodayItem> Late { get; private init; } = [];

    public static async Task<TodayUpkeep> Read(Desk desk, TenantStandings standings) => new()
    {
        Waits = [.. await Subprocessors(desk)],
        Late = [.. await Requests(desk), .. await Links(desk, standings), .. await Mails(desk), .. await Hosts(desk)],
    };

    private static async Task<IEnumerable<TodayItem>> Subprocessors(Desk desk)
    {
        if (await desk.Read<SubprocessorList>(SubprocessorList.Only) is not { Proposal: { } proposal }) return [];
        var isMine = proposal.Authors.Contains(desk.User.Id);
        var why = proposal.Returned is null
            ? isMine || !desk.User.May(Right.Approve) ? null : $"waits for your approval, since {Words.Time(proposal.At)}"
            : isMine && desk.User.May(Right.Write) ? "was returned to you" : null;
        return why is null ? [] : [new TodayItem(desk.User.Paths.ConsoleSubprocessors, "The list of subprocessors", why)];
    }

    private static async Task<IEnumerable<TodayItem>> Requests(Desk desk)
    {
        if (!desk.User.May(Right.DecideRequests)) return [];
        var (waiting, late, next) = await desk.Store.Query(sql => RequestQueue.Count(sql, desk.User.Scope, desk.Clock.GetUtcNow()), desk.Stop);
        if (next is not { } due) return [];
        var hours = (await desk.Engine.Settings(desk.User.Scope, desk.Stop)).Hours;
        var why = late > 0 ? Words.Count(late, "is late", "are late") : $"the next answer is due by {RequestLetters.Moment(hours, due)}";
        return [new TodayItem(desk.User.Paths.ConsoleRequests, Words.Count(waiting, "request waits", "requests wait"), why, IsLate: late > 0)];
    }

    private static async Task<IEnumerable<TodayItem>> Links(Desk desk, TenantStandings standings)
    {
        if (!desk.User.May(Right.RevokeAny) || (await standings.Find(desk.User.Scope.Tenant, desk.Stop)).LinksSuspended is not { } since) return [];
        var closed = await desk.Store.Query(sql => sql.Number($"select count(*) from link_rows l where {LinkApprovals.Waiting}",
            ("@tenant", desk.User.Scope.Tenant), ("@now", desk.Clock.GetUtcNow()), ("@since", since)), desk.Stop);
        return closed == 0 ? [] : [new TodayItem(desk.User.Paths.LinkApprovals, Words.Count(closed, "link is closed", "links are closed"), "since a backup was restored; say which may open again", IsLate: true)];
    }

    private static async Task<IEnumerable<TodayItem>> Mails(Desk desk)
    {
        if (!desk.User.May(Right.ReadMail)) return [];
        var failed = await desk.Store.Query(sql => sql.Number("select count(*) from mails where tenant = @tenant and state = 'failed'", ("@tenant", desk.User.Scope.Tenant)), desk.Stop);
        return failed == 0 ? [] : [new TodayItem(desk.User.Paths.Mailbox, Words.Count(failed, "mail", "mails"), "could not be sent", IsLate: true)];
    }

    private static async Task<IEnumerable<TodayItem>> Hosts(Desk desk)
        => !desk.User.May(Right.ManageSettings) || await desk.Read<HostNames>(HostNames.Only) is not { } hosts ? []
            : hosts.Names.Where(h => h.FailingSince is not null).Select(h => new TodayItem(desk.User.Paths.Hosts, h.Name, $"has lost its record since {Words.Time(h.FailingSince!.Value)}; three days later it shows nothing", IsLate: true));
}
