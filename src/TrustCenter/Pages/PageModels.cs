using System.Text.Json.Serialization;
using TrustCenter.Claims;
using TrustCenter.Evidence;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Pages;

/// <summary>What surrounds every page of a vendor. A model is all that its page depends on: the same model is the same page.</summary>
public sealed record Frame(string Prefix, string Vendor, bool HasLogo, string Website, string Contact, string Style, IReadOnlyList<ReaderLink> Readers)
{
    [JsonIgnore] public Paths Paths => new(Prefix);

    public static Frame Of(Vendor vendor, Paths paths)
        => new(paths.Prefix, vendor.Name, !string.IsNullOrWhiteSpace(vendor.Logo), vendor.Website, vendor.Contact, Web.Style.WithAccent(Web.Style.Public, vendor.Accent).Text,
            [.. vendor.Audiences.Select((a, position) => new ReaderLink(a.Key, a.Name, position == 0 ? paths.Home : paths.Audience(a.Key)))]);
}

/// <summary>An audience as the switch names it.</summary>
public sealed record ReaderLink(string Key, string Name, string Path);

/// <summary>A claim in a topic's list, with what opens below it.</summary>
public sealed record ClaimLine(Guid Id, PublicState State, string Topic, StatementParts Statement, int Version, DateOnly Published, DateOnly? Checked, DateOnly? ReviewBy,
    string Scope, string Owner, IReadOnlyList<string> Frameworks, string Why, IReadOnlyList<EvidenceLine> Evidence)
{
    public static ClaimLine Of(PageClaim claim, string audience, DateOnly today)
    {
        var (version, wording) = (claim.Latest, claim.Latest.Wording);
        return new ClaimLine(claim.Id, claim.State, wording.Topic, StatementParts.Of(wording.Statement), version.Number, Day(version.At), wording.Checked, wording.ReviewBy,
            ScopeOf(wording), wording.Owner, Spelled(wording.Frameworks), wording.Why.GetValueOrDefault(audience, ""), [.. claim.Evidence.Select(e => EvidenceLine.Of(e, today))]);
    }

    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    public static IReadOnlyList<string> Spelled(IReadOnlyList<string> frameworks) => [.. frameworks.Select(f => f.Replace(':', ' '))];

    public static string ScopeOf(ClaimWording wording)
    {
        string[] parts = [.. new[] { Named(wording.Products, "product", "products"), Named(wording.Plans, "plan", "plans"), Named(wording.Regions, "region", "regions") }.OfType<string>()];
        return parts.Length == 0 ? "All products, plans and regions" : string.Join(" · ", parts);
    }

    private static string? Named(IReadOnlyList<string> names, string one, string many)
        => names.Count == 0 ? null : $"{string.Join(", ", names)} {(names.Count == 1 ? one : many)}";
}

/// <summary>A document beside a claim or in the row of certificates.</summary>
public sealed record EvidenceLine(Guid Id, int Version, string Title, EvidenceClass Class, DateOnly? ValidUntil, bool IsExpired)
{
    public static EvidenceLine Of(PublicEvidence e, DateOnly today) => new(e.Id, e.Version, e.Title, e.Class, e.ValidUntil, e.ValidUntil < today);
}

/// <summary>How many of the claims that stand are in which state, and how many were checked in time.</summary>
public sealed record Figures(int Claims, int InPlace, int Partly, int Planned, int Expired, int Review, int OnTime, int WithDate, DateOnly? LastChange)
{
    public static Figures Of(PageContent content)
    {
        var listed = content.Listed.ToList();
        int In(PublicState state) => listed.Count(c => c.State == state);
        var dated = listed.Where(c => c.Latest.Wording.ReviewBy is not null).ToList();
        return new Figures(listed.Count, In(PublicState.InPlace), In(PublicState.Partly), In(PublicState.Planned), In(PublicState.EvidenceExpired), In(PublicState.UnderReview),
            dated.Count(c => c.Latest.Wording.ReviewBy >= content.Today), dated.Count, content.Publications.Count == 0 ? null : content.Publications[0].Day);
    }

    public IEnumerable<(PublicState State, int Count)> Parts()
        => new[] { (PublicState.InPlace, InPlace), (PublicState.Partly, Partly), (PublicState.Planned, Planned), (PublicState.UnderReview, Review), (PublicState.EvidenceExpired, Expired) }.Where(p => p.Item2 > 0);
}

public sealed record TopicBlock(Topic Topic, IReadOnlyList<ClaimLine> Claims);

public sealed record HomeModel(Frame Frame, string Reading, string Tagline, string Why, string MoreLabel, string MoreAddress, Figures Figures,
    IReadOnlyList<EvidenceLine> Certificates, IReadOnlyList<TopicBlock> Topics, int Documents, string Snapshot, DateOnly Today);

public sealed record ClaimModel(Frame Frame, ClaimLine Line, string TopicName, IReadOnlyList<Reason> Reasons, IReadOnlyList<VersionLine> Versions);

/// <summary>Why a claim matters to one audience.</summary>
public sealed record Reason(string Audience, string Why);

/// <summary>One public version in a claim's time line.</summary>
/// <param name="Before">The public version before it.</param>
public sealed record VersionLine(int Number, DateOnly Day, string Hash, string Title, int? Before, bool IsWithdrawal, string? Reason);

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
