using System.Text.Json.Serialization.Metadata;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Store;

namespace TrustCenter.Engine;

/// <summary>The state of one aggregate: a document with its revisions inside, stored as source-generated JSON.</summary>
public interface IState<TSelf> where TSelf : class, IState<TSelf>
{
    /// <summary>The stored name of the kind; at most 20 characters; never changes.</summary>
    static abstract string Kind { get; }

    static abstract JsonTypeInfo<TSelf> Json { get; }

    /// <summary>The rows that lists read, derived from this state and written in the same transaction.</summary>
    IEnumerable<ViewRow> Rows(AggregateId id);

    /// <summary>Whether this kind is part of what a vendor shows; visitors' own steps are not.</summary>
    static virtual bool IsContent => true;
}

/// <summary>A wish, with everything that a pure decision may not fetch itself: ids, random values, what was typed.</summary>
public abstract record Command<TState> where TState : class, IState<TState>
{
    /// <summary>Drawn into the form (UUIDv7); the same form posted again answers as it did first.</summary>
    public required Guid Id { get; init; }

    /// <summary>Pure: no I/O, no clock, no randomness. A null state means that nothing is there yet.</summary>
    public abstract Decision<TState> Decide(TState? state, Actor by, DateTimeOffset now);
}

/// <summary>The answer, and what becomes durable with it in one transaction. Without a state nothing is written.</summary>
public sealed record Decision<TState>(Outcome Outcome) where TState : class, IState<TState>
{
    public TState? State { get; init; }
    public IReadOnlyList<Happening> Happenings { get; init; } = [];
    public IReadOnlyList<ViewRow> Rows { get; init; } = [];
    public IReadOnlyList<OutgoingMail> Mails { get; init; } = [];
    public IReadOnlyList<PersonalRecord> Personal { get; init; } = [];
    public IReadOnlyList<StagedFile> Files { get; init; } = [];

    /// <summary>Whether the public pages must be compiled again after this.</summary>
    public bool Publishes => Happenings.Any(h => h.IsPublic);

    public static implicit operator Decision<TState>(Outcome outcome) => new(outcome);

    public static Decision<TState> Refuse(string field, string rule) => new(new Outcome.Refused([new Problem(field, rule)]));

    public static Decision<TState> Refuse(IReadOnlyList<Problem> problems) => new(new Outcome.Refused(problems));

    public static Decision<TState> Missing { get; } = new(new Outcome.Missing());
}

/// <summary>What happened, for the journal; where <see cref="IsPublic"/>, for the publications as well. Facts are never personal.</summary>
public sealed record Happening(string What, params Fact[] Facts)
{
    public bool IsPublic { get; init; }

    /// <summary>The facts that strangers may read; the others stay in the journal.</summary>
    public IReadOnlyList<Fact> PublicFacts { get; init; } = [];

    /// <summary>Personal values that are committed to but not written (DESIGN, section 5).</summary>
    public IReadOnlyList<PersonalRecord> Personal { get; init; } = [];
}
