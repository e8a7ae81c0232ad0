using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Import;
using TrustCenter.Staff;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Embedding;

/// <summary>The module in a vendor's own app, below a prefix, on the host name that the app has already.</summary>
public sealed class YourAppTests : IAsyncLifetime
{
    private const string Prefix = "/trust";

    private RealApp app = null!;
    private TestHouse house = null!;

    public async Task InitializeAsync()
    {
        app = await Start();
        house = await TestHouse.Build(app, "tide", "Tide Tables");
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task The_app_keeps_its_own_pages_and_its_own_answer_to_unknown_addresses()
    {
        using var visitor = new Browser(app, "localhost");

        (await visitor.Get("/")).Text.ShouldContain("our trust center");
        (await visitor.Get("/trust/")).Text.ShouldContain("Tide Tables encrypts all records at rest.");
        (await visitor.Get("/no-such-page")).Bytes.ShouldBeEmpty("the app's own 404, not ours");
        (await visitor.Get("/trust/no-such-page")).Text.ShouldContain("Nothing to see at this address");
    }

    [Fact]
    public async Task Every_address_on_the_public_pages_lies_below_the_prefix_and_answers()
    {
        using var visitor = new Browser(app, "localhost");
        var (seen, open) = (new HashSet<string>(), new Queue<string>([Prefix + "/"]));
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(path)) continue;
            var answer = await visitor.Get(path);
            answer.Status.ShouldBe(200, path);
            if (!answer.Headers["Content-Type"].StartsWith("text/html", StringComparison.Ordinal)) continue;
            foreach (var next in answer.Dom.QuerySelectorAll("[href^='/'],[src^='/'],[action^='/']").SelectMany(e => new[] { e.GetAttribute("href"), e.GetAttribute("src") }).OfType<string>())
            {
                next.ShouldStartWith(Prefix + "/", customMessage: $"on {path}");
                open.Enqueue(next.Split('#')[0].Split('?')[0]);
            }
        }
        seen.Count.ShouldBeGreaterThan(6);
    }

    [Fact]
    public async Task A_prospect_goes_all_the_way_below_the_prefix()
    {
        var rep = await house.SignIn(Role.Rep);
        var (link, _) = await house.Share(rep, ("summary", "yes"));
        link.ShouldStartWith(Prefix + "/s/");
        using var prospect = new Browser(app, "localhost");

        var room = await house.Enter(prospect, link);
        var file = await prospect.Get(await TestHouse.Download(prospect, room, house.Report.ToString()));

        room.ShouldStartWith(Prefix + "/room/");
        file.Status.ShouldBe(200);
        file.Headers["Content-Type"].ShouldBe("application/pdf");
    }

    [Fact]
    public async Task Mails_and_links_carry_the_app_s_own_host_name()
    {
        var rep = await house.SignIn(Role.Rep);
        var made = await rep.Submit(await rep.Get(Prefix + "/console/links/new"), "/console/links", ("account", "Acme"), ("people", "ana@acme.com"), ("documents", house.Report.ToString()));
        var shown = await rep.Get(made.Location!);

        shown.Dom.QuerySelector("#f-address")!.GetAttribute("value")!.ShouldStartWith("http://localhost:5090/trust/s/");
    }

    [Fact]
    public async Task The_console_lives_on_the_platform_s_host_alone()
    {
        using var visitor = new Browser(app, "localhost");
        using var staff = new Browser(app, "console.localhost");

        (await visitor.Get(Prefix + "/console/sign-in")).Status.ShouldBe(404);
        (await staff.Get(Prefix + "/console")).Location.ShouldBe("/trust/console/sign-in?return=%2Ftrust%2Fconsole");
        (await staff.Get(Prefix + "/")).Location.ShouldBe("/trust/console");
    }

    [Fact]
    public async Task What_standards_put_at_the_root_stands_at_the_root()
    {
        using var visitor = new Browser(app, "localhost");

        var text = (await visitor.Get("/.well-known/security.txt")).Text;

        text.ShouldStartWith("Contact: mailto:security@tide.example\nExpires: ");
        text.ShouldContain("\nPolicy: http://localhost:5090/trust/\n");
    }

    [Fact]
    public void Mapping_twice_or_at_a_prefix_that_is_none_is_refused_in_words()
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
        builder.AddTrustCenter(o => o.DataFolder = app.Folder);
        using var other = builder.Build() as IDisposable;
        var routes = (Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)other!;

        Should.Throw<ArgumentException>(() => routes.MapTrustCenter("trust/")).Message.ShouldContain("begin with a slash");
        routes.MapTrustCenter("/trust");
        Should.Throw<InvalidOperationException>(() => routes.MapTrustCenter("/trust")).Message.ShouldContain("once");
    }

    [Fact]
    public async Task The_starter_folder_becomes_a_page_with_ten_claims()
    {
        await using var fresh = await Start();
        var said = new StringWriter();

        var code = await fresh.Services.GetRequiredService<ImportCommand>().Run([SourceTree.Folder("samples", "starter"), "--publish-as", "Amir Haddad"], said, said, CancellationToken.None);

        code.ShouldBe(0, said.ToString());
        var tenant = await fresh.Services.GetRequiredService<TenantDirectory>().FindLabel("tide", default);
        await fresh.Compiled(new Scope(tenant!.Value));
        using var visitor = new Browser(fresh, "localhost");
        (await visitor.Get("/trust/")).Dom.QuerySelectorAll(".topics details").Length.ShouldBe(10);
    }

    [Fact]
    public async Task A_filter_that_the_app_adds_sees_every_page_and_its_culture_changes_none()
    {
        var (seen, odd) = (new System.Collections.Concurrent.ConcurrentBag<string>(), (CultureInfo)CultureInfo.InvariantCulture.Clone());
        odd.NumberFormat.NumberDecimalSeparator = "#";
        await using var own = await RealApp.Start((options, prepare) =>
        {
            var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
            prepare(builder);
            builder.AddTrustCenter(options);
            var built = builder.Build();
            built.Use(next => context =>
            {
                CultureInfo.CurrentCulture = odd;
                return next(context);
            });
            built.MapTrustCenter().AddEndpointFilter((context, next) =>
            {
                seen.Add(context.HttpContext.Request.Path + 0.5.ToString(CultureInfo.CurrentCulture));
                return next(context);
            });
            return built;
        });
        await own.Compiled((await own.Vendor(new Vendor { Name = "Tide Tables", Host = "tide" })).Scope);
        using var visitor = new Browser(own, "tide.localhost");
        for (var n = 0; n < 3; n++) await visitor.Get("/");
        seen.Count(path => path == "/0.5").ShouldBe(3); // from memory too
    }

    private static Task<RealApp> Start() => RealApp.Start((options, prepare) => YourApp.Site.Build(["--urls", "http://127.0.0.1:0"], options, prepare), o => o.Demo = true);
}
