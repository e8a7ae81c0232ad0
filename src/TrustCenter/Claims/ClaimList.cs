using TrustCenter.Staff;
using TrustCenter.Tenants;

namespace TrustCenter.Claims;

/// <summary>One line of the list of claims.</summary>
/// <param name="Position">Of its topic among the vendor's.</param>
public sealed record ClaimLine(Guid Id, string Statement, string Topic, ClaimStatus Status, Visibility Visibility, int Version, string Stage, DateOnly? ReviewBy, int Position)
{
    /// <summary>The day has come by which a claim that stands is looked at again.</summary>
    public bool IsDue(DateOnly today) => Version > 0 && Stage != "Withdrawn" && ReviewBy <= today;
}

/// <summary>One page of the list.</summary>
public sealed record ClaimLines(ClaimFilter Filter, int All, int Count, IReadOnlyList<ClaimLine> Lines)
{
    public int Pages => Math.Max(1, (Count + ClaimFilter.PageSize - 1) / ClaimFilter.PageSize);
}

internal static class ClaimList
{
    public static async Task<IResult> Show([AsParameters] Desk desk)
    {
        var all = await Read(desk);
        var filter = ClaimFilter.From(desk.Context.Request.Query);
        var fitting = filter.InOrder(all.Where(l => filter.Fits(l, desk.Today))).ToList();
        var shown = new ClaimLines(filter, all.Count, fitting.Count, []);
        filter = filter with { Page = Math.Min(filter.Page, shown.Pages) };
        var lines = fitting.Skip((filter.Page - 1) * ClaimFilter.PageSize).Take(ClaimFilter.PageSize).ToList();
        return desk.Context.ConsolePage<ClaimListPage>(new() { ["Claims"] = shown with { Filter = filter, Lines = lines }, ["Today"] = desk.Today });
    }

    /// <summary>In the order of the vendor's topics, then by statement.</summary>
    private static async Task<IReadOnlyList<ClaimLine>> Read(Desk desk)
    {
        var vendor = desk.User.Vendor;
        var lines = await desk.Store.Query(sql => sql.Query("select id, statement, topic, status, visibility, version, stage, review_by from claim_rows where tenant = @tenant",
            r => new ClaimLine(r.Id(0), StatementMarkdown.ToText(r.Text(1)), r.Text(2), Enum.Parse<ClaimStatus>(r.Text(3)), Enum.Parse<Visibility>(r.Text(4)), r.Int(5), r.Text(6), r.DateOrNull(7), Position(vendor, r.Text(2))),
            ("@tenant", desk.User.Scope.Tenant)), desk.Stop);
        return [.. lines.OrderBy(l => l.Position).ThenBy(l => l.Statement, StringComparer.OrdinalIgnoreCase).ThenBy(l => l.Id)];
    }

    private static int Position(Vendor vendor, string topic)
    {
        for (var i = 0; i < vendor.Topics.Count; i++)
            if (vendor.Topics[i].Key == topic) return i;
        return int.MaxValue;
    }
}
