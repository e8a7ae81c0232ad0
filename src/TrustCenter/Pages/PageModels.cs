using System.Text.Json.Serialization;
using TrustCenter.Claims;
using TrustCenter.Evidence;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Pages;

/// <summary>What surrounds every page of a vendor. A model is all that its page depends on: the same model is the same page.</summary>
public sealed record Frame(string Prefix, string Vendor, string? Logo, string Website, string Contact, string Style, IReadOnlyList<ReaderLink> Readers)
{
    [JsonIgnore] public Paths Paths => new(Prefix);

    /// <summary>The language that the page is for (BCP 47). What has no translation stands there in <see cref="Original"/>.</summary>
    public string Language { get; init; } = LanguageTag.English;

    /// <summary>The language in which the vendor writes.</summary>
    public string Original { get; init; } = LanguageTag.English;

    /// <summary>The same page in every language that there is; empty where there is one.</summary>
    public IReadOnlyList<LanguageLink> Languages { get; init; } = [];

    [JsonIgnore] public PageWords W => PageWords.In(Language);

    /// <summary>Of a link to a page that is in English only; null where the reader is in English anyway.</summary>
    [JsonIgnore] public string? English => W.Lang(LanguageTag.English);

    [JsonIgnore] public string Home => IsTranslated ? Paths.HomeIn(Language) : Paths.Home;

    [JsonIgnore] private bool IsTranslated { get; init; }

    public string ClaimPath(Guid claim) => IsTranslated ? Paths.ClaimIn(Language, claim) : Paths.Claim(claim);

    /// <summary>The frame of a page that exists in several languages.</summary>
    public Frame In(string language, Vendor vendor) => this with
    {
        Language = language,
        Original = vendor.Original,
        IsTranslated = language != vendor.Original,
        Readers = language == vendor.Original ? Readers : [.. vendor.Audiences.Select((a, position) => new ReaderLink(a.Key, a.Name, position == 0 ? Paths.HomeIn(language) : Paths.AudienceIn(language, a.Key)))],
    };

    /// <summary>Of a page with a draft in it, which readers never get: where its note leads back to.</summary>
    [JsonIgnore] public string? Draft { get; init; }

    /// <summary>The home page's own, shorter style.</summary>
    public Frame ForHome(Vendor vendor) => this with { Style = Web.Style.WithAccent(Web.Style.Home, vendor.Accent).Text };

    public static Frame Of(Vendor vendor, Paths paths)
        => new(paths.Prefix, vendor.Name, LogoFile.Address(vendor, paths), vendor.Website, vendor.Contact, Web.Style.WithAccent(Web.Style.Inner, vendor.Accent).Text,
            [.. vendor.Audiences.Select((a, position) => new ReaderLink(a.Key, a.Name, position == 0 ? paths.Home : paths.Audience(a.Key)))]);
}

/// <summary>The same page in another language, named in its own.</summary>
public sealed record LanguageLink(string Tag, string Name, string Path);

/// <summary>In which words a claim stands on a page: the original's own, its translation's, or the original's because there is none or an older one.</summary>
public enum ClaimTongue { Original, Translated, Untranslated, Outdated }

/// <summary>An audience as the switch names it.</summary>
public sealed record ReaderLink(string Key, string Name, string Path);

/// <summary>A claim in a topic's list, with what opens below it.</summary>
public sealed record ClaimLine(Guid Id, PublicState State, string Topic, StatementParts Statement, int Version, DateOnly Published, DateOnly? Checked, DateOnly? ReviewBy,
    string Scope, string Owner, IReadOnlyList<string> Frameworks, string Why, IReadOnlyList<EvidenceLine> Evidence)
{
    public string Language { get; init; } = LanguageTag.English; // of the statement
    public string OwnerLanguage { get; init; } = LanguageTag.English;
    public string WhyLanguage { get; init; } = LanguageTag.English;
    public ClaimTongue Tongue { get; init; }

    public static ClaimLine Of(PageClaim claim, string audience, DateOnly today, Frame frame)
    {
        var (version, wording) = (claim.Latest, claim.Latest.Wording);
        var said = claim.In(frame.Language);
        var (owner, why) = (said?.Words.Owner ?? "", said?.Words.Why.GetValueOrDefault(audience, "") ?? "");
        return new ClaimLine(claim.Id, claim.State, wording.Topic, StatementParts.Of(said?.Words.Statement ?? wording.Statement), version.Number, Day(version.At), wording.Checked, wording.ReviewBy,
            ScopeOf(wording, frame.W), owner.Length > 0 ? owner : wording.Owner, Spelled(wording.Frameworks), why.Length > 0 ? why : wording.Why.GetValueOrDefault(audience, ""), [.. claim.Evidence.Select(e => EvidenceLine.Of(e, today))])
        {
            Language = said is null ? frame.Original : frame.Language,
            OwnerLanguage = owner.Length > 0 ? frame.Language : frame.Original,
            WhyLanguage = why.Length > 0 ? frame.Language : frame.Original,
            Tongue = frame.Language == frame.Original ? ClaimTongue.Original : said is not null ? ClaimTongue.Translated : claim.WasIn(frame.Language) ? ClaimTongue.Outdated : ClaimTongue.Untranslated,
        };
    }

    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    public static IReadOnlyList<string> Spelled(IReadOnlyList<string> frameworks) => [.. frameworks.Select(f => f.Replace(':', ' '))];

    public static string ScopeOf(ClaimWording wording) => ScopeOf(wording, PageWords.English);

    private static string ScopeOf(ClaimWording wording, PageWords w)
    {
        string[] parts = [.. new[] { Named(wording.Products, w.Product), Named(wording.Plans, w.Plan), Named(wording.Regions, w.Region) }.OfType<string>()];
        return parts.Length == 0 ? w.Everything : string.Join(" · ", parts);
    }

    private static string? Named(IReadOnlyList<string> names, (string One, string Many) of)
        => names.Count == 0 ? null : $"{string.Join(", ", names)} {(names.Count == 1 ? of.One : of.Many)}";
}

/// <summary>A document beside a claim or in the row of certificates.</summary>
public sealed record EvidenceLine(Guid Id, int Version, string Title, EvidenceClass Class, DateOnly? ValidUntil, bool IsExpired, DateOnly? Withdrawn = null)
{
    public static EvidenceLine Of(PublicEvidence e, DateOnly today) => new(e.Id, e.Version, e.Title, e.Class, e.ValidUntil, e.ValidUntil < today, e.Withdrawn is { } at ? ClaimLine.Day(at) : null);
}

/// <summary>How many of the claims that stand are in which state, and how many were checked in time.</summary>
public sealed record Figures(int Claims, int InPlace, int Partly, int Planned, int Expired, int Review, int OnTime, int WithDate, DateOnly? LastChange, int EvidenceGone = 0)
{
    public static Figures Of(PageContent content)
    {
        var listed = content.Listed.ToList();
        int In(PublicState state) => listed.Count(c => c.State == state);
        var dated = listed.Where(c => c.Latest.Wording.ReviewBy is not null).ToList();
        return new Figures(listed.Count, In(PublicState.InPlace), In(PublicState.Partly), In(PublicState.Planned), In(PublicState.EvidenceExpired), In(PublicState.UnderReview),
            dated.Count(c => c.Latest.Wording.ReviewBy >= content.Today), dated.Count, content.Publications.Count == 0 ? null : content.Publications[0].Day, In(PublicState.EvidenceWithdrawn));
    }

    public IEnumerable<(PublicState State, int Count)> Parts()
        => new[] { (PublicState.InPlace, InPlace), (PublicState.Partly, Partly), (PublicState.Planned, Planned), (PublicState.UnderReview, Review), (PublicState.EvidenceExpired, Expired), (PublicState.EvidenceWithdrawn, EvidenceGone) }.Where(p => p.Item2 > 0);
}

public sealed record TopicBlock(Topic Topic, IReadOnlyList<ClaimLine> Claims);

public sealed record HomeModel(Frame Frame, string Reading, string Tagline, string Why, string MoreLabel, string MoreAddress, Figures Figures,
    IReadOnlyList<EvidenceLine> Certificates, IReadOnlyList<TopicBlock> Topics, int Documents, string Snapshot, DateOnly Today);

public sealed record ClaimModel(Frame Frame, ClaimLine Line, string TopicName, IReadOnlyList<Reason> Reasons, IReadOnlyList<VersionLine> Versions);

/// <summary>Why a claim matters to one audience.</summary>
/// <param name="Language">Of the sentence.</param>
public sealed record Reason(string Audience, string Why, string Language);

/// <summary>One public version in a claim's time line.</summary>
/// <param name="Before">The public version before it.</param>
/// <param name="Until">When it stopped to stand; null: it stands.</param>
public sealed record VersionLine(int Number, DateOnly Day, string Hash, string Title, int? Before, bool IsWithdrawal, string? Reason, DateOnly? Until);

public sealed record DocumentsModel(Frame Frame, IReadOnlyList<DocumentLine> Documents);

public sealed record DocumentLine(PublicEvidence Document, bool IsExpired);

/// <param name="Former">Whose last day is past.</param>
/// <param name="Ahead">Those of the entries that are announced and do not work on data yet.</param>
public sealed record SubprocessorsModel(Frame Frame, IReadOnlyList<Subprocessor> Entries, IReadOnlyList<Subprocessor> Former, IReadOnlyList<Guid> Ahead, DateOnly? Changed)
{
    public static SubprocessorsModel Of(Frame frame, IReadOnlyList<Subprocessor> all, DateOnly today, DateOnly? changed)
        => new(frame, [.. all.Where(e => !e.IsOver(today))], [.. all.Where(e => e.IsOver(today))], [.. all.Where(e => e.Since > today).Select(e => e.Id)], changed);

    public bool IsAhead(Subprocessor entry) => Ahead.Contains(entry.Id);
}

public sealed record UpdatesModel(Frame Frame, IReadOnlyList<Publication> Publications);

[JsonSerializable(typeof(HomeModel))]
[JsonSerializable(typeof(ClaimModel))]
[JsonSerializable(typeof(DocumentsModel))]
[JsonSerializable(typeof(SubprocessorsModel))]
[JsonSerializable(typeof(UpdatesModel))]
internal sealed partial class ModelJson : JsonSerializerContext;
