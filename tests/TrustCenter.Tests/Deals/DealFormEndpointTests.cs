using System.Net;
using TrustCenter.Deals;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Deals;

public sealed class DealFormEndpointTests(DealsApp app) : IClassFixture<DealsApp>
{
    private const string Deals = "/console/deals", New = "/console/deals/new";

    [Fact]
    public async Task An_amount_with_a_comma_for_cents_is_refused_and_kept()
    {
        var rep = await app.As(Role.Rep);
        var answer = await rep.Post(Deals, StaffBrowser.Fill(await rep.Page(New), Deals, ("account", "Acme"), ("amount", "1.234,56"), ("reason", "typed so far")));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await StaffBrowser.Read(answer);
        page.QuerySelector("#f-amount")!.GetAttribute("value").ShouldBe("1.234,56");
        page.QuerySelector("#f-amount")!.GetAttribute("aria-invalid").ShouldBe("true");
        page.QuerySelector("#e-amount")!.TextContent.ShouldContain("1234.56");
        page.QuerySelector(".errors a[href='#f-amount']").ShouldNotBeNull();
        StaffBrowser.Standing(page.QuerySelector("#f-reason")!).ShouldBe("typed so far");
    }

    [Fact]
    public async Task Every_broken_rule_stands_beside_its_field()
    {
        var rep = await app.As(Role.Rep);
        var answer = await rep.Post(Deals, StaffBrowser.Fill(await rep.Page(New), Deals, ("factor", "Blocked"), ("outcome", "Lost"), ("currency", "EURO"), ("opened", "tomorrow")));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await StaffBrowser.Read(answer)).QuerySelectorAll(".errors a").Select(a => a.GetAttribute("href")).Order(StringComparer.Ordinal)
            .ShouldBe(["#f-account", "#f-closed", "#f-currency", "#f-opened", "#f-reason", "#f-saidBy"]);
    }

    [Fact]
    public async Task A_recorded_deal_says_its_sentence()
    {
        var rep = await app.As(Role.Rep);
        var claim = await app.Claim(app.Northwind, "Data stays in the EU");
        var answer = await rep.Post(Deals, StaffBrowser.Fill(await rep.Page(New), Deals, ("account", "<b>Acme</b>"), ("amount", "1,234.50"), ("outcome", "Lost"), ("closed", "2026-10-02"),
            ("factor", "Blocked"), ("reason", "data location"), ("saidBy", "BuyersWords"), ("claim", claim.ToString()), ("requirement", "EU-only storage")));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var page = await rep.Page(answer.Headers.Location!.OriginalString);
        page.QuerySelector("h1")!.TextContent.ShouldBe("<b>Acme</b>");
        page.QuerySelector(".headline")!.TextContent.ShouldBe("Security blocked this deal because “data location”, said by the buyer, about “Data stays in the EU”, missing: “EU-only storage”.");
        page.QuerySelector(".facts")!.TextContent.ShouldContain("EUR 1,234.50");
        page.QuerySelector("main a.button")!.GetAttribute("href").ShouldBe("/console/links/new?deal=" + answer.Headers.Location.OriginalString.Split('/')[^1]);
    }

    [Fact]
    public async Task A_claim_of_another_vendor_is_refused()
    {
        var rep = await app.As(Role.Rep);
        var foreign = await app.Claim(app.Contoso, "A claim of Contoso");
        foreach (var claim in new[] { foreign.ToString(), Guid.NewGuid().ToString(), "sso" })
        {
            var answer = await rep.Post(Deals, StaffBrowser.Fill(await rep.Page(New), Deals, ("account", "Acme"), ("claim", claim)));
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            var page = await StaffBrowser.Read(answer);
            page.QuerySelector("#e-claim")!.TextContent.ShouldContain("not on your list");
            page.DocumentElement.TextContent.ShouldNotContain("A claim of Contoso");
        }
    }

    [Fact]
    public async Task A_deal_posted_twice_is_one()
    {
        var rep = await app.As(Role.Rep);
        var form = StaffBrowser.Fill(await rep.Page(New), Deals, ("account", "Twice Ltd"));
        var answers = await Task.WhenAll(rep.Post(Deals, form), rep.Post(Deals, form));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.SeeOther);
        answers[0].Headers.Location.ShouldBe(answers[1].Headers.Location);
        (await rep.Page(Deals + "?text=twice+ltd")).QuerySelectorAll(".deals tbody tr").Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_form_with_other_words_loses_none_of_them()
    {
        var rep = await app.As(Role.Rep);
        var form = StaffBrowser.Fill(await rep.Page(New), Deals, ("account", "Back Ltd"));
        await rep.Post(Deals, form);
        form["reason"] = "typed after going back";
        var answer = await rep.Post(Deals, form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        StaffBrowser.Standing((await StaffBrowser.Read(answer)).QuerySelector("#f-reason")!).ShouldBe("typed after going back");
    }

    [Fact]
    public async Task A_stale_form_shows_both_and_loses_nothing()
    {
        var rep = await app.As(Role.Rep);
        var path = $"{Deals}/{await app.Deal(app.Northwind, new DealWords { Account = "Stale Ltd", Stage = "Discovery", Owner = "Ada" }):D}";
        var mine = StaffBrowser.Fill(await rep.Page(path), path, ("stage", "Contract"));
        (await rep.Post(path, StaffBrowser.Fill(await rep.Page(path), path, ("stage", "Evaluation")))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var answer = await rep.Post(path, mine);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = await StaffBrowser.Read(answer);
        page.QuerySelectorAll(".errors tbody td").Select(c => c.TextContent).ShouldBe(["Evaluation", "Contract"]);
        page.QuerySelector("#f-stage")!.GetAttribute("value").ShouldBe("Contract");
        (await rep.Post(path, StaffBrowser.Fill(page, path))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await rep.Page(path)).QuerySelector(".facts")!.TextContent.ShouldContain("Contract");
    }

    [Fact]
    public async Task What_has_no_field_stays_whatever_is_sent()
    {
        var rep = await app.As(Role.Rep);
        var deal = await app.Deal(app.Northwind, new DealWords { Account = "Mass Ltd", Manager = "Sanne de Wit", ExternalKey = "nw-1", Region = "EU" });
        var path = $"{Deals}/{deal:D}";
        var answer = await rep.Post(path, StaffBrowser.Fill(await rep.Page(path), path, ("manager", "Mallory"), ("externalKey", "x"), ("tenant", app.Contoso.Tenant.ToString()), ("region", "US"), ("stage", "Contract")));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var words = (await app.Engine.Read<Deal>(app.Northwind.Id<Deal>(deal)))!.Words;
        (words.Manager, words.ExternalKey, words.Region, words.Stage).ShouldBe(("Sanne de Wit", "nw-1", "EU", "Contract"));
    }

    [Fact]
    public async Task A_form_without_its_stamp_changes_nothing()
    {
        var rep = await app.As(Role.Rep);
        var form = StaffBrowser.Fill(await rep.Page(New), Deals, ("account", "Forged Ltd"), ("stamp", "0"));
        (await rep.Post(Deals, form)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await rep.Page(Deals + "?text=Forged")).QuerySelectorAll(".deals tbody tr").Length.ShouldBe(0);
    }
}
