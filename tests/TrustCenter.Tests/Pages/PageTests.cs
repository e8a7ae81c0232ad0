using System.Diagnostics;
using System.Net;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Claims;
using TrustCenter.Evidence;
using TrustCenter.Pages;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Pages;

public sealed class PageTests : IAsyncLifetime
{
    private RealApp app = null!;
    private TestVendor vendor = null!;

    public static Vendor Words(string host = "northwind") => new()
    {
        Name = "Northwind Ledger", Host = host, Tagline = "Your ledger stays yours.", Contact = "security@northwind.example", Website = "https://northwind.example",
        Topics = [new("data", "Data protection", "How records are kept."), new("access", "Access", "")],
        Audiences = [new("reviewer", "Security reviewer", "An audit should take an hour.", ["access", "data"], "Ask", "mailto:security@northwind.example"), new("legal", "Legal", "Everything in full.", ["data"], "", "")],
    };

    public async Task InitializeAsync()
    {
        app = await RealApp.Start();
        vendor = await app.Vendor(Words());
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_published_change_is_on_the_page_within_a_second()
    {
        await vendor.Page("/");
        var claim = await vendor.Publish(TestVendor.Wording("Backups are kept for 30 days."));
        await vendor.Page("/");
        var (before, published) = (app.Services.GetRequiredService<PageMaker>().Renders, Stopwatch.StartNew());
        await vendor.Publish(TestVendor.Wording("Backups are kept for 35 days."), claim);
        string page;
        do page = await vendor.Visitor.GetStringAsync("/"); // nobody helps: the worker alone brings it
        while (!page.Contains("35 days") && published.Elapsed < TimeSpan.FromSeconds(20));
        page.ShouldContain("35 days");
        published.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        // The claim's page, two audiences and the updates; documents and subprocessors stay as they were.
        (app.Services.GetRequiredService<PageMaker>().Renders - before).ShouldBe(4);
    }

    [Fact]
    public async Task The_same_page_is_rendered_once()
    {
        await vendor.Publish(TestVendor.Wording("Backups are kept for 30 days."));
        await vendor.Page("/");
        var (maker, cache) = (app.Services.GetRequiredService<PageMaker>(), app.Services.GetRequiredService<SnapshotCache>());
        var (renders, misses) = (maker.Renders, cache.Misses);
        for (var i = 0; i < 20; i++) await vendor.Visitor.GetStringAsync("/");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Compiled(vendor.Scope)));
        maker.Renders.ShouldBe(renders);
        cache.Misses.ShouldBe(misses);
    }

    [Fact]
    public async Task A_page_that_left_memory_is_read_and_not_rendered()
    {
        await vendor.Publish(TestVendor.Wording("Backups are kept for 30 days."));
        var page = await vendor.Page("/");
        var cold = new SnapshotCache(app.Services.GetRequiredService<TrustCenter.Store.IStore>());
        (await cold.Find(vendor.Scope.Tenant, "/", CancellationToken.None)).ShouldNotBeNull();
        (await cold.Find(vendor.Scope.Tenant, PageNames.Made, CancellationToken.None)).ShouldBeNull();
        cold.Size.ShouldBeGreaterThan(page.Length);
    }

    [Fact]
    public async Task A_room_claim_appears_on_no_public_page()
    {
        var secret = await vendor.Publish(TestVendor.Wording("The vault is in Zurich.") with { Visibility = Visibility.Room });
        var moved = await vendor.Publish(TestVendor.Wording("We watch it with a camera."));
        await vendor.Publish(TestVendor.Wording("We watch it with a Kestrelcam.") with { Visibility = Visibility.Room }, moved);
        await vendor.Page("/");
        await NoSink("Zurich", moved);
        await NoSink("Kestrelcam", moved);
        (await Status($"/claims/{secret}")).ShouldBe(HttpStatusCode.NotFound);
        (await Status($"/claims/{moved}/differences/1/2")).ShouldBe(HttpStatusCode.NotFound);
        (await vendor.Page("/")).ShouldNotContain("camera");
        var page = await vendor.Page($"/claims/{moved}");
        page.ShouldContain("no longer shown in public");
        page.ShouldContain("camera");
    }

    [Fact]
    public async Task Drafts_are_on_no_sink()
    {
        var claim = await vendor.Publish(TestVendor.Wording("Backups are kept for 30 days."));
        await vendor.Draft(TestVendor.Wording("Backups are kept in Utrecht."), claim);
        var draft = await vendor.Draft(TestVendor.Wording("We plan a site in Utrecht."));
        await vendor.Upload(Guid.CreateVersion7(), "Utrecht lease", EvidenceClass.Public, null, "x"u8.ToArray(), "utrecht.pdf", EvidenceKind.Other);
        await vendor.Page("/");
        await NoSink("Utrecht", claim);
        (await Status($"/claims/{draft}")).ShouldBe(HttpStatusCode.NotFound);
        (await vendor.Page("/")).ShouldContain("of 0 claims"); // nor are they counted
    }

    [Fact]
    public async Task A_withdrawn_claim_says_so()
    {
        var claim = await vendor.Publish(TestVendor.Wording("Phone support answers within a minute."));
        await vendor.Withdraw(claim, "The line was closed.");
        (await vendor.Page("/")).ShouldNotContain("Phone support");
        var page = await vendor.Page($"/claims/{claim}");
        page.ShouldContain("withdrawn on <time");
        page.ShouldContain("The line was closed.");
        (await vendor.Page("/updates")).ShouldContain("Claim withdrawn:");
        var entry = XDocument.Parse(await vendor.Page("/updates.atom")).Root!.Elements().First(e => e.Name.LocalName == "entry" && e.Value.Contains("Claim withdrawn: Phone support", StringComparison.Ordinal));
        entry.Value.ShouldContain("The line was closed.");
        (await vendor.Page("/trust.json")).ShouldContain("\"state\": \"withdrawn\"");
    }

    [Fact]
    public async Task A_claim_with_expired_evidence_says_so()
    {
        var document = await vendor.Document("Insurance certificate", EvidenceClass.OnRequest, app.Clock.Today);
        var claim = await vendor.Publish(TestVendor.Wording("We are insured.") with { Evidence = [document] });
        (await vendor.Page($"/claims/{claim}")).ShouldContain("in place");
        app.Clock.Advance(TimeSpan.FromDays(1));
        var page = await Until("/", p => p.Contains("evidence expired")); // the worker sees the new day
        page.ShouldContain("▲");
        (await vendor.Page($"/claims/{claim}")).ShouldContain("do not count this claim as proven");
        (await vendor.Page("/documents")).ShouldContain("expired on");
    }

    [Fact]
    public async Task A_claim_past_its_date_is_under_review()
    {
        await vendor.Publish(TestVendor.Wording("We test restores.") with { ReviewBy = app.Clock.Today });
        (await vendor.Page("/")).ShouldContain("100 %");
        app.Clock.Advance(TimeSpan.FromDays(1));
        var page = await Until("/", p => p.Contains("under review"));
        page.ShouldContain("0 %");
    }

    [Fact]
    public async Task Each_audience_has_its_order_and_its_reason()
    {
        await vendor.Publish(TestVendor.Wording("We log who entered.", "access") with { Why = new Dictionary<string, string> { ["legal"] = "You can prove it." } });
        await vendor.Publish(TestVendor.Wording("Data is encrypted."));
        var (first, legal) = (await vendor.Page("/"), await vendor.Page("/for/legal"));
        first.ShouldBe(await vendor.Page("/for/reviewer"));
        first.IndexOf("We log who", StringComparison.Ordinal).ShouldBeLessThan(first.IndexOf("Data is", StringComparison.Ordinal));
        legal.IndexOf("Data is", StringComparison.Ordinal).ShouldBeLessThan(legal.IndexOf("We log who", StringComparison.Ordinal));
        legal.ShouldContain("You can prove it.");
        first.ShouldNotContain("You can prove it.");
        (await Status("/for/nobody")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_page_that_is_gone_is_nothing()
    {
        (await vendor.Page("/for/legal")).ShouldNotBeEmpty();
        await vendor.Define(Words() with { Audiences = [Words().Audiences[0]] });
        await app.Compiled(vendor.Scope);
        (await Status("/for/legal")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Any_two_public_versions_can_be_compared()
    {
        var claim = await vendor.Publish(TestVendor.Wording("Backups are kept for 30 days."));
        await vendor.Publish(TestVendor.Wording("Backups are kept for 35 days.") with { Owner = "Head of Security" }, claim);
        await vendor.Publish(TestVendor.Wording("Backups are kept for 40 days."), claim);
        await vendor.Page("/");
        foreach (var (from, to) in from a in Enumerable.Range(1, 3) from b in Enumerable.Range(1, 3) select (a, b)) (await Status($"/claims/{claim}/differences/{from}/{to}")).ShouldBe(HttpStatusCode.OK);
        var page = await vendor.Page($"/claims/{claim}/differences/1/2");
        page.ShouldContain("<del>");
        page.ShouldContain("Security");
        (await Status($"/claims/{claim}/differences/1/4")).ShouldBe(HttpStatusCode.NotFound);
        using var chosen = await vendor.Visitor.GetAsync($"/claims/{claim}/differences?from=1&to=3");
        chosen.Headers.Location!.ToString().ShouldBe($"/claims/{claim}/differences/1/3");
        (await Status($"/claims/{claim}/differences?from=1&to=-3")).ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task NoSink(string word, Guid claim)
    {
        foreach (var path in new[] { "/", "/for/legal", $"/claims/{claim}", "/documents", "/subprocessors", "/updates", "/updates.atom", "/check", "/trust.json", "/manifest.txt", "/publications.jsonl" })
        {
            var text = await vendor.Visitor.GetStringAsync(path);
            var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            (at < 0 ? "" : text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)]).ShouldBe("", path); // where it stands
        }
    }

    private async Task<HttpStatusCode> Status(string path)
    {
        using var response = await vendor.Visitor.GetAsync(path);
        return response.StatusCode;
    }

    private async Task<string> Until(string path, Func<string, bool> shown)
    {
        var page = "";
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(50))
            if (shown(page = await vendor.Visitor.GetStringAsync(path))) break;
        shown(page).ShouldBeTrue();
        return page;
    }
}
