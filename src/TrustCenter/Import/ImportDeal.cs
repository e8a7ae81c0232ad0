namespace TrustCenter.Import;

public enum ImportOutcome { Open, Won, Lost, NoDecision }

/// <summary>What security did to the deal.</summary>
public enum ImportFactor { None, ReviewAsked, Slowed, Blocked, Helped, Decisive }

/// <summary>Whose words <see cref="ImportDeal.Reason"/> are.</summary>
public enum ImportSaidBy { Buyer, Rep }

public sealed record ImportDeal
{
    public required string Key { get; init; } // the key of the system it comes from
    public string? Account { get; init; }
    public string? Domain { get; init; } // lower case
    public string? Product { get; init; } // as written, also when the vendor does not name it
    public decimal? Amount { get; init; } // in Currency; null is unknown, which is not 0
    public required string Currency { get; init; } // ISO 4217
    public string? Stage { get; init; } // the word of the system it comes from
    public DateOnly? Opened { get; init; }
    public DateOnly? Closed { get; init; }
    public string? Owner { get; init; }
    public string? Manager { get; init; } // of the row, or the owner's
    public string? Region { get; init; } // of the row, or the owner's
    public required ImportOutcome Outcome { get; init; }
    public ImportFactor SecurityFactor { get; init; } = ImportFactor.None;
    public string? Reason { get; init; }
    public ImportSaidBy? SaidBy { get; init; }
    public string? Claim { get; init; } // a claim's key
    public string? Requirement { get; init; } // what was missing, free text
}

public sealed record ImportOwner
{
    public required string Owner { get; init; }
    public string? Manager { get; init; }
    public string? Region { get; init; }
}
