using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Tests.Tenants;

namespace TrustCenter.Tests.Settings;

/// <summary>What an admin sets, through the pages: what stands on them afterwards, and what they refuse.</summary>
public sealed class SettingsTests : IAsyncLifetime
{
    private const string Logo = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#123456" /></svg>""";

    private RealApp app = null!;
    private TestHouse house = null!;
    private Browser admin = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => o.Demo = true);
        house = await TestHouse.Build(app, "alpha", "Alpha Records");
        admin = await house.SignIn(Role.Admin);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_saved_brand_stands_on_the_public_page_with_its_logo_and_its_readable_colour()
    {
        var answer = await Send("brand", ("name", "Beta Records"), ("tagline", "Kept well."), ("accent", "#FFEE00"), ("logo", Logo), ("contact", "hello@beta.example"), ("website", "https://beta.example"));
        answer.Status.ShouldBe(303, answer.Text);
        (await admin.Get(answer.Location!)).Dom.QuerySelector("[role=status]")!.TextContent.ShouldBe("Saved.");

        using var visitor = house.Visitor();
        var page = await visitor.Get("/");
        page.Text.ShouldContain("Kept well.");
        page.Dom.QuerySelector(".brand img")!.GetAttribute("alt").ShouldBe("Beta Records");
        (await visitor.Get("/logo.svg")).Text.ShouldContain("circle");
        page.Text.ShouldNotContain("--accent:#ffee00;--on-accent:#fff"); // yellow on paper is not read
        var settings = await admin.Get("/console/settings/brand");
        settings.Text.ShouldContain("The pages use #");
        settings.Dom.QuerySelectorAll("figcaption").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_logo_comes_as_a_file_too_and_a_hostile_one_comes_back_as_text()
    {
        (await Upload(Logo)).Status.ShouldBe(303);
        (await Vendor()).Logo!.ShouldContain("circle");
        var refused = await Upload("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>");
        refused.Status.ShouldBe(422);
        refused.Dom.QuerySelector("#f-logo")!.TextContent.ShouldContain("onload");
        refused.Dom.QuerySelector(".preview svg[onload], .preview img[src*=onload]").ShouldBeNull();
        (await Upload("<svg xmlns=\"http://www.w3.org/2000/svg\"><!--" + new string('x', 70_000) + "--></svg>")).Status.ShouldBe(422);
        (await Vendor()).Logo!.ShouldContain("circle");
    }

    [Fact]
    public async Task A_PNG_stands_on_every_page_of_the_vendor_and_only_the_picture_of_it()
    {
        (await Upload(Png.Picture(640, 160, Png.Text("made by Ana")))).Status.ShouldBe(303);
        using var visitor = house.Visitor();
        (await visitor.Get("/")).Dom.QuerySelector(".brand img")!.GetAttribute("src").ShouldBe("/logo.png");
        var logo = await visitor.Get("/logo.png");
        (logo.Headers["Content-Type"], logo.Headers["X-Content-Type-Options"], logo.Headers["Content-Security-Policy"]).ShouldBe(("image/png", "nosniff", "sandbox; default-src 'none'"));
        logo.Text.ShouldNotContain("Ana");
        (await visitor.Get("/logo.svg")).Status.ShouldBe(404);
        (await visitor.Get("/requests")).Dom.QuerySelector(".brand img")!.GetAttribute("src").ShouldBe("/logo.png");

        using var rep = await house.SignIn(Role.Rep);
        var (share, link) = await house.Share(rep);
        (await visitor.Get(share)).Dom.QuerySelector(".logo img")!.GetAttribute("src").ShouldBe("/logo.png");
        (await rep.Get($"/console/links/{link}/view")).Dom.QuerySelector(".logo img")!.GetAttribute("src")!.ShouldStartWith("data:image/png;base64,");

        var refused = await Upload(Png.Picture(2_001, 10));
        refused.Status.ShouldBe(422);
        refused.Dom.QuerySelector(".errors")!.TextContent.ShouldContain("2,001 by 10 pixels");
        LogoFile.IsPng((await Vendor()).Logo).ShouldBeTrue();
        (await Send("brand", ("without", "yes"))).Status.ShouldBe(303);
        (await visitor.Get("/logo.png")).Status.ShouldBe(404);
        (await visitor.Get("/")).Dom.QuerySelector(".brand")!.TextContent.ShouldBe((await Vendor()).Name);
    }

    [Fact]
    public async Task A_preview_changes_nothing()
    {
        var version = (await Vendor()).Version;
        var page = await admin.Get("/console/settings/brand");
        var (_, fields) = Browser.FormOf(page, "/settings/brand", ("tagline", "Only looked at."), ("accent", "#112233"));
        var preview = await admin.Post("/console/settings/brand/previews", [.. fields]);
        preview.Status.ShouldBe(200);
        preview.Dom.QuerySelector(".preview")!.TextContent.ShouldContain("Only looked at.");
        (await Vendor()).Version.ShouldBe(version);
    }

    [Theory]
    [InlineData("brand", "name", "")]
    [InlineData("brand", "accent", "green")]
    [InlineData("brand", "accent", "#12345g")]
    [InlineData("brand", "contact", "not an address")]
    [InlineData("brand", "website", "javascript:alert(1)")]
    [InlineData("brand", "website", "https://user@beta.example")]
    [InlineData("scope", "currency", "XYZ")]
    [InlineData("scope", "languages", "english!")]
    [InlineData("hours", "zone", "Europe/Nowhere")]
    [InlineData("hours", "zone", "../../etc/passwd")]
    [InlineData("hours", "from", "18:00", "to")]
    [InlineData("hours", "to", "25:00")]
    [InlineData("hours", "fiscal", "13", null)]
    [InlineData("defaults", "mostDays", "0")]
    [InlineData("defaults", "defaultDays", "200")]
    [InlineData("defaults", "answerHours", "many")]
    [InlineData("defaults", "noticeDays", "-1")]
    [InlineData("retention", "people", "6")]
    [InlineData("retention", "deals", "241")]
    public async Task What_cannot_be_is_refused_beside_its_field_and_kept_as_typed(string page, string field, string typed, string? blamed = "")
    {
        var answer = await Send(page, (field, typed));
        answer.Status.ShouldBe(422);
        if (blamed is null) return; // a choice from a list shows its own
        answer.Dom.QuerySelectorAll(".errors a").Select(a => a.GetAttribute("href")).ShouldBe(["#f-" + (blamed.Length > 0 ? blamed : field)]);
        var control = answer.Dom.QuerySelector("#f-" + field)!;
        (control.LocalName == "textarea" ? control.TextContent.Trim() : control.GetAttribute("value")).ShouldBe(typed);
        (await admin.Get("/console/settings")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Somebody_elses_change_meanwhile_is_told_and_nothing_is_lost()
    {
        var page = await admin.Get("/console/settings/defaults");
        (await Send("defaults", ("mostDays", "90"))).Status.ShouldBe(303);
        var late = await admin.Submit(page, "/defaults", ("mostDays", "60"));
        late.Status.ShouldBe(409);
        late.Dom.QuerySelector("#f-mostDays")!.GetAttribute("value").ShouldBe("60");
        (await app.Engine.Settings(house.Scope)).Links.MostDays.ShouldBe(90);
        (await admin.Submit(late, "/defaults")).Status.ShouldBe(303);
        (await app.Engine.Settings(house.Scope)).Links.MostDays.ShouldBe(60);
    }

    [Fact]
    public async Task The_same_form_twice_is_saved_once()
    {
        var page = await admin.Get("/console/settings/defaults");
        for (var times = 0; times < 2; times++) (await admin.Submit(page, "/defaults", ("mostDays", "90"))).Status.ShouldBe(303);
        (await app.Engine.Settings(house.Scope)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Topics_are_added_renamed_put_in_order_and_removed_only_without_claims()
    {
        (await Send("topics", ("name.0", "Data, kept well"), ("place.0", "2"), ("name.1", "Access"), ("summary.1", "Who gets in."), ("place.1", "1"), ("name.2", "Größe & Änderung"))).Status.ShouldBe(303);
        var topics = (await Vendor()).Topics;
        topics.Select(t => t.Name).ShouldBe(["Access", "Data, kept well", "Größe & Änderung"]);
        topics.Select(t => t.Key).ShouldAllBe(key => VendorRules.IsKey(key));
        topics[1].Key.ShouldBe("data");

        var refused = await Send("topics", ("remove.1", "yes"));
        refused.Status.ShouldBe(422);
        refused.Dom.QuerySelector(".errors")!.TextContent.ShouldContain("2 claims belong to “data”");
        (await Send("topics", ("remove.2", "yes"))).Status.ShouldBe(303);
        (await Vendor()).Topics.Count.ShouldBe(2);
        var twice = await Send("topics", ("name.2", "More"), ("key.2", "data"));
        twice.Status.ShouldBe(422);
        twice.Dom.QuerySelector(".errors a")!.GetAttribute("href").ShouldBe("#f-key.2");
    }

    [Fact]
    public async Task Audiences_are_edited_and_stand_on_the_page_in_their_order()
    {
        (await Send("audiences", ("name.1", "Legal and privacy"), ("why.1", "All in full."), ("topics.1", "data"), ("more.1", "Read on"), ("address.1", "/documents"), ("place.1", "0"))).Status.ShouldBe(303);
        using var visitor = house.Visitor();
        var home = await visitor.Get("/");
        home.Text.ShouldContain("All in full.");
        home.Dom.QuerySelectorAll(".for a").Select(a => a.TextContent).ShouldBe(["Legal and privacy", "Security reviewer"]);
        (await visitor.Get("/for/legal-and-privacy")).Status.ShouldBe(200);

        var refused = await Send("audiences", ("topics.0", "nothing"), ("address.1", "javascript:alert(1)"));
        refused.Status.ShouldBe(422);
        refused.Dom.QuerySelectorAll(".errors a").Select(a => a.GetAttribute("href")).ShouldBe(["#f-topics.0", "#f-address.1"]);
    }

    [Fact]
    public async Task A_rule_about_an_entry_stands_beside_it_however_the_entries_are_ordered()
    {
        var refused = await Send("audiences", ("place.0", "2"), ("name.1", "Board"), ("why.1", new string('x', 501)), ("place.1", "1"));
        refused.Dom.QuerySelectorAll(".errors a").Select(a => a.GetAttribute("href")).ShouldBe(["#f-why.1"]);
    }

    [Fact]
    public async Task Scope_languages_and_hours_are_kept()
    {
        (await Send("scope", ("products", "Ledger, the big one\nPayroll"), ("regions", "EU"), ("languages", "en\nde\npt-BR"), ("currency", "chf"))).Status.ShouldBe(303);
        var vendor = await Vendor();
        vendor.Products.ShouldBe(["Ledger, the big one", "Payroll"]);
        vendor.Languages.ShouldBe(["en", "de", "pt-BR"]);
        vendor.Currency.ShouldBe("CHF");
        (await Send("hours", ("zone", "Europe/Berlin"), ("from", "08:30"), ("to", "16:00"), ("fiscal", "4"))).Status.ShouldBe(303);
        var settings = await app.Engine.Settings(house.Scope);
        (settings.Hours.Zone, settings.Hours.From, settings.FiscalYearStart).ShouldBe(("Europe/Berlin", new TimeOnly(8, 30), 4));
    }

    [Fact]
    public async Task The_figures_of_deals_are_added_by_the_fiscal_year()
    {
        await Send("hours", ("fiscal", "4"));
        app.Clock.Set(new DateTimeOffset(2027, 5, 3, 9, 0, 0, TimeSpan.Zero));
        await house.Decide(Guid.CreateVersion7(), new SetDeal { Id = Guid.NewGuid(), BasedOn = 0, Words = new DealWords { Account = "Acme", Outcome = DealOutcome.Lost, Closed = new DateOnly(2027, 3, 31) } });
        await house.Decide(Guid.CreateVersion7(), new SetDeal { Id = Guid.NewGuid(), BasedOn = 0, Words = new DealWords { Account = "Birch", Outcome = DealOutcome.Lost, Closed = new DateOnly(2027, 4, 1) } });
        var rep = await house.SignIn(Role.Rep);
        var page = await rep.Get("/console/deals");
        page.Dom.QuerySelectorAll(".numbers th[scope=row]").Select(h => h.TextContent.Trim()).ShouldBe(["Q4 2026/27", "Q1 2027/28"]);
        page.Text.ShouldContain("Q1 is April to June");
        var counted = await rep.Get(page.Dom.QuerySelector(".numbers th[scope=row] a")!.GetAttribute("href")!);
        counted.Dom.QuerySelectorAll(".deals tbody tr").Length.ShouldBe(1);
        counted.Dom.QuerySelector(".deals tbody td")!.TextContent.ShouldBe("Acme");
    }

    [Fact]
    public async Task The_notice_is_kept_in_versions_and_goes_back_to_the_words_of_the_house()
    {
        (await Send("notice", ("body", "Our own words."))).Status.ShouldBe(303);
        (await Send("retention", ("people", "12"))).Status.ShouldBe(303);
        var own = (await app.Engine.Settings(house.Scope)).Notice;
        (own.Number, own.Body).ShouldBe((1, "Our own words.")); // one's own words follow no period by themselves
        (await admin.Get("/console/settings/retention")).Text.ShouldContain("Check that it says these periods.");
        (await Send("notice", ("body", ""))).Status.ShouldBe(303);
        var house2 = (await app.Engine.Settings(house.Scope)).Notice;
        (house2.Number, house2.IsOwn).ShouldBe((2, false));
        house2.Body.ShouldContain("destroyed 1 year after");
        (await Send("retention", ("people", "36"))).Status.ShouldBe(303);
        (await app.Engine.Settings(house.Scope)).Notices.Count.ShouldBe(3);
        (await Send("notice", ("body", new string('x', 4_001)))).Status.ShouldBe(422);
    }

    

    [Fact]
    public async Task A_stranger_comes_from_a_bare_name_to_a_branded_page_with_ten_claims_without_an_import()
    {
        var bare = new Scope(Guid.CreateVersion7());
        await app.Engine.Decide(bare.Id<Vendor>(TrustCenter.Tenants.Vendor.Only), new DefineVendor { Id = Guid.NewGuid(), Words = new Vendor { Name = "New House", Host = "newhouse" } }, Actor.System);
        await app.Services.GetRequiredService<DemoStaff>().Seed(bare);
        var (owner, editor, approver) = (await SignIn(bare, Role.Admin), await SignIn(bare, Role.Editor), await SignIn(bare, Role.Approver));
        async Task Set(string page, params (string, string)[] typed) => (await owner.Submit(await owner.Get("/console/settings/" + page), "/settings/" + page, typed)).Status.ShouldBe(303);
        await Set("brand", ("tagline", "Built to last."), ("accent", "#7a1fa2"), ("logo", Logo));
        await Set("scope", ("products", "Roof"));
        await Set("topics", ("name.0", "Data"), ("name.1", "Access"));
        await Set("audiences", ("name.0", "Reviewer"), ("why.0", "An hour is enough."), ("topics.0", "access, data"));
        for (var n = 1; n <= 10; n++)
        {
            var made = await editor.Submit(await editor.Get("/console/claims/new"), "/console/claims", ("statement", $"Claim number {n} holds."), ("topic", n % 2 == 0 ? "data" : "access"), ("status", "InPlace"), ("owner", "Head of Security"));
            made.Status.ShouldBe(303, made.Text);
            var (_, fields) = Browser.FormOf(await editor.Get(made.Location!), made.Location!);
            (await editor.Post(made.Location! + "/approval-requests", [.. fields])).Status.ShouldBe(303);
            (await approver.Submit(await approver.Get(made.Location! + "/review"), "/publications")).Status.ShouldBe(303);
        }
        using var reader = new Browser(app, "newhouse.localhost");
        var page = await reader.Get("/");
        page.Text.ShouldContain("Built to last.");
        page.Text.ShouldContain("An hour is enough.");
        page.Dom.QuerySelectorAll(".topics details.claim").Length.ShouldBe(10);
        page.Dom.QuerySelectorAll(".topics h2").Select(h => h.TextContent).ShouldBe(["Access", "Data"]);
    }

    private async Task<Browser> SignIn(Scope scope, Role role)
    {
        var browser = new Browser(app, "console.localhost");
        var (action, fields) = Browser.FormOf(await browser.Get("/console/sign-in"), "/console/sessions", ("vendor", scope.Tenant.ToString()), ("role", role.ToString()));
        (await browser.Post(action, [.. fields])).Status.ShouldBe(303);
        return browser;
    }

    private async Task<Vendor> Vendor() => (await app.Engine.Read<Vendor>(house.Scope.Id<Vendor>(TrustCenter.Tenants.Vendor.Only)))!;

    private async Task<Answer> Send(string page, params (string, string)[] typed) => await admin.Submit(await admin.Get("/console/settings/" + page), "/settings/" + page, typed);

    private Task<Answer> Upload(string svg) => Upload(Encoding.UTF8.GetBytes(svg));

    private async Task<Answer> Upload(byte[] logo)
    {
        var (action, fields) = Browser.FormOf(await admin.Get("/console/settings/brand"), "/settings/brand");
        var body = new MultipartFormDataContent();
        foreach (var (name, value) in fields) body.Add(new StringContent(value), name);
        body.Add(new ByteArrayContent(logo), "file", "logo");
        return await admin.Send(HttpMethod.Post, action, body);
    }
}
