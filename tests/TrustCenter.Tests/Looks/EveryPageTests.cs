using System.Diagnostics;
using Microsoft.Playwright;
using TrustCenter.Staff;
using TrustCenter.Tests.Isolation;
using TrustCenter.Web;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Looks;

/// <summary>
/// Every page that the route table has, for everybody who may open it, in a real browser: axe, both colours, desk and phone, 320 px, 200 %, paper and
/// keyboard. The routes come from the running app and the ids from the matrix rows, so that a new page is visited without a line here.
/// </summary>
[Collection(StageGroup.Name)]
public sealed class EveryPageTests(Stage stage, ITestOutputHelper output)
{
    [Fact]
    public async Task Every_page_can_be_read_and_used_by_everybody()
    {
        await using var chromium = await Chromium.Start();
        var (findings, visited, from) = (new List<string>(), new List<string>(), Stopwatch.GetTimestamp());
        foreach (var visit in await Visits())
        {
            var answer = await visit.By.Get(visit.Path);
            if (!answer.Headers.GetValueOrDefault("Content-Type", "").StartsWith("text/html", StringComparison.Ordinal)) continue;
            var look = new PageLook(chromium, visit.By, visit.Path, visit.Name);
            findings.AddRange(visit.IsFirst ? await look.Whole() : await look.Short());
            visited.Add(visit.Name);
        }
        output.WriteLine($"{visited.Count} visits in {Stopwatch.GetElapsedTime(from).TotalSeconds:0} s");
        visited.Count.ShouldBeGreaterThan(60);
        findings.ShouldBeEmpty(string.Join('\n', findings.Take(80)));
    }

    // Each route by its own caller, looked at from all sides; for the other roles that may open it, once.
    private async Task<IReadOnlyList<Visit>> Visits()
    {
        var visits = new List<Visit>();
        foreach (var route in stage.Routes.Where(r => r.Methods.Contains("GET")).OrderBy(r => r.Name, StringComparer.Ordinal))
        {
            var own = await Rows.Of(route.Name).Own(stage);
            var path = route.PathOf(own.Values) + own.Query;
            visits.Add(new Visit(route.Name, own.By, path, IsFirst: true));
            if (route.Guard is not { Reader: Reader.Staff, Right: { } right }) continue;
            foreach (var role in Enum.GetValues<Role>().Where(r => Rights.Of(r).Contains(right)))
                if (await stage.Staff(role) is var colleague && colleague != own.By) visits.Add(new Visit($"{route.Name} as {role}", colleague, path, IsFirst: false));
        }
        visits.AddRange(await Steps());
        return visits;
    }

    // What one route shows at different moments.
    private async Task<IReadOnlyList<Visit>> Steps()
    {
        var (asked, proven) = (stage.A.Visitor(), stage.A.Visitor());
        var code = await TestHouse.Ask(asked, stage.LinkPath, "looks-a@acme.com");
        var agreement = await TestHouse.Ask(proven, stage.LinkPath, "looks-b@acme.com");
        (await proven.Submit(await proven.Get(agreement), "/code-tries", ("code", (await stage.A.Code("looks-b@acme.com"))!))).Status.ShouldBe(303);
        return
        [
            new("Room, the code", asked, code, IsFirst: true), new("Room, the agreement", proven, agreement, IsFirst: true),
            new("Search without a result", stage.Anybody, "/search?q=zzzz", IsFirst: true), new("Search without a question", stage.Anybody, "/search", IsFirst: true),
            new("Today of an approver", await stage.Staff(Role.Approver), "/console", IsFirst: true), new("Somebody else's page", await stage.Staff(Role.Editor), "/console/journal", IsFirst: true),
        ];
    }

    private sealed record Visit(string Name, Browser By, string Path, bool IsFirst);
}
