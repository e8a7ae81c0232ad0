using TrustCenter.Tenants;

namespace TrustCenter.Api;

internal static class SettingsExamples
{
    private static readonly HoursShape Working = new("Europe/Berlin", [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday], "09:00", "17:00", 1);
    private static readonly DefaultsShape Links = new(30, 90, AgreementDemanded: true, 16, 30);
    private static readonly RetentionShape Periods = new(24, 72, 36, 120);
    private static readonly BrandShape Words = new("Northwind", "#0b6e4f", "We keep your books.", Contact: "security@northwind.example", Website: "https://northwind.example");
    private static readonly ScopeShape Limits = new(["Ledger"], ["Enterprise"], ["EU"], ["en", "de"], "EUR");
    private static readonly TopicShape Topic = new("data", "Data", "Where it lies and who reads it.");
    private static readonly AudienceShape Reader = new("reviewer", "Reviewer", "You review what we say.", ["data"], "Ask us", "mailto:security@northwind.example");

    public static readonly ApiOperation Show = new("readSettings", "Read the settings")
    {
        Description = "Host names and people to be forgotten are set in the console.",
        Answer = new SettingsShape(3, Working, Links, Periods, NoticeShape.Of(TenantSettings.Standing.Notice), new VendorShape(1, Words, Limits, [Topic], [Reader])),
    };

    public static readonly ApiOperation Hours = Of("setHours", "Set time zone, working hours and fiscal year", new NewHoursShape(0, Working));
    public static readonly ApiOperation Defaults = Of("setDefaults", "Set how long links live and how soon people are answered", new NewDefaultsShape(0, Links));
    public static readonly ApiOperation Retention = Of("setRetention", "Set after how many months what is forgotten", new NewRetentionShape(0, Periods));
    public static readonly ApiOperation Notice = Of("publishNotice", "Publish what people read where they type their address", new NewNoticeShape(0, "We record when you came and what you opened."));
    public static readonly ApiOperation Brand = Of("setBrand", "Set name, words, logo and colour of the public pages", new NewBrandShape(1, Words), 2);
    public static readonly ApiOperation Scope = Of("setScope", "Set what claims can be limited to, languages and currency", new NewScopeShape(1, Limits), 2);
    public static readonly ApiOperation Topics = Of("setTopics", "Set the topics", new NewTopicsShape(1, [Topic]), 2, "A topic that claims belong to stays.");
    public static readonly ApiOperation Audiences = Of("setAudiences", "Set the audiences", new NewAudiencesShape(1, [Reader]), 2);

    private static ApiOperation Of(string id, string summary, object body, int version = 1, string more = "") => new(id, summary)
    {
        Description = $"Brings the whole of this part over the version that you read. {more}".Trim(),
        Body = body,
        Answer = new VersionShape(version),
    };
}
