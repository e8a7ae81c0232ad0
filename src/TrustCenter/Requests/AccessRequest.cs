using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Mail;
using TrustCenter.Prospects;
using TrustCenter.Store;

namespace TrustCenter.Requests;

public enum RequestAnswer { Granted, Offered, Declined }

/// <summary>Somebody without a link asks for gated documents: typed, proven by a mailed code, answered once by the vendor's people.</summary>
public sealed record AccessRequest : IState<AccessRequest>
{
    public required Guid Person { get; init; } // a personal record: the address
    public required Guid Words { get; init; } // a personal record: who and why
    public required string Lookup { get; init; } // the address's pseudonym, hex
    public IReadOnlyList<Guid> Documents { get; init; } = []; // gated ones; none: the words say what is needed
    public required DateTimeOffset Asked { get; init; }
    public required string Secret { get; init; } // SHA-256 of the cookie's value, hex; changes when the code was right
    public string? CodeHash { get; init; } // null when burnt or used
    public int Tries { get; init; }
    public DateTimeOffset? Proven { get; init; }
    public DateTimeOffset? Due { get; init; } // when the vendor promised an answer by
    public AnsweredRequest? Answer { get; init; }
    public required NoticeShown Notice { get; init; }
    public DateTimeOffset? Forgotten { get; init; }

    static string IState<AccessRequest>.Kind => "request";
    static JsonTypeInfo<AccessRequest> IState<AccessRequest>.Json => AccessRequestJson.Default.AccessRequest;
    static bool IState<AccessRequest>.IsContent => false;

    [JsonIgnore] public bool Waits => Proven is not null && Answer is null && Forgotten is null;

    [JsonIgnore] public string Stage => Forgotten is not null ? "Forgotten" : Answer?.Kind.ToString() ?? (Proven is not null ? "Waiting" : "Asked");

    public bool IsLate(DateTimeOffset now) => Waits && now > Due;

    /// <summary>For whoever asked, in the browser that asked, as long as a visit lasts.</summary>
    public bool IsOf(string? cookie, DateTimeOffset now) => Forgotten is null && now < (Proven ?? Asked) + Visit.SessionLife && !(Proven ?? Asked).IsAhead(now) && cookie is { Length: > 0 and < 200 } && SecretHash.Same(Secret, Visit.HashOf(cookie));

    public Decision<AccessRequest> Prove(TryRequestCode command, DateTimeOffset now)
    {
        if (Proven is not null) return new Outcome.Done(MailedCode.Right);
        if (MailedCode.Try(CodeHash, command.CodeHash, Tries, Asked, now) is not { } answer) return Decision<AccessRequest>.Refuse("code", "This code is used up or older than ten minutes. Ask again for a new one.");
        if (answer != MailedCode.Right) return WrongCode(answer);
        return new(new Outcome.Done(MailedCode.Right))
        {
            State = this with { Proven = now, Due = command.Due, CodeHash = null, Secret = command.NextSecret },
            Mails = [command.Receipt],
            Happenings = [new Happening("request.proven", new Fact("person", Person.ToString()), new Fact("due", command.Due.ToString("u", CultureInfo.InvariantCulture)))],
        };
    }

    private Decision<AccessRequest> WrongCode(int answer)
    {
        var burnt = answer == MailedCode.Burnt;
        return new(new Outcome.Done(answer))
        {
            State = this with { Tries = Tries + 1, CodeHash = burnt ? null : CodeHash },
            Happenings = [new Happening(burnt ? "request.code_burnt" : "request.code_wrong", new Fact("try", (Tries + 1).ToString(CultureInfo.InvariantCulture)))],
        };
    }

    public IEnumerable<ViewRow> Rows(AggregateId id)
    {
        yield return new ViewRow("request_rows", id.Key, ("person", Person), ("stage", Stage), ("asked", Asked), ("due", Due), ("decided", Answer?.At));
        foreach (var record in new[] { Person, Words, Answer?.Words }.OfType<Guid>())
            yield return new ViewRow("request_record_rows", record, ("request", id.Key), ("forget_at", Asked.AddMonths(Notice.Months)));
    }
}

/// <param name="Link">That was made for it, where access was granted.</param>
/// <param name="Words">A personal record: what was written to the person.</param>
public sealed record AnsweredRequest(RequestAnswer Kind, Guid By, DateTimeOffset At, Guid? Link, Guid? Words);

public sealed record AskAccess : Command<AccessRequest>
{
    public required AccessRequest Request { get; init; }
    public required IReadOnlyList<PersonalRecord> Personal { get; init; }
    public required OutgoingMail Mail { get; init; } // the code

    public override Decision<AccessRequest> Decide(AccessRequest? request, Actor by, DateTimeOffset now)
    {
        if (request is not null) return new Outcome.Done();
        Fact[] facts = [new("person", Request.Person.ToString()), new("documents", string.Join(",", Request.Documents)), new("notice", Request.Notice.Hash)];
        return new(new Outcome.Done()) { State = Request with { Asked = now }, Personal = Personal, Mails = [Mail], Happenings = [new Happening("request.asked", facts) { Personal = Personal }] };
    }
}

public sealed record TryRequestCode : Command<AccessRequest>
{
    public required string CodeHash { get; init; } // hex, of what was typed
    public required string NextSecret { get; init; } // hash of the cookie that the answer sets
    public required DateTimeOffset Due { get; init; }
    public required OutgoingMail Receipt { get; init; }

    public override Decision<AccessRequest> Decide(AccessRequest? request, Actor by, DateTimeOffset now) => request?.Prove(this, now) ?? Decision<AccessRequest>.Missing;
}

/// <summary>The one answer. No is never said without a word, and another way is a word too.</summary>
public sealed record AnswerRequest : Command<AccessRequest>
{
    public const int LongestWords = 2_000; // characters; a mail that is read to its end

    public required RequestAnswer Kind { get; init; }
    public Guid? Link { get; init; }
    public PersonalRecord? Words { get; init; } // what the person is told
    public required OutgoingMail Mail { get; init; }

    public override Decision<AccessRequest> Decide(AccessRequest? request, Actor by, DateTimeOffset now)
    {
        if (request is not { Proven: not null, Forgotten: null }) return Decision<AccessRequest>.Missing;
        if (request.Answer is not null) return Decision<AccessRequest>.Refuse("", "Somebody answered this request meanwhile. Nothing more was sent.");
        if (Words is null && Kind != RequestAnswer.Granted) return Decision<AccessRequest>.Refuse("words", "Write what they shall read: another way, or the reason.");
        if (Words?.Value.Length > LongestWords) return Decision<AccessRequest>.Refuse("words", $"Write at most {LongestWords:N0} characters.");
        IReadOnlyList<PersonalRecord> personal = Words is null ? [] : [Words];
        Fact[] facts = [new("answer", Kind.ToString()), new("person", request.Person.ToString()), new("link", Link?.ToString() ?? "")];
        return new(new Outcome.Done())
        {
            State = request with { Answer = new AnsweredRequest(Kind, by.Id, now, Link, Words?.Id) },
            Personal = personal,
            Mails = [Mail],
            Happenings = [new Happening("request.answered", facts) { Personal = personal }],
        };
    }
}

/// <summary>Takes out whatever points at the person; that somebody asked, and how it was answered, stays.</summary>
public sealed record ForgetRequest : Command<AccessRequest>
{
    public override Decision<AccessRequest> Decide(AccessRequest? request, Actor by, DateTimeOffset now)
    {
        if (request is null) return Decision<AccessRequest>.Missing;
        if (request.Forgotten is not null) return new Outcome.Done();
        return new(new Outcome.Done()) { State = request with { Forgotten = now, Lookup = "", Secret = ForgetVisit.NobodysSecret, CodeHash = null }, Happenings = [new Happening("request.forgotten")] };
    }
}

[JsonSerializable(typeof(AccessRequest))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class AccessRequestJson : JsonSerializerContext;
