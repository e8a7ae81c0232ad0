using System.Globalization;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Claims;

/// <summary>What stood at the end of a day, for whoever is asked later.</summary>
internal static class ClaimsAsOfDay
{
    public static async Task<IResult> Show([AsParameters] Desk desk)
    {
        var typed = desk.Context.Request.Query["date"].ToString().Trim();
        var isDay = DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        var claims = isDay ? await Read(desk, day) : null;
        return desk.Context.ConsolePage<ClaimsAsOfPage>(new()
        {
            ["Typed"] = typed,
            ["Day"] = isDay ? day : null,
            ["Claims"] = claims,
            ["Problem"] = isDay || typed.Length == 0 ? null : $"“{EditorWords.Cut(typed, 40)}” is not a date. Write year, month and day: 2026-12-31.",
        });
    }

    public static async Task<ClaimsAsOf> Read(Desk desk, DateOnly day)
    {
        // The day's last instant; on the last day there is, that instant itself.
        var at = new DateTimeOffset(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero);
        var ids = await desk.Store.Query(sql => sql.Query("select id from claim_rows where tenant = @tenant and version > 0", r => r.Id(0), ("@tenant", desk.User.Scope.Tenant)), desk.Stop);
        var claims = new List<(Guid, Claim)>(ids.Count);
        foreach (var id in ids)
            if (await desk.Read<Claim>(id) is { } claim) claims.Add((id, claim));
        return ClaimsAsOf.Of(claims, desk.User.Vendor, at);
    }
}
