using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Journal;

namespace TrustCenter.Tenants;

public sealed record SetHours : ChangeSettings
{
    public required WorkingHours Hours { get; init; }
    public required int FiscalYearStart { get; init; }

    protected override string What => "settings.hours_set";

    protected override TenantSettings Applied(TenantSettings settings, DateTimeOffset now) => settings with { Hours = Hours, FiscalYearStart = FiscalYearStart };

    protected override IEnumerable<Fact> Facts(TenantSettings next) => [new("zone", next.Hours.Zone), new("fiscal_year_start", FiscalYearStart.ToString(CultureInfo.InvariantCulture))];

    protected override IEnumerable<Problem> Problems(TenantSettings next)
    {
        if (WorkingHours.FindZone(Hours.Zone) is null) yield return new("zone", $"“{Hours.Zone}” is no time zone. Choose one from the list, such as Europe/Berlin.");
        if (Hours.Days.Count == 0 || Hours.Days.Distinct().Count() != Hours.Days.Count) yield return new("days", "Choose at least one working day.");
        if (Hours.From >= Hours.To) yield return new("to", "The working day ends after it begins. Correct one of the two times.");
        if (FiscalYearStart is < 1 or > 12) yield return new("fiscal", "Choose the month in which your fiscal year begins.");
    }
}

public sealed record SetDefaults : ChangeSettings
{
    public required LinkRules Links { get; init; }
    public required int AnswerHours { get; init; }
    public required int NoticeDays { get; init; }

    protected override string What => "settings.defaults_set";

    protected override TenantSettings Applied(TenantSettings settings, DateTimeOffset now) => settings with { Links = Links, AnswerHours = AnswerHours, NoticeDays = NoticeDays };

    protected override IEnumerable<Fact> Facts(TenantSettings next) =>
    [
        new("most_days", Links.MostDays.ToString(CultureInfo.InvariantCulture)), new("default_days", Links.DefaultDays.ToString(CultureInfo.InvariantCulture)),
        new("agreement", Links.AgreementDemanded ? "demanded" : "by document"),
    ];

    protected override IEnumerable<Problem> Problems(TenantSettings next)
    {
        if (Links.MostDays is < 1 or > LinkRules.LongestDays) yield return new("mostDays", $"A link may live from 1 to {LinkRules.LongestDays} days.");
        else if (Links.DefaultDays < 1 || Links.DefaultDays > Links.MostDays) yield return new("defaultDays", $"Write a number from 1 to {Links.MostDays}, the most that you allow.");
        if (AnswerHours is < 1 or > 400) yield return new("answerHours", "Write a number from 1 to 400 working hours.");
        if (NoticeDays is < 0 or > 365) yield return new("noticeDays", "Write a number from 0 to 365 days.");
    }
}

public sealed record SetRetention : ChangeSettings
{
    public required Retention Retention { get; init; }

    protected override string What => "settings.retention_set";

    // The notice of the house names the periods: what a person was told is kept as a version of its own.
    protected override TenantSettings Applied(TenantSettings settings, DateTimeOffset now)
    {
        var next = settings with { Retention = Retention };
        return settings.Notice.IsOwn || PrivacyNotice.Default(Retention) == settings.Notice.Body ? next : next.Told(PrivacyNotice.Default(Retention), now, isOwn: false);
    }

    protected override IEnumerable<Fact> Facts(TenantSettings next) =>
    [
        new("people", Retention.People.ToString(CultureInfo.InvariantCulture)), new("acceptances", Retention.Acceptances.ToString(CultureInfo.InvariantCulture)),
        new("touches", Retention.Touches.ToString(CultureInfo.InvariantCulture)), new("deals", Retention.Deals.ToString(CultureInfo.InvariantCulture)),
    ];

    protected override IEnumerable<Problem> Problems(TenantSettings next)
    {
        if (Retention.People is < Retention.LeastPeople or > Retention.Most) yield return new("people", $"Write a number from {Retention.LeastPeople} to {Retention.Most} months.");
        foreach (var (field, months) in new[] { ("acceptances", Retention.Acceptances), ("touches", Retention.Touches), ("deals", Retention.Deals) })
            if (months is < 1 or > Retention.Most) yield return new(field, $"Write a number from 1 to {Retention.Most} months.");
    }
}

/// <summary>Whether staff may sign in by mailed codes. Only who came by a provider turns them off: then it is known to work (nobody locks himself out).</summary>
public sealed record SetMailedCodes : ChangeSettings
{
    public required bool Off { get; init; }
    public required bool ByProvider { get; init; } // whoever decides came by a provider of this vendor

    protected override string What => "settings.mailed_codes_set";

    protected override TenantSettings Applied(TenantSettings settings, DateTimeOffset now) => settings with { MailedCodesOff = Off };

    protected override IEnumerable<Fact> Facts(TenantSettings next) => [new("mailed_codes", Off ? "off" : "on")];

    protected override IEnumerable<Problem> Problems(TenantSettings next)
    {
        if (Off && !ByProvider) yield return new("codes", "Sign in by your company's provider first, with the role admin. Then it is sure that somebody can still come in without a mailed code.");
    }
}

/// <summary>A new version of the notice; an empty text goes back to the notice of the house.</summary>
public sealed record PublishPrivacyNotice : ChangeSettings
{
    public required string Body { get; init; } // Markdown of statements

    protected override string What => "settings.notice_published";

    protected override TenantSettings Applied(TenantSettings settings, DateTimeOffset now) => Body.Trim().Length == 0 || Body.Trim() == PrivacyNotice.Default(settings.Retention)
        ? settings.Told(PrivacyNotice.Default(settings.Retention), now, isOwn: false)
        : settings.Told(Body.Trim(), now, isOwn: true);

    protected override IEnumerable<Fact> Facts(TenantSettings next) => [new("notice", next.Notice.Number.ToString(CultureInfo.InvariantCulture)), new("hash", next.Notice.Hash)];

    protected override IEnumerable<Problem> Problems(TenantSettings next)
    {
        if (next.Notice.Body.Length > PrivacyNotice.Longest) yield return new("body", $"The notice may have {PrivacyNotice.Longest:N0} characters.");
    }
}

internal static class Telling
{
    public static TenantSettings Told(this TenantSettings settings, string body, DateTimeOffset now, bool isOwn)
        => settings with { Notices = [.. settings.Notices, new PrivacyNotice(settings.Notices.Count + 1, body, now, isOwn)] };
}
