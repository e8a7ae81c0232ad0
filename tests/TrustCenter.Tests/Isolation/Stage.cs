using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Host;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Tests.Api;
using TrustCenter.Tests.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>Two vendors side by side in one app, each with everything that has an id.</summary>
public sealed class Stage : IAsyncLifetime
{
    public const string OwnAudience = "reviewer", ForeignAudience = "board-of-b";

    private readonly Dictionary<Role, Browser> signedIn = [];
    private Browser? @operator;

    public RealApp App { get; private set; } = null!;
    public TestHouse A { get; private set; } = null!;
    public TestHouse B { get; private set; } = null!;
    public Browser Anybody { get; private set; } = null!;
    public Browser Platform { get; private set; } = null!;
    public Browser Prospect { get; private set; } = null!; // in A's room
    public string LinkPath { get; private set; } = "";
    public Guid LinkId { get; private set; }
    public string RoomPath { get; private set; } = "";
    public string Access { get; private set; } = "";
    public Guid OwnDeal { get; private set; }

    /// <summary>What B has, by the form of its id: "id", "token", "audience", "sha".</summary>
    public IReadOnlyList<(string Form, string Kind, string Value)> Foreign { get; private set; } = [];

    internal IReadOnlyList<Route> Routes { get; private set; } = [];

    public async Task InitializeAsync()
    {
        App = await RealApp.Start((options, prepare) => Serving.Build(["--urls", "http://127.0.0.1:0"], options, builder =>
        {
            prepare(builder);
            Prepare(builder);
        }), o => (o.Demo, o.DeletionWaitDays, o.DnsServer) = (true, 0, "127.0.0.1:9")); // nobody answers there: no proof is looked up outside
        A = await TestHouse.Build(App, "alpha", "Alpha Records");
        B = await TestHouse.Build(App, "beta", "Beta Ledgers");
        foreach (var house in new[] { A, B }) await Hire(house);
        (Anybody, Platform, Prospect) = (A.Visitor(), NewPlatform(), A.Visitor());
        await A.Claim(A.PublicClaim, "Alpha Records encrypts all records, at rest and in transit.", TrustCenter.Claims.Visibility.Public);
        OwnDeal = await Deal(await A.SignIn(Role.Rep));
        (LinkPath, LinkId) = await A.Share(await Staff(Role.Rep), ("domains", "acme.com"), ("summary", "yes"));
        RoomPath = await A.Enter(Prospect, LinkPath);
        Access = (await TestHouse.Download(Prospect, RoomPath, A.Report.ToString())).Split('/')[^1];
        maker = await Api.Program.Hire(App, A.Scope, Enum.GetValues<Role>());
        Foreign = [.. await Everything(B), ("id", "API key", (await Api.Program.Of(App, B.Scope, await Api.Program.Hire(App, B.Scope, Role.Admin), Right.ReadJournal)).Key.ToString())];
        await App.Compiled(A.Scope);
        await App.Compiled(B.Scope);
        Routes = RouteTable.Of(App);
    }

    /// <summary>What else the app is made of, before the module is added.</summary>
    internal Action<WebApplicationBuilder> Prepare { get; init; } = _ => { };

    public async Task<Browser> Staff(Role role) => signedIn.TryGetValue(role, out var browser) ? browser : signedIn[role] = await A.SignIn(role);

    /// <summary>A program of the first vendor with its own key, made by somebody who may do everything.</summary>
    internal Task<Api.Program> Program(params Right[] scopes) => Api.Program.Of(App, A.Scope, maker, scopes);

    private Guid maker;
    /// <summary>Another app, outside the demo, whose vendors still wait for their first admin.</summary>
    public async Task<RealApp> Unset() => unset ??= await WithProvider();

    private RealApp? unset;

    internal Issuer Issuer { get; private set; } = null!; // of that app

    private async Task<RealApp> WithProvider()
    {
        Issuer = await Issuer.Start();
        var app = await RealApp.Start((options, prepare) => Serving.Build(Issuer.Settings("sso"), options, prepare));
        await app.Vendor(new Vendor { Name = "Single Sign", Host = "sso" });
        return app;
    }

    public async Task<Browser> Operator() => @operator ??= await Operation.OperatorDesk.SignIn(App);

    public async Task<string> HostOf(Guid tenant) => (await App.Engine.Read<Vendor>(new Scope(tenant).Id<Vendor>(Vendor.Only)))!.Host;

    public Browser NewPlatform() => new(App, "console.localhost");

    /// <summary>Every console page has the form for signing out, also the one that says no.</summary>
    public static async Task<string> StampOf(Browser staff) => (await staff.Get("/console/journal")).Dom.QuerySelector("form[action$='/session-ends'] input[name=stamp]")!.GetAttribute("value")!;

    /// <summary>Everything durable of a vendor in numbers: equal before and after means that nothing happened. Views of rooms, the pages that they showed and compiled pages do not count: they are written a little later.</summary>
    public Task<string> Mark(Scope scope) => Mark(App, [scope.Tenant]);

    /// <summary>The same of everybody in an app, and of the platform itself.</summary>
    public static async Task<string> Mark(RealApp app)
        => await Mark(app, await app.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select tenant from states union select tenant from entries order by tenant", r => r.Id(0))));

    private static async Task<string> Mark(RealApp app, IEnumerable<Guid> tenants)
    {
        var store = app.Services.GetRequiredService<IStore>();
        // An import that was begun goes on by itself: it is let end first.
        for (var wait = 0; wait < 600 && await store.Query(sql => sql.Number("select count(*) from import_rows where stage in ('Checking', 'Importing')")) > 0; wait++) await Task.Delay(50);
        return await store.Query(sql => string.Join(' ', tenants.SelectMany(_ => Marks, (tenant, mark) => sql.Number(mark, ("@tenant", tenant)))));
    }

    public const int ChunkMark = 5; // which of the marks counts the chunks

    private static readonly string[] Marks =
    [
        "select count(*) from entries where tenant = @tenant and what not in ('room.viewed', 'page.published')", "select sum(etag) from states where tenant = @tenant and kind <> 'room_template'",
        "select count(*) from states where tenant = @tenant and kind <> 'room_template'", "select count(*) from personal where tenant = @tenant", "select count(*) from mails where tenant = @tenant",
        "select count(*) from chunks where tenant = @tenant", "select count(*) from touch_rows where tenant = @tenant and what <> 'viewed the room'", "select count(*) from link_rows where tenant = @tenant and revoked is not null",
    ];

    // Five personas come with the demo; the other roles sign in the same way once they are there.
    private static async Task Hire(TestHouse house)
    {
        foreach (var role in Enum.GetValues<Role>().Except(DemoStaff.Personas.Select(p => p.Role)))
            await house.Decide(house.StaffId(role), new SetStaffMember { Id = Guid.NewGuid(), Name = $"A {role}", Roles = [role] });
    }

    private static async Task<Guid> Deal(Browser rep)
    {
        var made = await rep.Submit(await rep.Get("/console/deals/new"), "/console/deals", ("account", "Acme"));
        made.Status.ShouldBe(303, made.Text);
        return Guid.Parse(made.Location!.Split('/')[^1]);
    }

    private static async Task<IReadOnlyList<(string, string, string)>> Everything(TestHouse house)
    {
        var words = (await house.App.Engine.Read<Vendor>(house.Scope.Id<Vendor>(Vendor.Only)))!;
        await house.Decide(Vendor.Only, new DefineVendor { Id = Guid.NewGuid(), Words = words with { Audiences = [.. words.Audiences, words.Audiences[0] with { Key = ForeignAudience }] } });
        var rep = await house.SignIn(Role.Rep);
        var prospect = house.Visitor();
        var (link, linkId) = await house.Share(rep, ("summary", "yes"));
        var room = await house.Enter(prospect, link);
        var access = (await TestHouse.Download(prospect, room, house.Report.ToString())).Split('/')[^1];
        var report = (await house.App.Engine.Read<EvidenceDocument>(house.Scope.Id<EvidenceDocument>(house.Report)))!;
        return
        [
            ("id", "public claim", house.PublicClaim.ToString()), ("id", "room claim", house.RoomClaim.ToString()), ("id", "public document", house.Policy.ToString()),
            ("id", "document on request", house.Architecture.ToString()), ("id", "document under agreement", house.Report.ToString()), ("id", "link", linkId.ToString()),
            ("id", "visit", room.Split('/')[^1]), ("id", "access", access), ("id", "deal", (await Deal(rep)).ToString()), ("id", "import", (await ImportRows.Bring(rep)).ToString()),
            ("id", "request", (await Requests.Asker.Waits(house, "cy@acme.com", house.Report)).Id.ToString()), ("id", "host name", (await Host(house)).ToString()), ("id", "subprocessor", (await Subprocessor(house)).ToString()), ("id", "staff", house.StaffId(Role.Editor).ToString()), ("id", "tenant", house.Scope.Tenant.ToString()),
            ("token", "link token", link.Split('/')[^1]), ("token", "invitation", await Invitation(house)), ("id", "claim batch", (await ClaimActRows.Begun(house)).ToString()), ("id", "scheduled claim", (await ClaimActRows.Scheduled(house)).ToString()), ("audience", "audience", ForeignAudience), ("sha", "file", report.Current!.File.Sha), ("sha", "template", report.Current.Template!.Sha),
        ];
    }

    private static async Task<string> Invitation(TestHouse house) => (await Tests.Staff.StaffWalk.Link(house.App, await SignInRows.Invited(await house.SignIn(Role.Admin)))).Split('/')[^1];

    private static async Task<Guid> Host(TestHouse house)
    {
        var host = Guid.CreateVersion7();
        await house.Decide(HostNames.Only, new AskHostName { Id = host, Name = $"trust.{house.Host}.example", Token = "AAAAAAAAAAAAAAAAAAAAAA", Platform = "localhost" });
        return host;
    }

    private static async Task<Guid> Subprocessor(TestHouse house)
    {
        var entry = new Subprocessors.Subprocessor(Guid.CreateVersion7(), $"{house.Host} hosting", "Hosting", "Germany", "", [], new DateOnly(2026, 1, 1));
        await house.Decide(Subprocessors.SubprocessorList.Only, new Subprocessors.ProposeSubprocessor { Id = Guid.NewGuid(), Entry = entry, BasedOn = 0 });
        return entry.Id;
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        if (unset is null) return;
        await unset.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class StageGroup : ICollectionFixture<Stage>
{
    public const string Name = "two vendors in one app";
}
