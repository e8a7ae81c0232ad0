namespace TrustCenter.Import;

/// <summary>Reads the deals and the owners they belong to.</summary>
internal sealed class DealReader(Vocabulary vocabulary, string currency, Func<string, bool> isClaim)
{
    private readonly Unique<ImportDeal> deals = new("deals", ImportLimits.Deals);
    private readonly Unique<ImportOwner> owners = new("owners", ImportLimits.Owners);
    private readonly Dictionary<string, string?> managers = new(StringComparer.Ordinal);

    public List<ImportOwner> ReadOwners(IEnumerable<Row> rows)
    {
        foreach (var row in rows)
        {
            var owner = new ImportOwner
            {
                Owner = row.Need("owner", row.Text("owner")),
                Manager = row.Text("manager"),
                Region = row.Text("region"),
            };
            owners.Add(owner.Owner, owner, row, "owner");
            managers.TryAdd(owner.Owner, owner.Manager);
        }

        return owners.All;
    }

    public List<ImportDeal> ReadDeals(IEnumerable<Row> rows)
    {
        foreach (var row in rows)
        {
            var deal = Deal(row);
            Check(deal, row);
            deals.Add(deal.Key, deal, row);
        }

        return deals.All;
    }

    private ImportDeal Deal(Row row)
    {
        var owner = row.Text("owner");
        return new ImportDeal
        {
            Key = row.Need("key", row.Text("key", ImportLimits.DealKey)),
            Account = row.Text("account"),
            Domain = row.Domain("domain"),
            Product = vocabulary.Product(row),
            Amount = row.Amount("amount"),
            Currency = row.Currency("currency") ?? currency,
            Stage = row.Text("stage"),
            Opened = row.Date("opened"),
            Closed = row.Date("closed"),
            Owner = owner,
            Manager = row.Text("manager") ?? (owner is null ? null : managers.GetValueOrDefault(owner)),
            Outcome = row.NeedWord("outcome", ImportWords.Outcome),
            SecurityFactor = row.Word("securityFactor", ImportWords.Factor) ?? ImportFactor.None,
            Reason = row.Lines("reason", ImportLimits.Statement),
            SaidBy = row.Word("saidBy", ImportWords.SaidBy),
            Claim = Claim(row),
            Requirement = row.Lines("requirement", ImportLimits.Statement),
        };
    }

    private void Check(ImportDeal deal, Row row)
    {
        if (!row.Has("account"))
            row.Warn("account", "deal without account", "The deal cannot be matched with visits of its company. Name the account.");
        if (deal.Closed < deal.Opened)
            row.Warn("closed", "wrong order", "The deal was closed before it was opened. Check both dates.");
        if (deal.Owner is not null && managers.Count > 0 && !managers.ContainsKey(deal.Owner))
            row.Warn("owner", "unknown owner", $"{CleanText.Cite(deal.Owner)} is not among the owners, so the deal has no manager from there. Add a row.");
    }

    private string? Claim(Row row)
    {
        var key = row.Text("claim", ImportLimits.Key);
        if (key is not null && !isClaim(key))
            row.Fail("claim", "unknown claim", $"{CleanText.Cite(key)} is not the key of a claim. Correct it, or write it as requirement.");
        return key;
    }
}
