using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Staff;

/// <summary>The first page after signing in.</summary>
public static class TodayEndpoints
{
    public static void MapToday(this RouteGroupBuilder console) => console.MapMethods("", ["GET", "HEAD"], Show).Needs(Right.ReadConsole).WithName("Today");

    private static async Task<IResult> Show([AsParameters] Desk desk, TenantStandings standings)
    {
        var upkeep = await TodayUpkeep.Read(desk, standings);
        var today = await desk.Store.Query(sql => Today.Read(sql, desk.User, desk.Clock.GetUtcNow()), desk.Stop);
        return desk.Context.ConsolePage<TodayPage>(new() { ["Today"] = today with { Waits = [.. today.Waits, .. upkeep.Waits], Late = [.. upkeep.Late, .. today.Late] } });
    }
}
