using TrustCenter.Staff;
using TrustCenter.Tests.Isolation;
using TrustCenter.Tests.Requests;
using TrustCenter.Web;

namespace TrustCenter.Tests.Looks;

/// <summary>
/// Every page that the route table has, for everybody who may open it, in a real browser: axe, both colours, desk and phone, 320 px, 200 %, paper and
/// keyboard. The routes come from the running app and the ids from the matrix rows, so that a new page is visited without a line here.
/// </summary>
[Collection(StageGroup.Name)]
public sealed class EveryPageTests(Stage stage, Chromium chromium) : IClassFixture<Chromium>
{
    public static TheoryData<string> RouteNames => [.. Rows.All.Select(r => r.Route)];

    /// <summary>By its own caller: axe and what every page has, at the desk and on the phone, and no sideways scrolling down to 320 px.</summary>
    [Theory]
    [MemberData(nameof(RouteNames))]
    [Trait("Long", "yes")]
    public async Task A_page_can_be_read_by_everybody(string name)
    {
        if (await Own(name) is not var (_, by, path, _)) return;
        var findings = await new PageLook(chromium, by, path, name).Brief();
        findings.ShouldBeEmpty(string.Join('\n', findings));
    }

    /// <summary>By its own caller from all sides; by each other role once, unless that page is made of the same elements.</summary>
    [Theory]
    [MemberData(nameof(RouteNames))]
    [Trait("Long", "yes")]
    public async Task A_page_can_be_used_by_everybody(string name)
    {
        if (await Own(name) is not var (route, by, path, answer)) return;
        var findings = (await new PageLook(chromium, by, path, name).Whole()).ToList();
        if (route.Guard is { Reader: Reader.Staff, Right: { } right })
        {
            var seen = new HashSet<string> { Elements(answer) };
            foreach (var role in Enum.GetValues<Role>().Where(r => Rights.Of(r).Contains(right)))
            {
                var colleague = await stage.Staff(role);
                if (await colleague.Get(path) is var theirs && IsPage(theirs) && seen.Add(Elements(theirs)))
                    findings.AddRange(await new PageLook(chromium, colleague, path, $"{name} as {role}").Short());
            }
        }
        findings.ShouldBeEmpty(string.Join('\n', findings));
    }

    // Null for what is no page.
    private async Task<(Route Route, TrustCenter.Tests.Browser By, string Path, Answer Answer)?> Own(string name)
    {
        var route = stage.Routes.Single(r => r.Name == name);
        if (!route.Methods.Contains("GET")) return null;
        var own = await Rows.Of(name).Own(stage);
        var path = route.PathOf(own.Values) + own.Query;
        var answer = await own.By.Get(path);
        return IsPage(answer) ? (route, own.By, path, answer) : null;
    }

    /// <summary>What one route shows at different moments.</summary>
    [Fact]
    public async Task Pages_that_show_themselves_on_the_way_can_be_read_and_used()
    {
        var (asked, proven) = (stage.A.Visitor(), stage.A.Visitor());
        var code = await TestHouse.Ask(asked, stage.LinkPath, "looks-a@acme.com");
        var agreement = await TestHouse.Ask(proven, stage.LinkPath, "looks-b@acme.com");
        (await proven.Submit(await proven.Get(agreement), "/code-tries", ("code", (await stage.A.Code("looks-b@acme.com"))!))).Status.ShouldBe(303);
        (string Name, Browser By, string Path)[] visits =
        [
            ("the code", asked, code), ("the agreement", proven, agreement), ("search without a result", stage.Anybody, "/search?q=zzzz"), ("search without a question", stage.Anybody, "/search"),
            ("today of an approver", await stage.Staff(Role.Approver), "/console"), ("somebody else's page", await stage.Staff(Role.Editor), "/console/journal"),
        ];
        var findings = new List<string>();
        foreach (var (name, by, path) in visits) findings.AddRange(await new PageLook(chromium, by, path, name).Whole());
        findings.ShouldBeEmpty(string.Join('\n', findings));
    }

    [Fact]
    public async Task A_request_can_be_read_from_asking_to_answering()
    {
        var (asked, waits, late) = (await Asker.Ask(stage.A, "looks-c@acme.com", stage.A.Report), await Asker.Waits(stage.A, "looks-d@acme.com", stage.A.Report), await Asker.IsLate(stage.A, "looks-e@acme.com", stage.A.Report));
        var manager = await stage.Staff(Role.Manager);
        (string Name, Browser By, string Path)[] visits =
        [
            ("asking", stage.Anybody, "/requests"), ("a request's code", asked.Browser, asked.Path), ("a request that waits", waits.Browser, waits.Path),
            ("the requests", manager, "/console/requests"), ("a late request", manager, $"/console/requests/{late.Id}"),
        ];
        var findings = new List<string>();
        foreach (var (name, by, path) in visits) findings.AddRange(await new PageLook(chromium, by, path, name).Brief());
        findings.ShouldBeEmpty(string.Join('\n', findings));
    }

    private static bool IsPage(Answer answer) => answer.Headers.GetValueOrDefault("Content-Type", "").StartsWith("text/html", StringComparison.Ordinal);

    private static string Elements(Answer page) => string.Join(' ', Shape.Of(page.Dom).Distinct()) + string.Join(' ', page.Dom.QuerySelectorAll("[class]").Select(e => e.ClassName).Distinct().Order(StringComparer.Ordinal));
}
