using System.ComponentModel;
using System.Globalization;
using TrustCenter.Audiences;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>How the vendor works, and its public words; each with the version that a change of a part of it names.</summary>
public sealed record SettingsShape(int Version, HoursShape Hours, DefaultsShape Defaults, RetentionShape Retention, NoticeShape Notice, VendorShape Vendor)
{
    internal static SettingsShape Of(TenantSettings s, Vendor v) => new(s.Version, HoursShape.Of(s), DefaultsShape.Of(s), RetentionShape.Of(s.Retention), NoticeShape.Of(s.Notice), VendorShape.Of(v));
}

public sealed record HoursShape([property: Description("IANA: Europe/Berlin.")] string Zone, IReadOnlyList<DayOfWeek> Days,
    [property: Description("Hours and minutes: 09:00.")] string From, string To, [property: Description("The month, 1 is January.")] int FiscalYearStart)
{
    private const string Clock = "HH:mm";

    internal static HoursShape Of(TenantSettings s) => new(s.Hours.Zone, s.Hours.Days, s.Hours.From.ToString(Clock, CultureInfo.InvariantCulture), s.Hours.To.ToString(Clock, CultureInfo.InvariantCulture), s.FiscalYearStart);

    internal TypedForm ToForm() => FormOf.Fields([("zone", [Zone]), ("days", Days.Select(d => d.ToString())), ("from", [From]), ("to", [To]), ("fiscal", FormOf.Number(FiscalYearStart))]);

    internal static string Name(string field) => field == "fiscal" ? "hours.fiscalYearStart" : $"hours.{field}";
}

public sealed record DefaultsShape([property: Description("For which a link lives when nobody says otherwise.")] int DefaultDays, int MostDays,
    [property: Description("Whether every link needs the agreement.")] bool AgreementDemanded,
    [property: Description("Working hours within which an access request is answered.")] int AnswerHours,
    [property: Description("Days between announcing a subprocessor and its start.")] int NoticeDays)
{
    internal static DefaultsShape Of(TenantSettings s) => new(s.Links.DefaultDays, s.Links.MostDays, s.Links.AgreementDemanded, s.AnswerHours, s.NoticeDays);

    internal TypedForm ToForm() => FormOf.Fields([("defaultDays", FormOf.Number(DefaultDays)), ("mostDays", FormOf.Number(MostDays)), ("agreement", FormOf.Yes(AgreementDemanded)), ("answerHours", FormOf.Number(AnswerHours)), ("noticeDays", FormOf.Number(NoticeDays))]);

    internal static string Name(string field) => $"defaults.{field}";
}

/// <summary>Months after which what is personal is forgotten.</summary>
public sealed record RetentionShape(int People, int Acceptances, int Touches, int Deals)
{
    internal static RetentionShape Of(Retention r) => new(r.People, r.Acceptances, r.Touches, r.Deals);

    internal TypedForm ToForm() => FormOf.Fields([("people", FormOf.Number(People)), ("acceptances", FormOf.Number(Acceptances)), ("touches", FormOf.Number(Touches)), ("deals", FormOf.Number(Deals))]);

    internal static string Name(string field) => $"retention.{field}";
}

public sealed record NoticeShape([property: Description("0: the notice of the house, before any was stored.")] int Number, string Body,
    [property: Description("Whether these are the vendor's own words; else they follow the periods.")] bool IsOwn)
{
    internal static NoticeShape Of(PrivacyNotice n) => new(n.Number, n.Body, n.IsOwn);
}

public sealed record VendorShape(int Version, BrandShape Brand, ScopeShape Scope, IReadOnlyList<TopicShape> Topics, IReadOnlyList<AudienceShape> Audiences)
{
    internal static VendorShape Of(Vendor v) => new(v.Version, BrandShape.Of(v), ScopeShape.Of(v), [.. v.Topics.Select(t => new TopicShape(t.Key, t.Name, t.Summary))], [.. v.Audiences.Select(AudienceShape.Of)]);
}

public sealed record BrandShape(string Name, [property: Description("# and six digits.")] string Accent, string? Tagline = null,
    [property: Description("SVG text without script and without references to elsewhere, or a PNG as data:image/png;base64, at most 256 kB and 2,000 by 1,000 pixels.")] string? Logo = null,
    [property: Description("An e-mail address.")] string? Contact = null, string? Website = null)
{
    internal static BrandShape Of(Vendor v) => new(v.Name, v.Accent, v.Tagline, v.Logo, v.Contact, v.Website);

    internal TypedForm ToForm() => FormOf.Fields([("name", [Name]), ("tagline", FormOf.Text(Tagline)), ("accent", [Accent]), ("logo", FormOf.Text(Logo)), ("contact", FormOf.Text(Contact)), ("website", FormOf.Text(Website))]);

    internal static string NameOf(string field) => $"brand.{field}";
}

/// <summary>What claims can be limited to, and in which languages and currency the vendor works.</summary>
public sealed record ScopeShape(IReadOnlyList<string> Products, IReadOnlyList<string> Plans, IReadOnlyList<string> Regions,
    [property: Description("BCP 47; the first is that of the originals.")] IReadOnlyList<string> Languages, [property: Description("ISO 4217.")] string Currency)
{
    internal static ScopeShape Of(Vendor v) => new(v.Products, v.Plans, v.Regions, v.Languages ?? [v.Original], v.Currency);

    internal TypedForm ToForm() => FormOf.Fields([("products", FormOf.Lines(Products)), ("plans", FormOf.Lines(Plans)), ("regions", FormOf.Lines(Regions)), ("languages", FormOf.Lines(Languages)), ("currency", [Currency])]);

    internal static string Name(string field) => $"scope.{field}";
}

public sealed record TopicShape([property: Description("By which claims name it; part of addresses.")] string Key, string Name, [property: Description("One sentence.")] string Summary);

/// <summary>The first audience is what everybody sees.</summary>
public sealed record AudienceShape([property: Description("Part of its page's address.")] string Key, string Name, [property: Description("One sentence.")] string Why,
    [property: Description("Keys of topics, in the order in which this audience cares.")] IReadOnlyList<string> Topics,
    [property: Description("The words of a link to more.")] string More, [property: Description("https://, mailto: or / and where that link leads.")] string Address)
{
    internal static AudienceShape Of(Audience a) => new(a.Key, a.Name, a.Why, a.Topics, a.MoreLabel, a.MoreAddress);
}

public sealed record NewHoursShape(int Version, HoursShape Hours);

public sealed record NewDefaultsShape(int Version, DefaultsShape Defaults);

public sealed record NewRetentionShape(int Version, RetentionShape Retention);

public sealed record NewNoticeShape(int Version, [property: Description("A small Markdown, at most 4,000 characters; empty: the notice of the house again.")] string Body);

public sealed record NewBrandShape([property: Description("Of the vendor.")] int Version, BrandShape Brand);

public sealed record NewScopeShape([property: Description("Of the vendor.")] int Version, ScopeShape Scope);

public sealed record NewTopicsShape([property: Description("Of the vendor.")] int Version, [property: Description("All of them, in the order of the page.")] IReadOnlyList<TopicShape> Topics);

public sealed record NewAudiencesShape([property: Description("Of the vendor.")] int Version, [property: Description("All of them, in the order of the page.")] IReadOnlyList<AudienceShape> Audiences);
