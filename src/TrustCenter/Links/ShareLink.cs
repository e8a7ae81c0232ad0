using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Documents;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Links;

/// <summary>What a rep shares with an account: documents, people, an end, and the rep's own next step for the customer.</summary>
public sealed record ShareLink : IState<ShareLink>
{
    public const int MostPeople = 50; // addresses on one link
    public const int MostDomains = 5;
    public const int MostDocuments = 30;

    public required string Account { get; init; }
    public IReadOnlyList<Person> People { get; init; } = [];
    public IReadOnlyList<string> Domains { get; init; } = []; // normalised hosts, exact match
    public IReadOnlyList<Guid> Documents { get; init; } = [];
    public required DateTimeOffset Expires { get; init; }
    public bool NeedsAgreement { get; init; }
    public Guid? Deal { get; init; }
    public Guid? Request { get; init; } // the access request that it answers
    public NextStep? NextStep { get; init; }
    public StoredFile? Summary { get; init; }
    public SummaryEdition? Edition { get; init; } // of the summary; null: made before that was kept
    public required Guid Owner { get; init; } // the rep
    public required DateTimeOffset Created { get; init; }
    public int Generation { get; init; } = 1;
    public required string TokenHash { get; init; } // SHA-256 of the address's token, hex
    public DateTimeOffset? Revoked { get; init; }
    public DateTimeOffset? Approved { get; init; } // the suspension after which it was approved again

    static string IState<ShareLink>.Kind => "link";
    static JsonTypeInfo<ShareLink> IState<ShareLink>.Json => ShareLinkJson.Default.ShareLink;

    public bool IsOpen(DateTimeOffset now) => Revoked is null && now < Expires;

    /// <summary>Whether it was made or approved after the suspension of a restore.</summary>
    public bool Outlasts(DateTimeOffset? suspended) => Outlasts(Created, Approved, suspended);

    public static bool Outlasts(DateTimeOffset created, DateTimeOffset? approved, DateTimeOffset? suspended) => suspended is not { } since || created > since || approved >= since;

    /// <param name="lookup">The address's pseudonym, hex.</param>
    public bool Admits(string lookup, string host) => People.Any(p => p.Lookup == lookup) || Domains.Contains(host, StringComparer.Ordinal);

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token)));

    public IEnumerable<Problem> PeopleProblems()
    {
        if (People.Count + Domains.Count == 0) yield return new("people", "Say who may open it: e-mail addresses, or a domain.");
        if (People.Count > MostPeople) yield return new("people", $"At most {MostPeople} addresses; use the domain instead.");
        if (Domains.Count > MostDomains) yield return new("domains", $"At most {MostDomains} domains.");
    }

    /// <summary>What the vendor's rules of today say against this end.</summary>
    public IEnumerable<Problem> EndProblems(LinkRules rules, DateTimeOffset now)
    {
        if (Expires <= now) yield return new("expires", "The link would be over before it begins. Choose a later day.");
        if (Expires > now.AddDays(rules.MostDays)) yield return new("expires", $"A link lives at most {rules.MostDays} days here. Choose an earlier day.");
    }

    public Decision<ShareLink> Revoke(Actor by, DateTimeOffset now)
    {
        if (Revoked is not null) return new Outcome.Done();
        return new(new Outcome.Done())
        {
            State = this with { Revoked = now },
            Happenings = [new Happening("link.revoked")],
        };
    }

    public IEnumerable<ViewRow> Rows(AggregateId id) => [new ViewRow("link_rows", id.Key,
        ("token_hash", Convert.FromHexString(TokenHash)), ("account", Account), ("owner", Owner), ("deal", Deal), ("created", Created), ("expires", Expires), ("revoked", Revoked), ("approved", Approved))];
}

/// <summary>Somebody the link is for, by the id of a personal record and by the address's pseudonym.</summary>
public sealed record Person(Guid Id, string Lookup);

/// <summary>What a summary says, so that it is seen when that no longer stands.</summary>
/// <param name="Number">1 is the first; each that was made again counts on.</param>
/// <param name="Says">SHA-256, hex.</param>
public sealed record SummaryEdition(int Number, string Says, PaperFormat Paper);

/// <summary>The rep's call to action: the rep owns the customer's next step.</summary>
/// <param name="Address">https or mailto.</param>
public sealed record NextStep(string Label, string Address)
{
    public IEnumerable<Problem> Problems()
    {
        if (Label.Length is 0 or > 60) yield return new("nextStepLabel", "Name the next step with a verb, at most 60 characters: Book a call.");
        if (!IsAllowed(Address)) yield return new("nextStepAddress", "Write an address that begins with https:// or mailto:, at most 500 characters.");
    }

    private static bool IsAllowed(string address) => address.Length <= 500 && !address.Any(c => c <= ' ' || c > '~' || c is ';' or ',' or '\'' or '"')
        && Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri is { Scheme: "https", UserInfo: "" } || uri.Scheme == "mailto");
}

public sealed record CreateLink : Command<ShareLink>
{
    public required ShareLink Link { get; init; }
    public required IReadOnlyList<PersonalRecord> People { get; init; }
    public IReadOnlyList<StagedFile> Files { get; init; } = []; // the summary

    /// <summary>The vendor's, read for this request: no way of making a link goes past them (ABUSE T-026).</summary>
    public required LinkRules Rules { get; init; }

    public override Decision<ShareLink> Decide(ShareLink? link, Actor by, DateTimeOffset now)
    {
        if (link is not null) return Decision<ShareLink>.Refuse("", "This link was made already.");
        if (Problems(now) is { Count: > 0 } problems) return Decision<ShareLink>.Refuse(problems);
        List<Fact> facts =
        [
            new("expires", Link.Expires.ToString("u", CultureInfo.InvariantCulture)),
            new("documents", string.Join(",", Link.Documents)),
            new("agreement", Link.NeedsAgreement ? "yes" : "no"),
            new("domains", string.Join(",", Link.Domains)),
        ];
        if (Link.Request is { } request) facts.Add(new("request", request.ToString()));
        return new(new Outcome.Done(1))
        {
            State = Link with { Owner = by.Id, Created = now, Revoked = null },
            Personal = People,
            Files = Files,
            Happenings = [new Happening("link.created", [.. facts]) { Personal = People }],
        };
    }

    private List<Problem> Problems(DateTimeOffset now)
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(Link.Account) || Link.Account.Length > 120) problems.Add(new("account", "Name the account, at most 120 characters."));
        problems.AddRange(Link.PeopleProblems());
        if (Link.Documents.Count > ShareLink.MostDocuments) problems.Add(new("documents", $"At most {ShareLink.MostDocuments} documents."));
        problems.AddRange(Link.EndProblems(Rules, now));
        if (Rules.AgreementDemanded && !Link.NeedsAgreement) problems.Add(new("agreement", "Every link needs the agreement here. Tick it."));
        problems.AddRange(Link.NextStep?.Problems() ?? []);
        return problems;
    }
}

public sealed record RevokeLink : Command<ShareLink>
{
    public override Decision<ShareLink> Decide(ShareLink? link, Actor by, DateTimeOffset now) => link?.Revoke(by, now) ?? Decision<ShareLink>.Missing;
}

/// <summary>What the summary said stands no longer: it was made again.</summary>
public sealed record RenewSummary : Command<ShareLink>
{
    public required int BasedOn { get; init; } // the edition that it follows
    public required WrittenSummary Written { get; init; }

    public override Decision<ShareLink> Decide(ShareLink? link, Actor by, DateTimeOffset now)
    {
        if (link is null) return Decision<ShareLink>.Missing;
        if ((link.Edition?.Number ?? 0) != BasedOn) return new Outcome.Done(); // somebody else's request has made it again
        return new(new Outcome.Done(Written.Edition.Number))
        {
            State = link with { Summary = Written.Stored, Edition = Written.Edition },
            Files = [Written.File],
            Happenings = [new Happening("link.summary_renewed", new Fact("edition", Written.Edition.Number.ToString(CultureInfo.InvariantCulture)), new Fact("sha", Written.Stored.Sha))],
        };
    }
}

/// <summary>After a restore: somebody looked at it and says that it shall stand.</summary>
public sealed record ApproveLinkAgain : Command<ShareLink>
{
    public required DateTimeOffset Suspended { get; init; }

    public override Decision<ShareLink> Decide(ShareLink? link, Actor by, DateTimeOffset now)
    {
        if (link is null) return Decision<ShareLink>.Missing;
        if (link.Outlasts(Suspended)) return new Outcome.Done();
        return new(new Outcome.Done()) { State = link with { Approved = Suspended }, Happenings = [new Happening("link.approved_again")] };
    }
}

[JsonSerializable(typeof(ShareLink))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ShareLinkJson : JsonSerializerContext;
