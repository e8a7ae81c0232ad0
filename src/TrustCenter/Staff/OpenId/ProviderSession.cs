using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Staff.OpenId;

/// <summary>One session at a provider: sessions here carry the number that stood when they began, and are over when it moves on.</summary>
public sealed record ProviderSession : IState<ProviderSession>
{
    public int Number { get; init; }

    static string IState<ProviderSession>.Kind => "provider_session";
    static JsonTypeInfo<ProviderSession> IState<ProviderSession>.Json => ProviderJson.Default.ProviderSession;
    static bool IState<ProviderSession>.IsContent => false;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [];
}

public sealed record BeginProviderSession : Command<ProviderSession>
{
    public override Decision<ProviderSession> Decide(ProviderSession? session, Actor by, DateTimeOffset now)
        => new(new Outcome.Done(session?.Number ?? 0)) { State = session is null ? new ProviderSession() : null };
}

public sealed record EndProviderSession : Command<ProviderSession>
{
    public override Decision<ProviderSession> Decide(ProviderSession? session, Actor by, DateTimeOffset now)
        => session is null ? Decision<ProviderSession>.Missing : new(new Outcome.Done()) { State = new ProviderSession { Number = session.Number + 1 }, Happenings = [new Happening("staff.provider_session_ended")] };
}

/// <summary>One way out to a provider and back. It is taken once, whatever its answer was (ABUSE T-080).</summary>
public sealed record ProviderAnswer : IState<ProviderAnswer>
{
    public string? Why { get; init; } // why it led nobody in

    static string IState<ProviderAnswer>.Kind => "provider_answer";
    static JsonTypeInfo<ProviderAnswer> IState<ProviderAnswer>.Json => ProviderJson.Default.ProviderAnswer;
    static bool IState<ProviderAnswer>.IsContent => false;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [];
}

public sealed record TakeAnswer : Command<ProviderAnswer>
{
    public override Decision<ProviderAnswer> Decide(ProviderAnswer? answer, Actor by, DateTimeOffset now)
        => answer is null ? new(new Outcome.Done()) { State = new ProviderAnswer() } : Decision<ProviderAnswer>.Refuse("", "This answer was taken already.");
}

/// <summary>Nobody came in. One entry for each way out, however often its answer comes back.</summary>
public sealed record RefuseAnswer : Command<ProviderAnswer>
{
    public required string Provider { get; init; }
    public required string Why { get; init; }
    public required string From { get; init; } // the network's mark
    public Guid? Staff { get; init; }

    public override Decision<ProviderAnswer> Decide(ProviderAnswer? answer, Actor by, DateTimeOffset now) => answer?.Why is not null ? new Outcome.Done() : new Decision<ProviderAnswer>(new Outcome.Done())
    {
        State = new ProviderAnswer { Why = Why },
        Happenings = [new Happening("sign_in.provider_refused", [new Fact("provider", Provider), new Fact("why", Why), .. Staff is { } staff ? [new Fact("staff", staff.ToString())] : Array.Empty<Fact>(), new Fact("from", From)])],
    };
}

[JsonSerializable(typeof(ProviderSession))]
[JsonSerializable(typeof(ProviderAnswer))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ProviderJson : JsonSerializerContext;
