using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using TrustCenter.Audiences;
using TrustCenter.Evidence;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Pages;

/// <summary>One rendering, and the addresses below the tenant's root that show it.</summary>
/// <param name="Hash">Of everything the page depends on; unchanged means that the stored page is still true.</param>
public sealed record PlannedPage(IReadOnlyList<string> Pages, string Hash, Func<HtmlRenderer, Task<string>> Render);

/// <summary>Which pages a vendor has, and what each of them depends on. Pure.</summary>
/// <param name="draft">Of a page with a draft in it: where its note leads back to.</param>
public sealed class PagePlan(PageContent content, Paths paths, string snapshot, string? draft = null)
{
    private readonly Frame frame = draft is null ? Frame.Of(content.Vendor, paths)
        : Frame.Of(content.Vendor, paths) with { Draft = draft, Logo = content.Vendor.Logo is { Length: > 0 } logo ? LogoFile.DataAddress(logo) : null }; // shown on the platform's host

    /// <summary>The page of everybody, where a vendor has named no audience.</summary>
    private static readonly Audience Everybody = new("", "Everybody", "", [], "", "");

    public IEnumerable<PlannedPage> Pages()
    {
        var audiences = content.Vendor.Audiences.Count == 0 ? [Everybody] : content.Vendor.Audiences;
        foreach (var tongue in content.Languages)
        {
            for (var i = 0; i < audiences.Count; i++) yield return Planned<HomePage, HomeModel>(HomeAddresses(audiences[i], i == 0, tongue), Home(audiences[i], i == 0, tongue), ModelJson.Default.HomeModel);
            foreach (var claim in content.Claims) yield return Planned<ClaimPage, ClaimModel>([ClaimAddress(claim.Id, tongue)], Claim(claim, tongue), ModelJson.Default.ClaimModel);
        }
        yield return Planned<DocumentsPage, DocumentsModel>([PageNames.Documents], new DocumentsModel(frame, [.. content.Documents.Select(d => new DocumentLine(d, d.ValidUntil < content.Today))]), ModelJson.Default.DocumentsModel);
        var changed = content.Publications.FirstOrDefault(p => p.Kind == PublicationKind.Subprocessors)?.Day;
        yield return Planned<SubprocessorsPage, SubprocessorsModel>([PageNames.Subprocessors], SubprocessorsModel.Of(frame, content.Subprocessors, content.Today, changed), ModelJson.Default.SubprocessorsModel);
        yield return Planned<UpdatesPage, UpdatesModel>([PageNames.Updates], new UpdatesModel(frame, content.Publications), ModelJson.Default.UpdatesModel);
    }

    private IReadOnlyList<string> HomeAddresses(Audience audience, bool isFirst, string tongue)
    {
        var isOriginal = tongue == content.Vendor.Original;
        var (home, own) = isOriginal ? (PageNames.Home, PageNames.Audience(audience.Key)) : (PageNames.HomeIn(tongue), PageNames.AudienceIn(tongue, audience.Key));
        return (isFirst, audience.Key) switch
        {
            (true, "") => [home],
            (true, _) => [home, own],
            _ => [own],
        };
    }

    private string ClaimAddress(Guid claim, string tongue) => tongue == content.Vendor.Original ? PageNames.Claim(claim) : PageNames.ClaimIn(tongue, claim);

    private Frame FrameIn(string tongue, Func<string, string> address) => frame.In(tongue, content.Vendor) with { Languages = LinksTo(address) };

    // A page in one language names no other.
    private IReadOnlyList<LanguageLink> LinksTo(Func<string, string> address)
        => content.Languages.Count() < 2 ? [] : [.. content.Languages.Select(l => new LanguageLink(l, LanguageTag.Own(l), paths.Prefix + address(l)))];

    private HomeModel Home(Audience audience, bool isFirst, string tongue)
    {
        var own = FrameIn(tongue, l => HomeAddresses(audience, isFirst, l)[0]).ForHome(content.Vendor);
        var lines = content.Listed.Select(c => ClaimLine.Of(c, audience.Key, content.Today, own)).ToList();
        EvidenceKind[] certificates = [EvidenceKind.Soc2Report, EvidenceKind.IsoCertificate, EvidenceKind.PentestSummary];
        return new HomeModel(own, audience.Key, content.Vendor.Tagline, audience.Why, audience.MoreLabel, audience.MoreAddress, Figures.Of(content),
            [.. content.Documents.Where(d => certificates.Contains(d.Kind)).Select(d => EvidenceLine.Of(d, content.Today))],
            [.. Blocks(audience, lines)], content.Documents.Count, snapshot, content.Today);
    }

    // The audience's topics first; what it did not name comes after, so that no claim is hidden from anybody.
    private IEnumerable<TopicBlock> Blocks(Audience audience, List<ClaimLine> lines)
    {
        var keys = audience.Topics.Concat(content.Vendor.Topics.Select(t => t.Key)).Concat(lines.Select(l => l.Topic)).Distinct();
        foreach (var key in keys)
            if (lines.Where(l => l.Topic == key).ToList() is { Count: > 0 } claims) yield return new TopicBlock(content.Vendor.TopicOf(key) ?? new Topic(key, key, ""), claims);
    }

    private ClaimModel Claim(PageClaim claim, string tongue)
    {
        var wording = claim.Latest.Wording;
        var own = FrameIn(tongue, l => ClaimAddress(claim.Id, l));
        var said = claim.In(tongue)?.Words.Why;
        var reasons = content.Vendor.Audiences.Where(a => wording.Why.ContainsKey(a.Key))
            .Select(a => said?.GetValueOrDefault(a.Key) is { Length: > 0 } why ? new Reason(a.Name, why, tongue) : new Reason(a.Name, wording.Why[a.Key], content.Vendor.Original));
        return new ClaimModel(own, ClaimLine.Of(claim, "", content.Today, own), content.Vendor.TopicOf(wording.Topic)?.Name ?? wording.Topic, [.. reasons], [.. Versions(claim)]);
    }

    private static IEnumerable<VersionLine> Versions(PageClaim claim)
    {
        int? before = null;
        foreach (var version in claim.Versions)
        {
            yield return new VersionLine(version.Number, ClaimLine.Day(version.At), version.Hash, StatementParts.Of(version.Wording.Statement).Title, before, version.IsWithdrawal, version.Reason, claim.UntilOf(version) is { } until ? ClaimLine.Day(until) : null);
            before = version.Number;
        }
    }

    private static PlannedPage Planned<TPage, TModel>(IReadOnlyList<string> pages, TModel model, JsonTypeInfo<TModel> json) where TPage : IComponent
        => new(pages, Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(model, json))), renderer => Render<TPage>(renderer, new() { ["Model"] = model }));

    private static Task<string> Render<TPage>(HtmlRenderer renderer, Dictionary<string, object?> parameters) where TPage : IComponent
        => renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
}

/// <summary>The names under which compiled pages are stored: their addresses without the module's prefix.</summary>
public static class PageNames
{
    private static readonly Paths Root = new("");

    public static string Home => Root.Home;
    public static string Documents => Root.Documents;
    public static string Subprocessors => Root.Subprocessors;
    public static string Updates => Root.Updates;
    public static string Feed => Root.Feed;
    public static string Json => Root.Json;
    public static string Logo => Root.Logo;
    public static string LogoPng => Root.LogoPng;

    /// <summary>SHA-256 and address of every other page, a line each: <c>sha256sum</c> reads it, and its own hash stands in the log.</summary>
    public const string Manifest = "/manifest.txt";

    /// <summary>What the stored pages were made from; no address, so it is never served.</summary>
    public const string Made = "#made";

    /// <summary>The search index; no address either.</summary>
    public const string Search = "#search";

    /// <summary>Whether this is a page that anybody can ask for, and not something that stands beside the pages.</summary>
    public static bool IsAddress(string page) => page[0] == '/';

    public static string Audience(string key) => Root.Audience(key);

    public static string Claim(Guid claim) => Root.Claim(claim);

    public static string ClaimHistory(Guid claim) => Root.ClaimHistory(claim);

    public static string HomeIn(string language) => Root.HomeIn(language);

    public static string AudienceIn(string language, string key) => Root.AudienceIn(language, key);

    public static string ClaimIn(string language, Guid claim) => Root.ClaimIn(language, claim);
}
