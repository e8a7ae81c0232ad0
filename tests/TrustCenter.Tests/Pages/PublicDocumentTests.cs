using System.Net;
using System.Net.Http.Headers;
using System.Text;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Store;

namespace TrustCenter.Tests.Pages;

public sealed class PublicDocumentTests : IAsyncLifetime
{
    private RealApp app = null!;
    private TestVendor vendor = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start();
        vendor = await app.Vendor(PageTests.Words());
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_public_document_is_downloaded_unmarked_whole_or_in_ranges()
    {
        var content = string.Concat(Enumerable.Range(0, 300_000).Select(n => n.ToString("x8"))); // three chunks
        var document = await vendor.Document("Policy", EvidenceClass.Public, content: content, name: "Grüße \"v1\".pdf");
        (await vendor.Page("/documents")).ShouldContain($"/documents/{document}/versions/1");
        using var whole = await vendor.Visitor.GetAsync($"/documents/{document}/versions/1");
        (await whole.Content.ReadAsStringAsync()).ShouldBe(content);
        whole.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        whole.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("Grüße \"v1\".pdf");
        whole.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox");
        foreach (var (from, to) in new (long, long)[] { (0, 0), (1_048_570, 1_048_590), (2_399_990, 2_399_999) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/documents/{document}/versions/1") { Headers = { Range = new RangeHeaderValue(from, to) } };
            using var part = await vendor.Visitor.SendAsync(request);
            part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
            (await part.Content.ReadAsStringAsync()).ShouldBe(content[(int)from..(int)(to + 1)]);
        }
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/documents/{document}/versions/1") { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
        (await vendor.Visitor.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    [Trait("Case", "T-002")]
    public async Task A_public_download_that_runs_ends_broken_when_the_document_is_withdrawn()
    {
        var document = await vendor.Document("Policy", EvidenceClass.Public, content: new string('p', 24 * 1024 * 1024), name: "policy.pdf");
        using var answer = await vendor.Visitor.GetAsync($"/documents/{document}/versions/1", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1000]);

        var id = vendor.Scope.Id<EvidenceDocument>(document);
        var asked = (await app.Engine.Decide(id, new AskEvidenceWithdrawal { Id = Guid.NewGuid(), Reason = "It is over." }, Actor.Staff(Guid.NewGuid()))).ShouldBeOfType<Outcome.Done>();
        var at = Micros.From((await app.Engine.Read<EvidenceDocument>(id))!.Asked!.At);
        (await app.Engine.Decide(id, new ApproveEvidenceWithdrawal { Id = Guid.NewGuid(), AskedAt = at, Version = 1 }, Actor.Staff(Guid.NewGuid()))).ShouldBe(asked);

        (await Should.ThrowAsync<Exception>(() => body.CopyToAsync(Stream.Null))).ShouldBeAssignableTo<IOException>();
        (await vendor.Visitor.GetAsync($"/documents/{document}/versions/1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_not_public_is_not_there()
    {
        var gated = await vendor.Document("Report", EvidenceClass.UnderAgreement);
        var asked = await vendor.Document("Certificate", EvidenceClass.OnRequest);
        var closed = await vendor.Document("Plan", EvidenceClass.Public);
        await vendor.Document("Plan", EvidenceClass.OnRequest, document: closed);
        var waiting = await vendor.Document("Policy", EvidenceClass.Public);
        await vendor.Upload(waiting, "Policy", EvidenceClass.Public, null, Encoding.UTF8.GetBytes("next"), "next.pdf", EvidenceKind.Policy);
        await vendor.Page("/");
        foreach (var (document, version) in new[] { (gated, 1), (asked, 1), (closed, 1), (closed, 2), (waiting, 2), (waiting, 0), (waiting, -1) })
            (await vendor.Visitor.GetAsync($"/documents/{document}/versions/{version}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{document} {version}");
        (await vendor.Visitor.GetAsync($"/documents/{waiting}/versions/1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await vendor.Page("/documents")).ShouldNotContain($"/documents/{gated}/");
    }

    [Fact]
    public async Task A_public_version_that_follows_another_leaves_both_readable()
    {
        var document = await vendor.Document("Agreement 2025", EvidenceClass.Public, content: "first");
        await vendor.Document("Agreement 2026", EvidenceClass.Public, content: "second", document: document);
        (await vendor.Page($"/documents/{document}/versions/1")).ShouldBe("first");
        (await vendor.Page($"/documents/{document}/versions/2")).ShouldBe("second");
    }
}
