using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using TrustCenter.Host;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>What people type ends no line of the log and moves no cursor of whoever reads it.</summary>
[Trait("Case", "T-094")]
public sealed class LogLineTests
{
    private const string Forged = "x\r\ncrit: forged\n\u001b[2J\u202e\u2028\u0085";

    [Fact]
    public async Task Nothing_that_was_typed_forges_a_line_of_the_log()
    {
        await using var app = await RealApp.Start((options, prepare) => Serving.Build(["--urls", "http://127.0.0.1:0"], options, builder =>
        {
            prepare(builder);
            foreach (var category in new[] { "Default", "Microsoft", "Microsoft.AspNetCore", "Microsoft.AspNetCore.Hosting.Diagnostics" })
                builder.Configuration["Logging:LogLevel:" + category] = nameof(LogLevel.Trace); // as talkative as its operator may make it
        }), o => (o.Demo, o.DnsServer) = (true, "127.0.0.1:9"));
        var house = await TestHouse.Build(app, "north", "North");
        using var visitor = house.Visitor();
        var typed = Uri.EscapeDataString(Forged);
        foreach (var path in new[] { "/", "/search?q=", "/claims/", "/s/", "/room/", "/no/such/thing/", "/api/v1/" }) await visitor.Get(path + typed);
        await visitor.Send(HttpMethod.Get, "/", null, ("User-Agent", "x \u001b[2J"), ("Referer", "http://x/\u001b[2J"));
        foreach (var (role, page, action, fields) in new[]
        {
            (Role.Editor, "/console/claims/new", "/console/claims", new[] { "statement", "topic", "owner", "frameworks", "evidence" }),
            (Role.Rep, "/console/links/new", "/console/links", ["account", "people", "domains", "nextStepLabel", "nextStepAddress"]),
            (Role.Rep, "/console/deals/new", "/console/deals", ["account", "domain", "product", "stage", "owner", "reason", "requirement"]),
            (Role.Admin, "/console/settings/hosts", "/console/settings/hosts", ["name"]), (Role.Admin, "/console/staff/new", "/console/staff", ["name", "email"]), (Role.Admin, "/console/settings/brand", "/console/settings/brand", ["name", "tagline", "contact"]),
        })
        {
            var staff = await house.SignIn(role);
            (await staff.Submit(await staff.Get(page), action, [.. fields.Select(f => (f, Forged))])).Status.ShouldBeOneOf(200, 303, 422);
        }
        using var platform = new Browser(app, "console.localhost");
        await platform.Submit(await platform.Get("/console/sign-in?returnTo=" + typed), "/console/sessions", ("role", Forged), ("returnTo", Forged));

        var lines = app.Log.Lines.Select(l => l.Text.TrimEnd()).ToList();
        lines.ShouldNotBeEmpty();
        lines.Where(l => l.Contains("forged", StringComparison.Ordinal) || l.Any(c => char.IsControl(c) || c is '\u2028' or '\u202e')).ShouldBeEmpty();
    }
}
