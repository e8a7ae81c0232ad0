using TrustCenter.Host;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Staff;

/// <summary>What is left of sessions when the settings no longer lead from their provider to their vendor.</summary>
public sealed class ProviderTakenOutTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trust-center-");
    private Issuer issuer = null!;

    public async Task InitializeAsync() => issuer = await Issuer.Start();

    public async Task DisposeAsync()
    {
        await issuer.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact, Trait("Case", "T-082")]
    public async Task A_provider_that_is_taken_out_or_led_elsewhere_ends_its_sessions_and_its_tokens()
    {
        Dictionary<string, string> own, partners;
        var settings = issuer.Settings("northwind");
        await using (var app = await Start(settings))
        {
            await StaffWalk.SetUp(app);
            await app.Vendor(new Vendor { Name = "Southwind", Host = "southwind" });
            using var colleague = await ProviderWalk.SignIn(app, issuer, "oid-ola", "TrustCenter.Editor");
            using var partner = StaffWalk.Platform(app);
            var claims = issuer.Claims("oid-per", "TrustCenter.Editor");
            (claims["tid"], claims["iss"]) = (issuer.Partner.ToString(), issuer.AuthorityOf(issuer.Partner.ToString()));
            (await ProviderWalk.Come(issuer, partner, claims, provider: "Partners")).Status.ShouldBe(303);
            (own, partners) = (colleague.Cookies, partner.Cookies);
        }
        var token = issuer.Sign(new(issuer.Claims("oid-ola", "TrustCenter.Editor", Issuer.Audience)) { ["azp"] = "a-program" });

        async Task Opens(string what, string[] with, int colleague, int partner, int program)
        {
            await using var app = await Start(with);
            using var caller = Api.Program.With(app, token);
            (await Open(app, own), await Open(app, partners), (await caller.Get("/api/v1/claims")).Status).ShouldBe((colleague, partner, program), what);
        }
        string[] Instead(string setting, string by) => [.. settings.Select(s => s.StartsWith($"--{setting}", StringComparison.Ordinal) ? $"--{by}" : s)];
        await Opens("as before", settings, 200, 200, 200);
        await Opens("no provider", settings[..2], 303, 303, 401);
        await Opens("another name", Instead("TrustCenter:SignIn:0:Name=", "TrustCenter:SignIn:0:Name=Another"), 303, 200, 200);
        await Opens("another vendor", Instead("TrustCenter:SignIn:0:Vendor=", "TrustCenter:SignIn:0:Vendor=southwind"), 303, 200, 401);
        await Opens("another home tenant", Instead("AzureAd:TenantId=", $"AzureAd:TenantId={Guid.NewGuid()}"), 303, 200, 401);
        await Opens("the partner's tenant leads elsewhere", Instead("TrustCenter:SignIn:1:Tenants:", $"TrustCenter:SignIn:1:Tenants:{issuer.Partner}=southwind"), 200, 303, 200);
        await Opens("another partner's tenant", Instead("TrustCenter:SignIn:1:Tenants:", $"TrustCenter:SignIn:1:Tenants:{Guid.NewGuid()}=northwind"), 200, 303, 200);
    }

    private Task<RealApp> Start(string[] settings) => RealApp.Start((options, prepare) => Serving.Build(settings, options, prepare), o => o.DataFolder = folder.FullName);

    private static async Task<int> Open(RealApp app, Dictionary<string, string> cookies)
    {
        using var browser = StaffWalk.Platform(app);
        foreach (var (name, value) in cookies) browser.Cookies[name] = value;
        return (await browser.Get("/console/claims")).Status;
    }
}
