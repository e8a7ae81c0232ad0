using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Tenants;

/// <summary>How a vendor works: hours, limits and periods. Its public words are <see cref="Vendor"/>. One per tenant, under the key <see cref="Only"/>.</summary>
public sealed record TenantSettings : IState<TenantSettings>
{
    public static readonly Guid Only = new("00000000-0000-8000-8000-000000000004");

    /// <summary>What holds where nothing was set.</summary>
    public static readonly TenantSettings Standing = new();

    public WorkingHours Hours { get; init; } = new();
    public int FiscalYearStart { get; init; } = 1; // month, 1 is January
    public LinkRules Links { get; init; } = new();
    public int AnswerHours { get; init; } = 16; // working hours within which an access request is answered; two days
    public int NoticeDays { get; init; } = 30; // days between announcing a subprocessor and its start
    public Retention Retention { get; init; } = new();
    public IReadOnlyList<PrivacyNotice> Notices { get; init; } = []; // oldest first; none is ever changed
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool MailedCodesOff { get; init; } // staff come by a provider alone
    public int Version { get; init; }

    static string IState<TenantSettings>.Kind => "settings";
    static JsonTypeInfo<TenantSettings> IState<TenantSettings>.Json => TenantSettingsJson.Default.TenantSettings;

    /// <summary>The notice that a person is shown now.</summary>
    [JsonIgnore] public PrivacyNotice Notice => Notices.Count > 0 ? Notices[^1] : new PrivacyNotice(0, PrivacyNotice.Default(Retention), default, IsOwn: false);

    /// <summary>Until when a request that came at this moment is answered.</summary>
    public DateTimeOffset AnswerDue(DateTimeOffset asked) => Hours.After(asked, AnswerHours);

    public IEnumerable<ViewRow> Rows(AggregateId id) => [];
}

/// <summary>What every new link must keep, whoever makes it and however (ABUSE T-026).</summary>
public sealed record LinkRules
{
    public const int LongestDays = 180; // no vendor may allow more: what was shared half a year ago is shared again

    public int DefaultDays { get; init; } = 30;
    public int MostDays { get; init; } = LongestDays;
    public bool AgreementDemanded { get; init; }
}

/// <summary>Months after which what is personal is forgotten.</summary>
public sealed record Retention
{
    public const int LeastPeople = 7; // months; longer than a link lives that nobody prolongs
    public const int Most = 240; // months

    public int People { get; init; } = 24; // after an address was typed: its key is destroyed
    public int Acceptances { get; init; } = 72; // after an agreement was accepted: until then the address stays sealed as its proof
    public int Touches { get; init; } = 36; // lines of what happened on a link
    public int Deals { get; init; } = 120; // after closing: the names in a deal go, its figures stay
}

/// <param name="Number">1 is the first; 0 is the notice of the house, before any was stored.</param>
/// <param name="IsOwn">The vendor's own words, and not those that follow the periods by themselves.</param>
public sealed record PrivacyNotice(int Number, string Body, DateTimeOffset At, bool IsOwn)
{
    public const int Longest = 4_000; // characters; a printed page

    /// <summary>SHA-256 of the body, hex: what a visit records.</summary>
    [JsonIgnore] public string Hash => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Body)));

    public static string Default(Retention retention) => string.Create(CultureInfo.InvariantCulture, $"""
        We record your e-mail address, when you came, what you opened, and what you accepted, with the network address and the browser that you accepted it from. The person who shared this page with you sees it; nobody outside our company does.

        Your address is destroyed {Months(retention.People)} after you typed it. If you accept an agreement, your address stays sealed as its proof for {Months(retention.Acceptances)}.

        You may ask us at any time what we hold about you, and to forget you.
        """).ReplaceLineEndings("\n");

    /// <summary>24 months as people say it: 2 years.</summary>
    public static string Months(int months) => months % 12 == 0 ? Pages.Words.Count(months / 12, "year", "years") : Pages.Words.Count(months, "month", "months");
}

/// <summary>Changes a part of the settings, over the version that the person saw.</summary>
public abstract record ChangeSettings : Command<TenantSettings>
{
    public required int BasedOn { get; init; }

    protected abstract string What { get; }

    protected abstract TenantSettings Applied(TenantSettings settings, DateTimeOffset now);

    protected abstract IEnumerable<Problem> Problems(TenantSettings next);

    protected virtual IEnumerable<Fact> Facts(TenantSettings next) => [];

    public override Decision<TenantSettings> Decide(TenantSettings? settings, Actor by, DateTimeOffset now)
    {
        var before = settings ?? TenantSettings.Standing;
        if (BasedOn != before.Version) return new Outcome.Stale(before.Version);
        var next = Applied(before, now);
        if (Problems(next).ToList() is { Count: > 0 } problems) return Decision<TenantSettings>.Refuse(problems);
        next = next with { Version = before.Version + 1 };
        return new(new Outcome.Done(next.Version))
        {
            State = next,
            Happenings = [new Happening(What, [new("version", next.Version.ToString(CultureInfo.InvariantCulture)), .. Facts(next)])],
        };
    }
}

[JsonSerializable(typeof(TenantSettings))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class TenantSettingsJson : JsonSerializerContext;
