using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Mail;
using TrustCenter.Store;

namespace TrustCenter.Tests.Engine;

/// <summary>The smallest aggregate: it counts. What an engine loses or does twice is a wrong number.</summary>
public sealed record Tally : IState<Tally>
{
    public int Count { get; init; }

    static string IState<Tally>.Kind => "tally";
    static JsonTypeInfo<Tally> IState<Tally>.Json => TallyJson.Default.Tally;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [new ViewRow("staff_rows", id.Key, ("name", $"{Count}"), ("roles", ""), ("active", true))];
}

public sealed record CountOne : Command<Tally>
{
    /// <summary>A vendor's host that is written with it; one that is taken makes the commit fail.</summary>
    public string? Host { get; init; }

    /// <summary>Called each time that this is decided: a test sees how often, and may do something in between.</summary>
    public Action? Deciding { get; init; }

    public override Decision<Tally> Decide(Tally? state, Actor by, DateTimeOffset now)
    {
        Deciding?.Invoke();
        var count = (state?.Count ?? 0) + 1;
        return new(new Outcome.Done(count))
        {
            State = new Tally { Count = count },
            Happenings = [new Happening("tally.counted", new Fact("count", $"{count}"))],
            Rows = Host is null ? [] : [Store.Commits.VendorRow(Host)],
            Mails = [new OutgoingMail(Id, "ada@example.com", "Counted", $"{count}")],
        };
    }
}

public sealed record CountNothing : Command<Tally>
{
    public override Decision<Tally> Decide(Tally? state, Actor by, DateTimeOffset now) => Decision<Tally>.Refuse("count", "Nothing is counted here.") with
    {
        Happenings = [new Happening("tally.refused")],
        Mails = [new OutgoingMail(Id, "ada@example.com", "Refused", "")],
    };
}

/// <summary>Counts from the number that its form showed.</summary>
public sealed record CountFrom : Command<Tally>
{
    public required int BasedOn { get; init; }

    public override Decision<Tally> Decide(Tally? state, Actor by, DateTimeOffset now)
        => state?.Count == BasedOn ? new CountOne { Id = Id }.Decide(state, by, now) : new Outcome.Stale(state?.Count ?? 0);
}

/// <summary>Whether it is this number: answered, and nothing is written.</summary>
public sealed record CompareCount : Command<Tally>
{
    public required int Count { get; init; }

    public override Decision<Tally> Decide(Tally? state, Actor by, DateTimeOffset now)
        => state?.Count == Count ? new Outcome.Done(Count) : Decision<Tally>.Refuse("count", $"It is {state?.Count ?? 0}.");
}

[JsonSerializable(typeof(Tally))]
internal sealed partial class TallyJson : JsonSerializerContext;
