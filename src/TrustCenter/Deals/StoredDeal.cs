using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Deals;

/// <summary>A deal as its row has it: all of its words.</summary>
public sealed record StoredDeal(Guid Id, DealWords Words, int Version, Guid? Import)
{
    public const string Columns = "id, external_key, account, domain, product, amount_cents, currency, stage, opened, closed, owner, manager, region, outcome, factor, reason, said_by, claim, requirement, changed, import";

    public static StoredDeal From(Row row) => new(row.Id(0), new DealWords
    {
        ExternalKey = row.TextOrNull(1),
        Account = row.Text(2),
        Domain = row.Text(3),
        Product = row.Text(4),
        Amount = DealRow.Cents(row, 5),
        Currency = row.Text(6),
        Stage = row.Text(7),
        Opened = row.DateOrNull(8),
        Closed = row.DateOrNull(9),
        Owner = row.Text(10),
        Manager = row.Text(11),
        Region = row.Text(12),
        Outcome = Enum.Parse<DealOutcome>(row.Text(13)),
        Factor = new SecurityFactor
        {
            Kind = Enum.Parse<FactorKind>(row.Text(14)),
            Reason = row.Text(15),
            SaidBy = Enum.TryParse<SaidBy>(row.TextOrNull(16), out var source) ? source : null,
            Claim = row.IdOrNull(17),
            Requirement = row.Text(18),
        },
    }, row.Int(19), row.IdOrNull(20));

    /// <summary>The key by which a table names this deal: the other system's, or the id of one that was recorded here.</summary>
    public string Key => Words.ExternalKey ?? Id.ToString("D");

    /// <summary>The deal that a table means by <paramref name="key"/>; null when there is none of it.</summary>
    public static StoredDeal? Find(Sql sql, Scope scope, string key)
    {
        var byKey = sql.First($"select {Columns} from deal_rows where tenant = @tenant and external_key = @key order by id limit 1", From, ("@tenant", scope.Tenant), ("@key", key));
        if (byKey is not null || !Guid.TryParseExact(key, "D", out var id)) return byKey;
        return sql.First($"select {Columns} from deal_rows where tenant = @tenant and id = @id and external_key is null", From, ("@tenant", scope.Tenant), ("@id", id));
    }
}
