using TrustCenter.Staff;
using TrustCenter.Tenants;

namespace TrustCenter.Claims;

/// <summary>One line of the list of claims.</summary>
public sealed record ClaimLine(Guid Id, string Statement, string Topic, ClaimStatus Status, Visibility Visibility, int Version, string Stage, DateOnly? ReviewBy);

/// <summary>What the list was asked for; empty means all.</summary>
public sealed record ClaimFilter(string Topic, string Stage, string Status)
{
    public bool IsEmpty => Topic.Length + Stage.Length + Status.Length == 0;

    public static ClaimFilter From(IQueryCollection query) => new(query["topic"].ToString(), query["stage"].ToString(), query["status"].ToString());

    public bool Fits(ClaimLine line) => (Topic.Length == 0 || line.Topic == Topic) && (Stage.Length == 0 || line.Stage == Stage) && (Status.Length == 0 || line.Status.ToString() == Status);
}

internal static class ClaimList
{
    public static async Task<IResult> Show([AsParameters] Desk desk)
    {
        var all = await Read(desk);
        var filter = ClaimFilter.From(desk.Context.Request.Query);
        return desk.Context.ConsolePage<ClaimListPage>(new()
        {
            ["All"] = all.Count,
            ["Lines"] = all.Where(filter.Fits).ToList(),
            ["Filter"] = filter,
            ["Today"] = desk.Today,
        });
    }

    /// <summary>In the order of the vendor's topics, then by statement.</summary>
    private static async Task<IReadOnlyList<ClaimLine>> Read(Desk desk)
    {
        var lines = await desk.Store.Query(sql => sql.Query("select id, statement, topic, status, visibility, version, stage, review_by from claim_rows where tenant = @tenant",
            r => new ClaimLine(r.Id(0), StatementMarkdown.ToText(r.Text(1)), r.Text(2), Enum.Parse<ClaimStatus>(r.Text(3)), Enum.Parse<Visibility>(r.Text(4)), r.Int(5), r.Text(6), r.DateOrNull(7)),
            ("@tenant", desk.User.Scope.Tenant)), desk.Stop);
        return [.. lines.OrderBy(l => Position(desk.User.Vendor, l.Topic)).ThenBy(l => l.Statement, StringComparer.OrdinalIgnoreCase)];
    }

    private static int Position(Vendor vendor, string topic)
    {
        for (var i = 0; i < vendor.Topics.Count; i++)
            if (vendor.Topics[i].Key == topic) return i;
        return int.MaxValue;
    }
}
