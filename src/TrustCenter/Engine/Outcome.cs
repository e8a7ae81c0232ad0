namespace TrustCenter.Engine;

/// <summary>What a decision answers. Expected answers are records; exceptions are for bugs and broken machines.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>It is durable. <paramref name="Number"/> is the version it made, or 0 where nothing is numbered.</summary>
    public sealed record Done(int Number = 0) : Outcome;

    /// <summary>A rule stands against it: every field with its rule, in words for the person who typed.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : Outcome
    {
        public string Why => string.Join(" ", Problems.Select(p => p.Rule));
    }

    /// <summary>Somebody else changed it meanwhile; <paramref name="Current"/> is the version that stands now.</summary>
    public sealed record Stale(int Current) : Outcome;

    /// <summary>Nothing is there, or nothing that this scope may see.</summary>
    public sealed record Missing : Outcome;
}

/// <summary>One rule that stands against one field. An empty field name means the whole form.</summary>
public sealed record Problem(string Field, string Rule);
