using System.Net;
using System.Security.Cryptography;
using System.Text;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Tests.Documents;

namespace TrustCenter.Tests.Evidence;

public sealed class EvidenceEndpointTests(ConsoleApp app) : IClassFixture<ConsoleApp>
{
    [Fact]
    public async Task A_document_is_brought_marked_approved_and_published()
    {
        var (editor, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        var id = await editor.BringWell(Samples.OnePage(), "soc2.pdf", ("from", "2025-01-01"), ("to", "2025-12-31"));
        var waiting = (await app.Document(id)).Waiting!;
        waiting.Template.ShouldNotBeNull();
        waiting.Pages.ShouldBe(1);
        var page = Page.Words(await approver.Read($"/console/evidence/{id}"));
        page.ShouldContain("Version 1 waits for approval");
        page.ShouldContain("1 January 2025 to 31 December 2025");
        page.ShouldContain(waiting.File.Sha);
        (await approver.ApproveFile(id)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await app.Document(id)).Current!.Approver.ShouldBe(DemoStaff.IdOf(app.Vendor.Tenant, Role.Approver));
        Page.Words(await editor.Read("/console/evidence")).ShouldContain("SOC 2 Type II");
    }

    [Fact, Trait("Case", "T-045")]
    public async Task A_colleague_takes_a_file_as_an_attachment_that_cannot_act()
    {
        var (editor, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        var html = Encoding.UTF8.GetBytes("<script>alert(1)</script>");
        var id = await editor.BringWell(html, "../../evil\u202Elmth.html", ("class", "Public"));
        var file = (await app.Document(id)).Waiting!.File;
        file.Name.ShouldBe("evillmth.html");
        var answer = await approver.Get($"/console/evidence/{id}/files/{file.Sha}");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(html);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/octet-stream");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("sandbox; default-src 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var entries = await app.Store.Query(sql => sql.Number("select count(*) from entries where tenant = @tenant and subject = @subject and what = 'evidence.read_by_staff'", ("@tenant", app.Vendor.Tenant), ("@subject", $"evidence:{id:D}")));
        entries.ShouldBe(1);
    }

    [Fact]
    public async Task A_large_file_comes_back_byte_for_byte()
    {
        var editor = await app.As(Role.Editor);
        var bytes = RandomNumberGenerator.GetBytes(3 * 1024 * 1024 + 17);
        var id = await editor.BringWell(bytes, "figures.bin", ("class", "Public"));
        var answer = await editor.Get($"/console/evidence/{id}/files/{(await app.Document(id)).Waiting!.File.Sha}");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(bytes);
    }

    [Fact]
    public async Task A_new_version_leaves_the_old_one_as_it_was()
    {
        var (editor, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        var id = await editor.BringWell(Samples.OnePage(), "a.pdf");
        (await approver.ApproveFile(id)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var first = (await app.Document(id)).Current!.File.Sha;
        (await editor.Upload($"/console/evidence/{id}/versions", new ByteArrayContent(Samples.OnePage(page: "/Rotate 90")), "b.pdf", EvidenceDesk.Fields(("title", "SOC 2 Type II, 2027")))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await app.Document(id)).Current!.File.Sha.ShouldBe(first);
        (await approver.ApproveFile(id)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await app.Document(id)).Versions.Select(v => v.Number).ShouldBe([1, 2]);
        (await app.Document(id)).Versions[0].File.Sha.ShouldBe(first);
    }

    [Fact]
    public async Task The_same_upload_posted_twice_is_one_document()
    {
        var editor = await app.As(Role.Editor);
        var fields = EvidenceDesk.Fields();
        var first = await editor.Upload("/console/evidence", new ByteArrayContent(Samples.OnePage()), "a.pdf", fields);
        var second = await editor.Upload("/console/evidence", new ByteArrayContent(Samples.OnePage()), "a.pdf", fields);
        Page.Id(first).ShouldBe(Page.Id(second));
    }

    [Fact]
    public async Task An_uploader_cannot_approve_his_own_file()
    {
        var bea = await app.As(ConsoleApp.Both);
        var id = await bea.BringWell(Samples.OnePage(), "a.pdf");
        var waiting = (await app.Document(id)).Waiting!;
        var answer = await bea.Post($"/console/evidence/{id}/publications", ("sha", waiting.File.Sha), ("uploaded", TrustCenter.Store.Micros.From(waiting.At).ToString()));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Page.Words(await ConsoleVisitor.Text(answer)).ShouldContain("The approver must be someone other than the uploader");
    }

    [Fact]
    public async Task A_file_that_cannot_bear_a_mark_needs_an_approvers_word()
    {
        var (editor, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        var id = await editor.BringWell([0x50, 0x4b, 3, 4, 5, 6], "figures.xlsx");
        var refused = await approver.ApproveFile(id);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Page.Words(await ConsoleVisitor.Text(refused)).ShouldContain("Confirm that it may be handed out without one");
        (await approver.ApproveFile(id, ("unmarked", "yes"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await app.Document(id)).Current!.MayGoUnmarked.ShouldBeTrue();
    }

    [Fact]
    public async Task An_approver_does_not_publish_under_a_class_that_he_did_not_see()
    {
        var (editor, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        var id = await editor.BringWell(Samples.OnePage(), "a.pdf");
        var seen = await approver.Read($"/console/evidence/{id}");
        (await editor.Upload($"/console/evidence/{id}/versions", new ByteArrayContent(Samples.OnePage()), "a.pdf", EvidenceDesk.Fields(("class", "Public")))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var answer = await approver.Post($"/console/evidence/{id}/publications", ("sha", Page.Value(seen, "sha")), ("uploaded", Page.Value(seen, "uploaded")));
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await app.Document(id)).Current.ShouldBeNull();
    }

    [Fact]
    public async Task A_returned_upload_says_why()
    {
        var (editor, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        var id = await editor.BringWell(Samples.OnePage(), "a.pdf");
        var sha = (await app.Document(id)).Waiting!.File.Sha;
        (await approver.Post($"/console/evidence/{id}/returns", ("sha", sha), ("comment", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await approver.Post($"/console/evidence/{id}/returns", ("sha", sha), ("comment", "This is last year's."))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        Page.Words(await editor.Read($"/console/evidence/{id}")).ShouldContain("“This is last year's.”");
    }
}
