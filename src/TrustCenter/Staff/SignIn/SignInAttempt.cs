using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Mail;
using TrustCenter.Prospects;
using TrustCenter.Store;

namespace TrustCenter.Staff.SignIn;

/// <summary>
/// One browser's way in: an address was typed, a code went to it, the code came back, the vendor was chosen. Bound to the browser that asked by the
/// hash of a secret that only its cookie holds. An unknown address takes the same steps and can never be proven.
/// </summary>
public sealed record SignInAttempt : IState<SignInAttempt>
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30); // to set up an app, unhurried

    public required DateTimeOffset Asked { get; init; }
    public required string Secret { get; init; } // SHA-256 of the cookie's, hex; changes at the proof
    public IReadOnlyList<Membership> Members { get; init; } = []; // where the address is on the list, removed or not
    public string? CodeHash { get; init; } // null when burnt, used or never drawn
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Tries { get; init; }
    public DateTimeOffset? Proven { get; init; }
    public Guid? Chosen { get; init; } // the staff id, where there are several
    public DateTimeOffset? Ended { get; init; }
    public Guid? Enrolled { get; init; } // the staff id whose recovery codes may still be shown
    public string Return { get; init; } = ""; // a local path, or empty

    static string IState<SignInAttempt>.Kind => "sign_in";
    static JsonTypeInfo<SignInAttempt> IState<SignInAttempt>.Json => SignInJson.Default.SignInAttempt;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [];

    public bool Holds(string secret) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.ASCII.GetBytes(secret)), Convert.FromHexString(Secret));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));

    public bool IsOpen(DateTimeOffset now) => Ended is null && now < Asked + Life && !Asked.IsAhead(now);

    public Decision<SignInAttempt> Try(TrySignInCode command, DateTimeOffset now)
    {
        if (Proven is not null) return new Outcome.Done(MailedCode.Right);
        if (MailedCode.Try(CodeHash, command.CodeHash, Tries, Asked, now) is not { } answer) return Decision<SignInAttempt>.Refuse("code", "This code is used up or older than ten minutes. Begin again and ask for a new one.");
        if (answer == MailedCode.Right)
            return new(new Outcome.Done(answer))
            {
                State = this with { Proven = now, CodeHash = null, Secret = command.NextSecret },
                Happenings = [new Happening("sign_in.proven", Facts(command.From))],
            };
        var burnt = answer == MailedCode.Burnt;
        return new(new Outcome.Done(answer))
        {
            State = this with { Tries = Tries + 1, CodeHash = burnt ? null : CodeHash },
            Happenings = [new Happening(burnt ? "sign_in.code_burnt" : "sign_in.code_wrong", [.. Facts(command.From), new Fact("try", (Tries + 1).ToString(CultureInfo.InvariantCulture))])],
        };
    }

    // Who it is about, where that is one person; whence, as a mark.
    internal Fact[] Facts(string from) => Members.Count == 1 ? [new Fact("staff", Members[0].Staff.ToString()), new Fact("from", from)] : [new Fact("from", from)];
}

public sealed record Membership(Guid Tenant, Guid Staff);

public sealed record AskSignIn : Command<SignInAttempt>
{
    public required SignInAttempt Attempt { get; init; }
    public required string From { get; init; }
    public bool IsProven { get; init; } // by a setup code or an invitation
    public OutgoingMail? Mail { get; init; } // null: nobody by this address, and nobody outside can tell

    public override Decision<SignInAttempt> Decide(SignInAttempt? attempt, Actor by, DateTimeOffset now)
    {
        if (attempt is not null) return new Outcome.Done();
        var next = Attempt with { Asked = now, Proven = IsProven ? now : null };
        return new(new Outcome.Done())
        {
            State = next,
            Mails = Mail is null ? [] : [Mail],
            Happenings = [new Happening(IsProven ? "sign_in.begun" : next.Members.Count == 0 ? "sign_in.refused" : "sign_in.asked", next.Facts(From))],
        };
    }
}

public sealed record TrySignInCode : Command<SignInAttempt>
{
    public required string CodeHash { get; init; } // hex, of what was typed
    public required string NextSecret { get; init; } // hash of what the answer's cookie holds
    public required string From { get; init; }

    public override Decision<SignInAttempt> Decide(SignInAttempt? attempt, Actor by, DateTimeOffset now) => attempt?.Try(this, now) ?? Decision<SignInAttempt>.Missing;
}

public sealed record ChooseVendor : Command<SignInAttempt>
{
    public required Guid Staff { get; init; }

    public override Decision<SignInAttempt> Decide(SignInAttempt? attempt, Actor by, DateTimeOffset now)
        => attempt is { Proven: not null, Ended: null } && attempt.Members.Any(m => m.Staff == Staff) ? new(new Outcome.Done()) { State = attempt with { Chosen = Staff } } : Decision<SignInAttempt>.Missing;
}

/// <summary>It led in; it leads nobody in again.</summary>
public sealed record EndSignIn : Command<SignInAttempt>
{
    public Guid? Enrolled { get; init; }

    public override Decision<SignInAttempt> Decide(SignInAttempt? attempt, Actor by, DateTimeOffset now)
        => attempt is null ? Decision<SignInAttempt>.Missing : new(new Outcome.Done()) { State = attempt with { Ended = now, Enrolled = Enrolled } };
}

[JsonSerializable(typeof(SignInAttempt))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class SignInJson : JsonSerializerContext;
