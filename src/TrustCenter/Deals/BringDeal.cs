using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Journal;

namespace TrustCenter.Deals;

/// <summary>The columns that a table of deals can have; one that a file lacks stays as it stands.</summary>
[Flags]
public enum DealColumns
{
    None = 0,
    Account = 1,
    Domain = 1 << 1,
    Product = 1 << 2,
    Amount = 1 << 3,
    Currency = 1 << 4,
    Stage = 1 << 5,
    Opened = 1 << 6,
    Closed = 1 << 7,
    Owner = 1 << 8,
    Manager = 1 << 9,
    Region = 1 << 10,
    Outcome = 1 << 11,
    SecurityFactor = 1 << 12,
    Reason = 1 << 13,
    SaidBy = 1 << 14,
    Claim = 1 << 15,
    Requirement = 1 << 16,
}

/// <summary>A deal out of a table of another system. The same table again changes nothing, and what a rep wrote into fields that it lacks stays.</summary>
public sealed record BringDeal : Command<Deal>
{
    public required DealWords Words { get; init; }
    public required DealColumns Says { get; init; }
    public required Guid Import { get; init; }

    public override Decision<Deal> Decide(Deal? deal, Actor by, DateTimeOffset now)
    {
        var words = Over(deal?.Words, Words, Says);
        if (words.Problems() is { Count: > 0 } problems) return Decision<Deal>.Refuse(problems);
        if (deal is not null && deal.Words == words) return new Outcome.Done(deal.Version);
        var next = new Deal { Words = words, Version = (deal?.Version ?? 0) + 1, Import = Import };
        return new(new Outcome.Done(next.Version))
        {
            State = next,
            Happenings =
            [
                new Happening(deal is null ? "deal.recorded" : "deal.changed", new Fact("version", next.Version.ToString(CultureInfo.InvariantCulture)), new Fact("outcome", words.Outcome.ToString()),
                    new Fact("factor", words.Factor.Kind.ToString()), new Fact("import", Import.ToString("D"))),
            ],
        };
    }

    /// <summary>What stands, with what the table says over it.</summary>
    public static DealWords Over(DealWords? standing, DealWords said, DealColumns says)
    {
        if (standing is null) return said;
        bool Says(DealColumns column) => says.HasFlag(column);
        return standing with
        {
            Account = Says(DealColumns.Account) ? said.Account : standing.Account,
            Domain = Says(DealColumns.Domain) ? said.Domain : standing.Domain,
            Product = Says(DealColumns.Product) ? said.Product : standing.Product,
            Amount = Says(DealColumns.Amount) ? said.Amount : standing.Amount,
            Currency = Says(DealColumns.Currency) ? said.Currency : standing.Currency,
            Stage = Says(DealColumns.Stage) ? said.Stage : standing.Stage,
            Opened = Says(DealColumns.Opened) ? said.Opened : standing.Opened,
            Closed = Says(DealColumns.Closed) ? said.Closed : standing.Closed,
            Owner = Says(DealColumns.Owner) ? said.Owner : standing.Owner,
            Manager = Says(DealColumns.Manager) ? said.Manager : standing.Manager,
            Region = Says(DealColumns.Region) ? said.Region : standing.Region,
            Outcome = Says(DealColumns.Outcome) ? said.Outcome : standing.Outcome,
            Factor = Over(standing.Factor, said.Factor, says),
        };
    }

    private static SecurityFactor Over(SecurityFactor standing, SecurityFactor said, DealColumns says) => new()
    {
        Kind = says.HasFlag(DealColumns.SecurityFactor) ? said.Kind : standing.Kind,
        Reason = says.HasFlag(DealColumns.Reason) ? said.Reason : standing.Reason,
        SaidBy = says.HasFlag(DealColumns.SaidBy) ? said.SaidBy : standing.SaidBy,
        Claim = says.HasFlag(DealColumns.Claim) ? said.Claim : standing.Claim,
        Requirement = says.HasFlag(DealColumns.Requirement) ? said.Requirement : standing.Requirement,
    };
}
