using AngleSharp.Html.Dom;
using TrustCenter.Staff;
using TrustCenter.Tests.Operation;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Cluster;

/// <summary>A statement that only one of the databases understands stands on some page: all that can be reached by links is opened over PostgreSQL.</summary>
public sealed class EveryPageAnswersTests : IAsyncLifetime
{
    private readonly string database = PostgresServer.NewDatabase();
    private RealApp app = null!;
    private TestHouse house = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => (o.Demo, o.Postgres) = (true, database));
        house = await TestHouse.Build(app, "north", "North");
        using var rep = await house.SignIn(Role.Rep);
        var (link, _) = await house.Share(rep);
        using var prospect = house.Visitor();
        await TestHouse.Download(prospect, await house.Enter(prospect, link), house.Report.ToString());
        (await rep.Submit(await rep.Get("/console/deals/new"), "/console/deals", ("account", "Acme"), ("amount", "100"), ("factor", "Slowed"), ("reason", "They asked twice."), ("saidBy", "BuyersWords"))).Status.ShouldBe(303);
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        PostgresServer.Drop(database);
    }

    [Theory]
    [InlineData(Role.Editor)]
    [InlineData(Role.Rep)]
    [InlineData(Role.Approver)]
    [InlineData(Role.Admin)]
    public async Task All_that_staff_can_open_answers(Role role)
    {
        using var browser = await house.SignIn(role);
        (await Open(browser, "/console")).ShouldBeGreaterThan(12);
    }

    [Fact]
    public async Task All_that_readers_and_the_operator_can_open_answers()
    {
        using var reader = house.Visitor();
        (await Open(reader, "/")).ShouldBeGreaterThan(5);
        using var ana = await OperatorDesk.SignIn(app);
        (await Open(ana, "/operator")).ShouldBeGreaterThan(3);
    }

    // Of each kind of page three: their ids and questions are what differs. How many showed something.
    private static async Task<int> Open(Browser browser, string first)
    {
        var (waiting, seen, kinds, opened) = (new Queue<string>([first]), new HashSet<string>(), new Dictionary<string, int>(), 0);
        while (waiting.TryDequeue(out var path))
        {
            var answer = await browser.Get(path);
            answer.Status.ShouldBeLessThan(500, path);
            if (answer.Status == 200) opened++;
            if (!answer.Headers.TryGetValue("Content-Type", out var type) || !type.StartsWith("text/html", StringComparison.Ordinal)) continue;
            foreach (var link in answer.Dom.QuerySelectorAll("main a, header a, nav a").OfType<IHtmlAnchorElement>().Select(a => a.GetAttribute("href") ?? ""))
            {
                var kind = string.Join('/', link.Split('?')[0].Split('/').Select(part => Guid.TryParse(part, out _) ? "*" : part)) + (link.Contains('?') ? "?" : "");
                if (!link.StartsWith('/') || !seen.Add(link) || kinds.GetValueOrDefault(kind) >= 3) continue;
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                waiting.Enqueue(link);
            }
        }
        return opened;
    }
}
