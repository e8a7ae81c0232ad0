using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Store;

namespace TrustCenter.Prospects;

/// <summary>
/// One browser's way into one link: an address was typed, a code went to it, the code came back, the agreement was accepted.
/// Everything is bound to the browser that asked, by the hash of a secret that only its cookie holds.
/// </summary>
public sealed record Visit : IState<Visit>
{
    public const int MostAccesses = 300; // downloads of one visit
    public static readonly TimeSpan SessionLife = TimeSpan.FromHours(8);
    public static readonly TimeSpan IdleLife = TimeSpan.FromHours(2);

    public required Guid Link { get; init; }
    public Guid? Deal { get; init; } // the link's, for the touches
    public required Guid Person { get; init; } // a personal record: the address
    public required string Lookup { get; init; } // the address's pseudonym, hex
    public required string Host { get; init; } // the address's domain, normalised
    public required DateTimeOffset Asked { get; init; }
    public required string Secret { get; init; } // SHA-256 of the cookie's value, hex; changes at each step
    public string? CodeHash { get; init; } // null when burnt, used, or never sent
    public int Tries { get; init; }
    public DateTimeOffset? Proven { get; init; }
    public IReadOnlyList<Acceptance> Acceptances { get; init; } = []; // none is ever changed (ABUSE T-033)
    public IReadOnlyList<Access> Accesses { get; init; } = [];
    public NoticeShown? Notice { get; init; } // null: before notices were recorded
    public DateTimeOffset? Forgotten { get; init; }

    static string IState<Visit>.Kind => "visit";
    static JsonTypeInfo<Visit> IState<Visit>.Json => VisitJson.Default.Visit;
    static bool IState<Visit>.IsContent => false;

    [JsonIgnore] public Acceptance? Accepted => Acceptances.Count == 0 ? null : Acceptances[^1];

    [JsonIgnore] public string Stage => Accepted is not null ? "Accepted" : Proven is not null ? "Proven" : "Asked";

    public bool Holds(string? cookie) => cookie is { Length: > 0 and < 200 }
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(cookie)), Convert.FromHexString(Secret));

    public static string HashOf(string cookie) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(cookie)));

    public Decision<Visit> Prove(TryCode command, AggregateId id, DateTimeOffset now)
    {
        if (Proven is not null) return new Outcome.Done(MailedCode.Right);
        if (MailedCode.Try(CodeHash, command.CodeHash, Tries, Asked, now) is not { } answer) return Decision<Visit>.Refuse("code", "This code is used up or older than ten minutes. Open the link again and ask for a new one.");
        if (answer != MailedCode.Right) return WrongCode(answer);
        return new(new Outcome.Done(MailedCode.Right))
        {
            State = this with { Proven = now, CodeHash = null, Secret = command.NextSecret },
            Happenings = [new Happening("visit.proven", new Fact("link", Link.ToString()), new Fact("person", Person.ToString()))],
            Rows = [Touch(command.Id, id, now, "proved their e-mail")],
        };
    }

    private Decision<Visit> WrongCode(int answer)
    {
        var burnt = answer == MailedCode.Burnt;
        return new(new Outcome.Done(answer))
        {
            State = this with { Tries = Tries + 1, CodeHash = burnt ? null : CodeHash },
            Happenings = [new Happening(burnt ? "visit.code_burnt" : "visit.code_wrong", new Fact("link", Link.ToString()), new Fact("try", (Tries + 1).ToString(CultureInfo.InvariantCulture)))],
        };
    }

    public Decision<Visit> Accept(AcceptAgreement command, AggregateId id, DateTimeOffset now)
    {
        if (Proven is null) return Decision<Visit>.Missing;
        if (Accepted is { } last && last.Version == command.Version && last.Hash == command.Hash) return new Outcome.Done(last.Version);
        return new(new Outcome.Done(command.Version))
        {
            State = this with { Acceptances = [.. Acceptances, new Acceptance(command.Version, command.Hash, now, command.Address, command.Agent)], Secret = command.NextSecret },
            Happenings = [new Happening("agreement.accepted", new Fact("link", Link.ToString()), new Fact("person", Person.ToString()), new Fact("version", command.Version.ToString(CultureInfo.InvariantCulture)), new Fact("hash", command.Hash))],
            Rows = [Touch(command.Id, id, now, "accepted the agreement, version " + command.Version.ToString(CultureInfo.InvariantCulture))],
        };
    }

    public Decision<Visit> Download(StartDownload command, AggregateId id, DateTimeOffset now)
    {
        if (Proven is null) return Decision<Visit>.Missing;
        if (Accesses.Count >= MostAccesses) return Decision<Visit>.Refuse("", "This visit has used all its downloads. Open the link again.");
        var access = command.Access with { At = now };
        return new(new Outcome.Done(Accesses.Count + 1))
        {
            State = this with { Accesses = [.. Accesses, access] },
            Happenings = [new Happening("document.accessed", new Fact("link", Link.ToString()), new Fact("person", Person.ToString()), new Fact("document", access.Document?.ToString() ?? "summary"), new Fact("version", access.Version.ToString(CultureInfo.InvariantCulture)), new Fact("trace", access.Trace))],
            Rows = [Touch(command.Id, id, now, "downloaded", command.Title, access.Document)],
        };
    }

    public Decision<Visit> Follow(FollowNextStep command, AggregateId id, DateTimeOffset now) => Proven is null ? Decision<Visit>.Missing : new(new Outcome.Done())
    {
        State = this,
        Happenings = [new Happening("next_step.followed", new Fact("link", Link.ToString()), new Fact("person", Person.ToString()))],
        Rows = [Touch(command.Id, id, now, "followed the next step", command.Label)],
    };

    public ViewRow Touch(Guid touch, AggregateId id, DateTimeOffset now, string what, string about = "", Guid? aboutId = null) => new("touch_rows", TouchId(id.Key, touch),
        ("link", Link), ("deal", Deal), ("visit", id.Key), ("person", Person), ("utc", now), ("what", what), ("about", about), ("about_id", aboutId));

    // The command's id comes from a form: alone it would let a reader write over a trace of another visit (ABUSE T-032).
    private static Guid TouchId(Guid visit, Guid command) => new(SHA256.HashData([.. visit.ToByteArray(), .. command.ToByteArray()]).AsSpan(0, 16));

    public IEnumerable<ViewRow> Rows(AggregateId id) => [new ViewRow("visit_rows", id.Key,
        ("link", Link), ("person", Person), ("stage", Stage), ("asked", Asked), ("proven", Proven), ("accepted", Accepted?.At),
        ("forget_at", Notice is null ? null : Asked.AddMonths(Notice.Months)), ("keep_until", Notice is null ? null : Accepted?.At.AddMonths(Notice.AcceptanceMonths)))];
}

/// <summary>Bound to what the server saw itself; nothing of it comes from the form (ABUSE T-031).</summary>
public sealed record Acceptance(int Version, string Hash, DateTimeOffset At, string Address, string Agent);

/// <summary>One download: its bytes bear this trace code and stay the same for every request of it. A null document is the summary.</summary>
public sealed record Access(Guid Id, Guid? Document, int Version, string Trace, DateTimeOffset At);

public sealed record AskCode : Command<Visit>
{
    public required Visit Visit { get; init; }
    public required PersonalRecord Person { get; init; }
    public required AggregateId Target { get; init; }
    public OutgoingMail? Mail { get; init; } // null: the address is not on the list, and nobody outside can tell

    public override Decision<Visit> Decide(Visit? visit, Actor by, DateTimeOffset now)
    {
        if (visit is not null) return new Outcome.Done();
        var next = Visit with { Asked = now };
        return new(new Outcome.Done())
        {
            State = next,
            Personal = [Person],
            Mails = Mail is null ? [] : [Mail],
            Happenings = [new Happening(Mail is null ? "visit.refused" : "visit.asked", new Fact("link", next.Link.ToString()), new Fact("person", Person.Id.ToString()), new Fact("notice", next.Notice?.Hash ?? "")) { Personal = [Person] }],
            Rows = [next.Touch(Id, Target, now, Mail is null ? "asked for a code but is not on the list" : "asked for a code")],
        };
    }
}

public sealed record TryCode : Command<Visit>
{
    public required AggregateId Target { get; init; }
    public required string CodeHash { get; init; } // hex, of what was typed
    public required string NextSecret { get; init; } // hash of the cookie that the answer sets

    public override Decision<Visit> Decide(Visit? visit, Actor by, DateTimeOffset now) => visit?.Prove(this, Target, now) ?? Decision<Visit>.Missing;
}

public sealed record AcceptAgreement : Command<Visit>
{
    public required AggregateId Target { get; init; }
    public required int Version { get; init; }
    public required string Hash { get; init; }
    public required string Address { get; init; }
    public required string Agent { get; init; }
    public required string NextSecret { get; init; }

    public override Decision<Visit> Decide(Visit? visit, Actor by, DateTimeOffset now) => visit?.Accept(this, Target, now) ?? Decision<Visit>.Missing;
}

public sealed record StartDownload : Command<Visit>
{
    public required AggregateId Target { get; init; }
    public required Access Access { get; init; }
    public required string Title { get; init; }

    public override Decision<Visit> Decide(Visit? visit, Actor by, DateTimeOffset now) => visit?.Download(this, Target, now) ?? Decision<Visit>.Missing;
}

public sealed record FollowNextStep : Command<Visit>
{
    public required AggregateId Target { get; init; }
    public required string Label { get; init; }

    public override Decision<Visit> Decide(Visit? visit, Actor by, DateTimeOffset now) => visit?.Follow(this, Target, now) ?? Decision<Visit>.Missing;
}

[JsonSerializable(typeof(Visit))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class VisitJson : JsonSerializerContext;
