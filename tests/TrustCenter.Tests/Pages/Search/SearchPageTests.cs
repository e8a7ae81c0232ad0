using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Claims;
using TrustCenter.Evidence;
using TrustCenter.Pages;
using TrustCenter.Store;
using TrustCenter.Subprocessors;

namespace TrustCenter.Tests.Pages;

/// <summary>The search page of a running vendor: what it shows, what it must not, and how it answers.</summary>
public sealed class SearchPageTests : IAsyncLifetime
{
    private RealApp app = null!;
    private TestVendor vendor = null!;
    private Browser visitor = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start();
        vendor = await app.Vendor(PageTests.Words());
        visitor = new Browser(app, "northwind.localhost");
    }

    public async Task DisposeAsync()
    {
        visitor.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Claims_documents_and_subprocessors_are_found_with_their_words_marked()
    {
        var claim = await vendor.Publish(TestVendor.Wording("All staff use a hardware key. It cannot be phished.") with { Why = new Dictionary<string, string> { ["legal"] = "Wolfram asked for it." } });
        var document = await vendor.Document("Insurance certificate", EvidenceClass.OnRequest);
        var helper = Guid.CreateVersion7();
        await vendor.Subprocessors(new Subprocessor(helper, "Brightwater", "Hosting", "Frankfurt", "", [], null));
        await app.Compiled(vendor.Scope);
        var page = await visitor.Get("/search?q=2fa");
        page.Dom.QuerySelector(".found a")!.GetAttribute("href").ShouldBe($"/claims/{claim}");
        page.Dom.QuerySelectorAll("mark").Select(m => m.TextContent).ShouldBe(["hardware key"]);
        (await visitor.Get("/search?q=wolfram")).Dom.QuerySelector("mark")!.TextContent.ShouldBe("Wolfram");
        (await visitor.Get("/search?q=insurance")).Dom.QuerySelector(".found a")!.GetAttribute("href").ShouldBe($"/documents#d-{document:N}");
        var company = (await visitor.Get("/search?q=frankfurt")).Dom.QuerySelector(".found a")!.GetAttribute("href")!;
        company.ShouldBe($"/subprocessors#s-{helper:N}");
        (await visitor.Get("/subprocessors")).Dom.GetElementById(company.Split('#')[1]).ShouldNotBeNull();
    }

    [Fact]
    [Trait("Case", "T-066")]
    public async Task What_is_not_public_is_not_found_and_not_in_the_index()
    {
        var claim = await vendor.Publish(TestVendor.Wording("Backups are kept for 30 days."));
        await vendor.Draft(TestVendor.Wording("Backups are kept in Utrecht."), claim);
        await vendor.Draft(TestVendor.Wording("We plan a site in Utrecht."));
        await vendor.Publish(TestVendor.Wording("The second vault is in Utrecht.") with { Visibility = Visibility.Room });
        await vendor.Withdraw(await vendor.Publish(TestVendor.Wording("Phones ring in Utrecht.")), "Nobody called.");
        await vendor.Upload(Guid.CreateVersion7(), "Utrecht lease", EvidenceClass.Public, null, "x"u8.ToArray(), "utrecht.pdf", EvidenceKind.Other);
        await app.Compiled(vendor.Scope);
        (await visitor.Get("/search?q=backups")).Dom.QuerySelectorAll(".found li").Length.ShouldBe(1);
        var page = await visitor.Get("/search?q=utrecht");
        page.Dom.QuerySelectorAll(".found li").ShouldBeEmpty();
        page.Dom.QuerySelector("[role=status]")!.TextContent.ShouldContain("Nothing here says");
        var index = await app.Services.GetRequiredService<IStore>().Query(sql => SnapshotCache.Read(sql, vendor.Scope.Tenant, PageNames.Search));
        System.Text.Encoding.UTF8.GetString(index!.Body).ShouldNotContain("trecht", Case.Insensitive);
    }

    [Fact]
    public async Task What_was_published_is_found_as_soon_as_it_is_on_the_page()
    {
        var claim = await vendor.Publish(TestVendor.Wording("Backups are kept for 30 days."));
        await app.Compiled(vendor.Scope);
        (await visitor.Get("/search?q=thirty+weeks")).Dom.QuerySelectorAll(".found li").ShouldBeEmpty();
        await vendor.Publish(TestVendor.Wording("Backups are kept for thirty weeks."), claim);
        await app.Compiled(vendor.Scope);
        (await visitor.Get("/search?q=thirty+weeks")).Dom.QuerySelectorAll(".found li").Length.ShouldBe(1);
        await vendor.Withdraw(claim, "No longer true.");
        await app.Compiled(vendor.Scope);
        (await visitor.Get("/search?q=thirty+weeks")).Dom.QuerySelectorAll(".found li").ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_keeps_the_answer_and_the_index_is_no_address()
    {
        await vendor.Publish(TestVendor.Wording("Backups are kept for 30 days."));
        await app.Compiled(vendor.Scope);
        var answer = await visitor.Get("/search?q=backups");
        answer.Status.ShouldBe(200);
        answer.Headers["Cache-Control"].ShouldBe("no-store");
        answer.Headers["X-Robots-Tag"].ShouldBe("noindex");
        answer.Headers.ContainsKey("Set-Cookie").ShouldBeFalse();
        (await visitor.Get("/manifest.txt")).Text.ShouldNotContain("#");
        foreach (var path in new[] { "/%23search", "/for/%23search", "/search/", "//search" }) (await visitor.Get(path)).Text.ShouldNotContain("\"Postings\"", Case.Insensitive, path);
    }

    [Theory]
    [InlineData("/search")]
    [InlineData("/search?q=")]
    [InlineData("/search?q=%00%0a")]
    public async Task Without_a_question_it_says_how_to_ask(string path)
    {
        var page = await visitor.Get(path);
        page.Status.ShouldBe(200);
        page.Dom.QuerySelectorAll("main p a[href*='?q=']").Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_vendor_finds_its_own_words_only()
    {
        var other = await app.Vendor(PageTests.Words("alder") with { Name = "Alder" });
        await other.Publish(TestVendor.Wording("Records of patients are kept in Leuven."));
        await vendor.Publish(TestVendor.Wording("Records are kept."));
        await app.Compiled(other.Scope);
        await app.Compiled(vendor.Scope);
        (await visitor.Get("/search?q=leuven")).Dom.QuerySelectorAll(".found li").ShouldBeEmpty();
        (await visitor.Get("/search?q=records")).Dom.QuerySelectorAll(".found li").Length.ShouldBe(1);
    }
}
