using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Tenants;

/// <summary>A vendor's own host name, from the wish to the proof and to its end.</summary>
public sealed class HostNameTests : IAsyncLifetime
{
    private const string Name = "trust.vendor.example";

    private readonly DnsResponder dns = new();
    private RealApp app = null!;
    private TestHouse north = null!, south = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => (o.Demo, o.DnsServer) = (true, dns.Address));
        north = await TestHouse.Build(app, "north", "North Records");
        south = await TestHouse.Build(app, "south", "South Ledgers");
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await dns.DisposeAsync();
    }

    [Fact, Trait("Case", "T-021")]
    public async Task Until_its_record_is_found_a_name_serves_nothing_and_is_named_nowhere()
    {
        var admin = await north.SignIn(Role.Admin);
        await Ask(admin);
        (await Shown(Name)).ShouldBe(await Shown("never.vendor.example"));
        (await Post(Name, "/s/AAAAAAAAAAAAAAAAAAAAAA")).ShouldBe(404);
        (await Check(admin)).ShouldContain("The record was not found");
        (await Shown(Name)).ShouldBe(await Shown("never.vendor.example"));
        await app.Engine.Decide(Names(north), new ChoosePrimaryHost { Id = Guid.NewGuid(), Host = (await Of(north)).Id }, Actor.System);
        (await Address(north)).ShouldBe("http://north.localhost:5080");

        await Prove(north, admin);

        (await Shown(Name)).ShouldContain("North Records keeps it safe.");
        (await Address(north)).ShouldBe("http://north.localhost:5080", "proven is not yet chosen");
        await Choose(admin);
        (await Address(north)).ShouldBe("http://trust.vendor.example:5080");
    }

    [Fact, Trait("Case", "T-021")]
    public async Task A_removed_name_answers_nothing_at_once_and_leaves_every_new_mail_and_summary()
    {
        var admin = await north.SignIn(Role.Admin);
        await Ask(admin);
        await Prove(north, admin);
        await Choose(admin);
        using var visitor = new Browser(app, Name);
        (await visitor.Get("/")).Status.ShouldBe(200); // and is remembered

        (await admin.Submit(await admin.Get("/console/settings/hosts"), "/removals")).Status.ShouldBe(303);

        (await visitor.Get("/")).Status.ShouldBe(404);
        (await Address(north)).ShouldBe("http://north.localhost:5080");
        using var known = north.Visitor();
        (await known.Get("/")).Status.ShouldBe(200);
    }

    [Fact, Trait("Case", "T-021")]
    public async Task A_record_that_is_missing_for_three_days_proves_nothing_any_more()
    {
        var admin = await north.SignIn(Role.Admin);
        var worker = app.Services.GetRequiredService<HostWorker>();
        await Ask(admin);
        await Prove(north, admin);
        using var visitor = new Browser(app, Name);
        dns.Texts.Clear();
        for (var day = 0; day < 3; day++)
        {
            app.Clock.Advance(TimeSpan.FromHours(24.1));
            await worker.CheckDue(default);
            (await visitor.Get("/")).Status.ShouldBe(200, $"day {day}");
        }
        app.Clock.Advance(TimeSpan.FromHours(24.1));
        await worker.CheckDue(default);
        (await visitor.Get("/")).Status.ShouldBe(404);

        var name = await Of(north);
        dns.Say(name.Record, name.Value);
        await worker.CheckDue(default);
        (await visitor.Get("/")).Status.ShouldBe(404, "what was lost is proven again by a person alone");
    }

    [Fact, Trait("Case", "T-021")]
    public async Task A_record_that_comes_back_in_time_saves_the_name()
    {
        var admin = await north.SignIn(Role.Admin);
        var worker = app.Services.GetRequiredService<HostWorker>();
        await Ask(admin);
        await Prove(north, admin);
        var name = await Of(north);
        for (var times = 0; times < 3; times++)
        {
            dns.Texts.Clear();
            app.Clock.Advance(TimeSpan.FromDays(2));
            await worker.CheckDue(default);
            dns.Say(name.Record, name.Value);
            app.Clock.Advance(TimeSpan.FromHours(2));
            await worker.CheckDue(default);
        }
        (await Of(north)).FailingSince.ShouldBeNull();
        (await Shown(Name)).ShouldContain("North Records");
    }

    [Fact, Trait("Case", "T-074")]
    public async Task Two_vendors_may_ask_for_one_name_and_neither_learns_of_the_other()
    {
        var (first, second) = (await north.SignIn(Role.Admin), await south.SignIn(Role.Admin));
        await Ask(first);
        await Prove(north, first);
        // The second sees exactly what he would see had nobody asked before him.
        (await Ask(second)).ShouldBe(303);
        (await Check(second)).ShouldContain("The record was not found");
        var alone = await AskAlone(second, "unasked.vendor.example");
        var shared = Told(await second.Get("/console/settings/hosts"), Name);
        shared.ShouldBe(Told(alone, "unasked.vendor.example"));
        (await Shown(Name)).ShouldContain("North Records");
    }

    [Fact, Trait("Case", "T-074")]
    public async Task The_newer_record_takes_the_name_and_the_older_vendor_loses_it_at_once()
    {
        var (first, second) = (await north.SignIn(Role.Admin), await south.SignIn(Role.Admin));
        await Ask(first);
        await Prove(north, first);
        await Ask(second);
        var (held, wanted) = (await Of(north), await Of(south));

        dns.Say(held.Record, held.Value, wanted.Value); // both: the holder of the name has not decided
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Check(second)).ShouldContain("Records of another trust center stand at this name too");
        (await Shown(Name)).ShouldContain("North Records");

        dns.Say(held.Record, wanted.Value);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Check(second)).ShouldContain("Proven");
        (await Shown(Name)).ShouldContain("South Ledgers");
        (await Of(north)).Proven.ShouldBeNull();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Check(first)).ShouldContain("The record was not found");
        (await Shown(Name)).ShouldContain("South Ledgers");
    }

    [Theory, Trait("Case", "T-073")]
    [InlineData("trust.vendor.example", true)]
    [InlineData("trust.vendor.example:8443", true)]
    [InlineData("TRUST.Vendor.EXAMPLE", true)]
    [InlineData("trust.vendor.example.", false)]
    [InlineData("vendor.example", false)]
    [InlineData("a.trust.vendor.example", false)]
    [InlineData("xtrust.vendor.example", false)]
    [InlineData("trust.vendor.example.evil.example", false)]
    [InlineData("user@trust.vendor.example", false)]
    [InlineData("trust.vendor.example, south.localhost", false)]
    public async Task A_proven_name_is_one_spelling(string host, bool isNorth)
    {
        await Given();
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, app.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        if (isNorth) answer.ShouldContain("North Records keeps it safe.");
        else answer.ShouldMatch("^HTTP/1.1 (404|400) ");
    }

    [Fact, Trait("Case", "T-073")]
    public async Task The_console_is_not_at_a_vendors_own_name()
    {
        await Given();
        using var browser = new Browser(app, Name);
        foreach (var path in new[] { "/console", "/console/sign-in", "/mailbox" }) (await browser.Get(path)).Fingerprint.ShouldBe((await browser.Get("/never")).Fingerprint, path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("south.localhost")]
    [InlineData("console.localhost")]
    [InlineData("10.0.0.1")]
    [InlineData("https://trust.vendor.example")]
    [InlineData("trust.vendor.example.")]
    [InlineData("trust.vendor.example:443")]
    [InlineData("*.vendor.example")]
    [InlineData("trust..example")]
    [InlineData("trust.vendor.example/x")]
    public async Task What_is_no_name_of_the_vendors_own_is_refused_with_what_was_typed(string typed)
    {
        var admin = await north.SignIn(Role.Admin);
        var answer = await admin.Submit(await admin.Get("/console/settings/hosts"), "/console/settings/hosts", ("name", typed));
        answer.Status.ShouldBe(422);
        answer.Dom.QuerySelector("#f-name")!.GetAttribute("value").ShouldBe(typed);
        answer.Dom.QuerySelectorAll(".errors a").Length.ShouldBe(1);
    }

    private async Task Given()
    {
        var host = Guid.CreateVersion7();
        await north.Decide(HostNames.Only, new AskHostName { Id = host, Name = Name, Token = "AAAAAAAAAAAAAAAAAAAAAA", Platform = "localhost" });
        await north.Decide(HostNames.Only, new RecordHostCheck { Id = Guid.NewGuid(), Host = host, Seen = HostSeen.Found });
    }

    private static async Task<int> Ask(Browser admin) => (await admin.Submit(await admin.Get("/console/settings/hosts"), "/console/settings/hosts", ("name", Name))).Status;

    private async Task<Answer> AskAlone(Browser admin, string name)
    {
        (await admin.Submit(await admin.Get("/console/settings/hosts"), "/console/settings/hosts", ("name", name))).Status.ShouldBe(303);
        var page = await admin.Get("/console/settings/hosts");
        var id = (await app.Engine.Read<HostNames>(Names(south)))!.Names.Single(n => n.Name == name).Id;
        await admin.Follow(await admin.Submit(page, $"{id}/checks"));
        return await admin.Get("/console/settings/hosts");
    }

    // What the page says about one name, without the name and its token.
    private static string Told(Answer page, string name)
        => page.Dom.QuerySelectorAll("section.box").Single(s => s.QuerySelector("h2")!.TextContent == name).TextContent.Replace(name, "<name>").Split("trust-center=") is var parts ? parts[0] + parts[^1][22..] : "";

    private async Task Prove(TestHouse house, Browser admin)
    {
        var name = await Of(house);
        dns.Say(name.Record, "v=spf1 -all", name.Value);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Check(admin)).ShouldContain("Proven");
    }

    private static async Task<string> Check(Browser admin) => (await admin.Follow(await admin.Submit(await admin.Get("/console/settings/hosts"), "/checks"))).Dom.QuerySelector("main")!.TextContent;

    private static async Task Choose(Browser admin) => (await admin.Submit(await admin.Get("/console/settings/hosts"), "/primary-host")).Status.ShouldBe(303);

    private async Task<string> Shown(string host)
    {
        using var browser = new Browser(app, host);
        return (await browser.Get("/")).Text;
    }

    private async Task<int> Post(string host, string path)
    {
        using var browser = new Browser(app, host);
        var answer = await browser.Post(path, ("email", "ana@acme.com"));
        browser.Cookies.ShouldBeEmpty();
        return answer.Status;
    }

    // As a rep copies it from his link's page.
    private static async Task<string> Address(TestHouse house)
    {
        var rep = await house.SignIn(Role.Rep);
        var (_, id) = await house.Share(rep);
        return new Uri((await rep.Get($"/console/links/{id}")).Dom.QuerySelector("#f-address")!.GetAttribute("value")!).GetLeftPart(UriPartial.Authority);
    }

    private static AggregateId Names(TestHouse house) => house.Scope.Id<HostNames>(HostNames.Only);

    private async Task<HostName> Of(TestHouse house) => (await app.Engine.Read<HostNames>(Names(house)))!.Names.Single(n => n.Name == Name);
}
