namespace TrustCenter.Journal;

/// <summary>
/// One thing that happened, in one log of one vendor; never changed once written. Equality is by reference for the lists and hashes:
/// compare <see cref="EntryEncoding.Encode"/> to know whether two entries say the same.
/// </summary>
public sealed record JournalEntry
{
    /// <summary>Everything that happened, accesses included: for staff and auditors.</summary>
    public const string Journal = "journal";

    /// <summary>What the vendor said in public: a proof of it tells nobody about traffic.</summary>
    public const string Publications = "publications";

    /// <summary>The <see cref="What"/> of forgetting people: it has one fact named <see cref="PersonFact"/> for each, its value the person's id.</summary>
    public const string PersonErased = "person.erased";
    public const string PersonFact = "person";

    public required Guid Tenant { get; init; }
    public required string Log { get; init; } // Journal or Publications
    public required long N { get; init; } // 1 is the first, no gaps
    public required long Utc { get; init; } // microseconds since 1970-01-01
    public required string Actor { get; init; } // "staff:<guid>", "prospect:<guid>", "key:<guid> of staff:<guid>", "system", "operator"
    public required string What { get; init; } // "claim.published"
    public required string Subject { get; init; } // "claim:<guid>"

    /// <summary>Public strings: versions, content hashes. Never a secret and nothing personal: it can't be forgotten.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>What is personal, as commitments that say nothing once the key is destroyed.</summary>
    public IReadOnlyList<Commitment> Personal { get; init; } = [];

    public required byte[] StateHash { get; init; } // 32 bytes, salted hash of the new state
}

/// <summary>A public name and value of an entry.</summary>
public sealed record Fact(string Name, string Value);
