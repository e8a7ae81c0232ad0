namespace TrustCenter.Import;

/// <summary>Reads the deals and the owners they belong to. Deals are handed on one by one: a table of them does not fit into every memory.</summary>
internal sealed class DealReader(Vocabulary vocabulary, string currency, Func<string, bool> isClaim)
{
    private readonly KeyLines keys = new();
    private readonly Unique<ImportOwner> owners = new("owners", ImportLimits.Owners);
    private readonly Dictionary<string, ImportOwner> byName = new(StringComparer.Ordinal);

    public List<ImportOwner> ReadOwners(IEnumerable<Row> rows)
    {
        foreach (var row in rows)
        {
            var owner = new ImportOwner
            {
                Owner = row.Need("owner", row.Text("owner", ImportLimits.DealText)),
                Manager = row.Text("manager", ImportLimits.DealText),
                Region = row.Text("region", ImportLimits.DealText),
            };
            owners.Add(owner.Owner, owner, row, "owner");
            byName.TryAdd(owner.Owner, owner);
        }

        return owners.All;
    }

    /// <summary>Every deal whose row has no error, in the order of the rows.</summary>
    public IEnumerable<(Row Row, ImportDeal Deal)> Read(IEnumerable<Row> rows)
    {
        foreach (var row in rows)
        {
            var deal = Deal(row);
            Check(deal, row);
            if (!row.Failed) yield return (row, deal);
        }
    }

    private ImportDeal Deal(Row row)
    {
        var name = row.Text("owner", ImportLimits.DealText);
        var owner = name is null ? null : byName.GetValueOrDefault(name);
        return new ImportDeal
        {
            Key = row.Need("key", row.Text("key", ImportLimits.DealText)),
            Account = row.Text("account", ImportLimits.DealText),
            Domain = row.Domain("domain"),
            Product = vocabulary.Product(row),
            Amount = row.Amount("amount"),
            Currency = row.Currency("currency") ?? currency,
            Stage = row.Text("stage", ImportLimits.DealText),
            Opened = row.Date("opened"),
            Closed = row.Date("closed"),
            Owner = name,
            Manager = row.Text("manager", ImportLimits.DealText) ?? owner?.Manager,
            Region = row.Text("region", ImportLimits.DealText) ?? owner?.Region,
            Outcome = row.NeedWord("outcome", ImportWords.Outcome),
            SecurityFactor = row.Word("securityFactor", ImportWords.Factor) ?? ImportFactor.None,
            Reason = row.Lines("reason", ImportLimits.DealReason),
            SaidBy = row.Word("saidBy", ImportWords.SaidBy),
            Claim = Claim(row),
            Requirement = row.Lines("requirement", ImportLimits.DealText),
        };
    }

    private void Check(ImportDeal deal, Row row)
    {
        keys.Add(deal.Key, row);
        if (!row.Has("account"))
            row.Warn("account", "deal without account", "The deal cannot be matched with visits of its company. Name the account.");
        if (deal.Closed < deal.Opened)
            row.Fail("closed", "wrong order", "The deal was closed before it was opened. Correct one of the dates.");
        if (deal.Owner is not null && byName.Count > 0 && !byName.ContainsKey(deal.Owner))
            row.Warn("owner", "unknown owner", $"{FieldText.Cite(deal.Owner)} is not among the owners, so the deal has no manager from there. Add a row.");
    }

    private string? Claim(Row row)
    {
        var key = row.Text("claim", ImportLimits.Key);
        if (key is not null && !isClaim(key))
            row.Fail("claim", "unknown claim", $"{FieldText.Cite(key)} is not the key of a claim. Correct it, or write it as requirement.");
        return key;
    }
}
