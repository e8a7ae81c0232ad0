using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Operation;

/// <summary>
/// The platform operator's way in: which codes were used, what was tried in vain, and the sessions that are open. There is one, in the platform's scope;
/// what it holds is over within the hour.
/// </summary>
public sealed record OperatorEntrance : IState<OperatorEntrance>
{
    public static readonly Guid Only = new("00000000-0000-8000-8000-0000000000a1");

    public const int Right = 0, Used = -1, Locked = -2; // what a tried code answers; a positive number is the tries left
    public const int MostTries = 5; // wrong codes for one name within TriesLife; guessing 64 bits is hopeless, this bounds the noise
    public const int MostNames = 200; // names whose wrong tries are counted; a flood of made-up names must not lock the real one out
    public static readonly TimeSpan TriesLife = 2 * ConsoleCode.Life;
    public static readonly TimeSpan SessionLife = TimeSpan.FromHours(1);

    public IReadOnlyList<SpentCode> Spent { get; init; } = [];
    public IReadOnlyList<WrongTries> Wrong { get; init; } = [];
    public IReadOnlyList<OpenSession> Sessions { get; init; } = [];

    static string IState<OperatorEntrance>.Kind => "operator-entrance";
    static JsonTypeInfo<OperatorEntrance> IState<OperatorEntrance>.Json => OperatorEntranceJson.Default.OperatorEntrance;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [];

    public OpenSession? Session(Guid id, DateTimeOffset now) => Sessions.FirstOrDefault(s => s.Id == id && now < s.Began + SessionLife && !s.Began.IsAhead(now));

    internal Decision<OperatorEntrance> Try(TryOperatorCode command, DateTimeOffset now)
    {
        var fresh = Fresh(now);
        var tries = fresh.Wrong.FirstOrDefault(w => w.Name == command.Name);
        if (tries?.Count >= MostTries) return new Outcome.Done(Locked);
        if (command.IsRight && fresh.Spent.Any(s => s.Code == command.Code)) return new Outcome.Done(Used);
        if (!command.IsRight) return fresh.WrongCode(command, tries, now);
        return new(new Outcome.Done(Right))
        {
            State = fresh with { Spent = [.. fresh.Spent, new SpentCode(command.Code, now)], Sessions = [.. fresh.Sessions, new OpenSession(command.Session, command.Person.Id, now)] },
            Personal = [command.Person],
            Happenings = [new Happening("operator.signed_in", new Fact("session", command.Session.ToString()), new Fact("person", command.Person.Id.ToString())) { Personal = [command.Person] }],
        };
    }

    internal Decision<OperatorEntrance> End(Guid session, DateTimeOffset now)
    {
        if (Sessions.All(s => s.Id != session)) return new Outcome.Done();
        var fresh = Fresh(now);
        return new(new Outcome.Done())
        {
            State = fresh with { Sessions = [.. fresh.Sessions.Where(s => s.Id != session)] },
            Happenings = [new Happening("operator.signed_out", new Fact("session", session.ToString()))],
        };
    }

    private Decision<OperatorEntrance> WrongCode(TryOperatorCode command, WrongTries? tries, DateTimeOffset now)
    {
        var count = (tries?.Count ?? 0) + 1;
        if (tries is null && Wrong.Count >= MostNames) return new Outcome.Done(MostTries - 1); // not counted, and not let in
        return new(new Outcome.Done(MostTries - count is > 0 and var left ? left : Locked))
        {
            State = this with { Wrong = [.. Wrong.Where(w => w.Name != command.Name), new WrongTries(command.Name, count, tries?.First ?? now)] },
            Happenings = [new Happening("operator.code_wrong", new Fact("try", count.ToString(CultureInfo.InvariantCulture)))],
        };
    }

    // A code is over after at most twice its life, so it need not be remembered for longer.
    private OperatorEntrance Fresh(DateTimeOffset now) => this with
    {
        Spent = [.. Spent.Where(s => now - s.At < 3 * ConsoleCode.Life)],
        Wrong = [.. Wrong.Where(w => now - w.First < TriesLife)],
        Sessions = [.. Sessions.Where(s => now - s.Began < SessionLife)],
    };
}

/// <param name="Code">A keyed hash of name and code, hex.</param>
public sealed record SpentCode(string Code, DateTimeOffset At);

/// <param name="Name">The name's pseudonym, hex.</param>
public sealed record WrongTries(string Name, int Count, DateTimeOffset First);

/// <param name="Person">A personal record: the operator's name.</param>
public sealed record OpenSession(Guid Id, Guid Person, DateTimeOffset Began);

/// <summary>Whether the code is right was compared outside, where the host's key is; whether it may still be used is decided here.</summary>
public sealed record TryOperatorCode : Command<OperatorEntrance>
{
    public required string Name { get; init; } // the pseudonym
    public required string Code { get; init; } // the keyed hash
    public required bool IsRight { get; init; }
    public required Guid Session { get; init; }
    public required PersonalRecord Person { get; init; }

    public override Decision<OperatorEntrance> Decide(OperatorEntrance? entrance, Actor by, DateTimeOffset now) => (entrance ?? new()).Try(this, now);
}

public sealed record EndOperatorSession : Command<OperatorEntrance>
{
    public required Guid Session { get; init; }

    public override Decision<OperatorEntrance> Decide(OperatorEntrance? entrance, Actor by, DateTimeOffset now) => (entrance ?? new()).End(Session, now);
}

[JsonSerializable(typeof(OperatorEntrance))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class OperatorEntranceJson : JsonSerializerContext;
