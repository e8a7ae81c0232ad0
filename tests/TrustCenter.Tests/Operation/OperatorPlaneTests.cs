namespace TrustCenter.Tests.Operation;

/// <summary>What the platform says of itself, it says to its operator.</summary>
[Trait("Case", "T-131")]
public sealed class OperatorPlaneTests
{
    [Fact]
    public async Task Without_a_session_no_page_of_the_operator_says_anything()
    {
        await using var app = await RealApp.Start();
        using var anybody = new Browser(app, "console.localhost");
        foreach (var path in new[] { "/operator", "/operator/tenants", "/operator/journal", "/operator/checkpoints.txt", $"/operator/tenants/{Guid.NewGuid()}/proof.txt" })
        {
            var answer = await anybody.Get(path);
            (answer.Status, answer.Location, answer.Text).ShouldBe((303, "/operator/sign-in", ""));
        }
    }

    [Fact]
    public async Task There_is_no_page_of_metrics_dumps_or_settings()
    {
        await using var app = await RealApp.Start();
        foreach (var host in new[] { "console.localhost", "north.localhost", "127.0.0.1" })
        {
            using var anybody = new Browser(app, host);
            var nothing = (await anybody.Get("/never/was")).Fingerprint;
            foreach (var path in new[] { "/metrics", "/debug", "/debug/pprof", "/trace", "/env", "/actuator", "/health", "/health/", "/swagger", "/appsettings.json", "/keys/host.key", "/data/trustcenter.db", "/trustcenter.db", "/.git/config" })
                (await anybody.Get(path)).Fingerprint.ShouldBe(nothing, $"{path} at {host}");
        }
    }

    [Fact]
    public async Task The_state_page_tells_queues_workers_checkpoints_backups_versions_and_sizes()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        await TestHouse.Build(app, "north", "North");
        using var ana = await OperatorDesk.SignIn(app);
        string[] expected = ["Mails that wait", "Vendors whose pages wait", "checkpoints", "mail", "pages", "left-over uploads", "deletion of tenants", "The last checkpoint was signed", "No nightly backup is set up.", "Database, migration", "Microsoft.AspNetCore.DataProtection", "Free on its disk", "Compiled pages in memory"];
        var page = await ana.Get("/operator");
        // The background work signs and reports in its own time.
        for (var tries = 0; tries < 200 && !expected.All(page.Text.Contains); tries++)
        {
            await Task.Delay(50);
            page = await ana.Get("/operator");
        }
        foreach (var words in expected) page.Text.ShouldContain(words);
        page.Dom.QuerySelectorAll("#workers ~ table tbody tr").Length.ShouldBeGreaterThanOrEqualTo(9);
    }
}
