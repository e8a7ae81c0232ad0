using System.Net;
using System.Text;
using TrustCenter.Documents;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Tests.Documents;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Evidence;

/// <summary>What the intake and its routes refuse.</summary>
public sealed class EvidenceRefusalTests(ConsoleApp app, ITestOutputHelper output) : IClassFixture<ConsoleApp>
{
    [Fact]
    public async Task A_file_of_76_MiB_is_refused_clearly()
    {
        var answer = await (await app.As(Role.Editor)).Bring(new byte[76 * 1024 * 1024], "large.pdf");
        (await answer.ShouldBeRefused()).ShouldContain("larger than 75 MiB");
    }

    [Fact]
    public async Task A_zero_byte_file_is_refused()
        => (await (await (await app.As(Role.Editor)).Bring([], "empty.pdf")).ShouldBeRefused()).ShouldContain("empty");

    [Fact, Trait("Case", "T-046")]
    public async Task A_pdf_that_is_no_pdf_is_refused()
        => (await (await (await app.As(Role.Editor)).Bring(Encoding.UTF8.GetBytes("<html>not a PDF</html>"), "report.PDF")).ShouldBeRefused()).ShouldContain("This is not a PDF, whatever its name says");

    [Fact, Trait("Case", "T-046")]
    public async Task A_pdf_under_another_name_is_treated_as_a_pdf()
    {
        var id = await (await app.As(Role.Editor)).BringWell(Samples.OnePage(), "photo.png");
        var file = (await app.Document(id)).Waiting!.File;
        (file.Name, file.ContentType).ShouldBe(("photo.png.pdf", "application/pdf"));
    }

    [Fact, Trait("Case", "T-042")]
    public async Task One_that_needs_a_password_is_refused()
        => (await (await (await app.As(Role.Editor)).Bring(EvidenceDesk.Encrypted("open sesame", "owner"), "locked.pdf")).ShouldBeRefused()).ShouldContain("opens only with a password");

    [Fact, Trait("Case", "T-042")]
    public async Task A_restricted_file_is_lifted_only_by_who_says_he_may()
    {
        var editor = await app.As(Role.Editor);
        var locked = EvidenceDesk.Encrypted("", "owner");
        var refused = await editor.Bring(locked, "restricted.pdf");
        (await refused.ShouldBeRefused("right")).ShouldContain("confirm that you have the right to");
        Page.Dom(await ConsoleVisitor.Text(refused)).QuerySelector("input[type=checkbox][name=right]").ShouldNotBeNull();
        var id = await editor.BringWell(locked, "restricted.pdf", ("right", "yes"));
        var waiting = (await app.Document(id)).Waiting!;
        waiting.Warnings[0].ShouldContain("restrictions were lifted");
        var bytes = await (await editor.Get($"/console/evidence/{id}/files/{waiting.File.Sha}")).Content.ReadAsByteArrayAsync();
        Encoding.Latin1.GetString(bytes).ShouldNotContain("/Encrypt");
    }

    [Theory, Trait("Case", "T-047")]
    [InlineData("Public")]
    [InlineData("OnRequest")]
    public async Task A_file_that_could_act_by_itself_is_refused(string access)
    {
        var active = Samples.OnePage(catalog: "/OpenAction << /S /J#61vaScript /JS (app.alert(1)) >>");
        (await (await (await app.As(Role.Editor)).Bring(active, "active.pdf", ("class", access))).ShouldBeRefused()).ShouldContain("JavaScript");
    }

    [Fact, Trait("Case", "T-054")]
    public async Task Without_the_reader_a_pdf_is_refused_with_that_reason()
    {
        var intake = new EvidenceIntake(new FileStore(app.Store, new ChunkCache())) { Tools = new PdfTools { Qpdf = "qpdf-is-not-here" } };
        var description = new EvidenceDescription { Title = "t", Kind = EvidenceKind.Policy, Class = EvidenceClass.Public };
        var result = await intake.Take(app.Vendor, description, new MemoryStream(Samples.OnePage()), "a.pdf", false, default);
        result.ShouldBeOfType<IntakeResult.Refused>().Problems.Single().Rule.ShouldContain("qpdf");
    }

    [Fact]
    public async Task Every_field_that_is_wrong_is_named_at_once()
    {
        var answer = await (await app.As(Role.Editor)).Bring(Samples.OnePage(), "a.pdf", ("kind", "Novel"), ("class", ""), ("from", "2026-02-01"), ("to", "2026-01-01"), ("validUntil", "soon"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Page.Dom(await ConsoleVisitor.Text(answer)).QuerySelectorAll(".errors a").Select(a => a.GetAttribute("href")).ShouldBe(["#f-kind", "#f-class", "#f-validUntil", "#f-to"], ignoreOrder: true);
    }

    [Fact, Trait("Case", "T-071")]
    public async Task A_foreign_document_answers_as_a_missing_one()
    {
        var id = await (await app.As(Role.Editor)).BringWell(Samples.OnePage(), "a.pdf");
        var sha = (await app.Document(id)).Waiting!.File.Sha;
        var stranger = await app.As(ConsoleApp.Both, app.Other);
        foreach (var path in new[] { "", "/files/" + sha })
            (await Seen(await stranger.Get($"/console/evidence/{id}{path}"))).ShouldBe(await Seen(await stranger.Get($"/console/evidence/{Guid.NewGuid()}{path}")));
        foreach (var path in new[] { "/publications", "/returns" })
            (await Seen(await stranger.Post($"/console/evidence/{id}{path}", ("sha", sha), ("comment", "x")))).ShouldBe(await Seen(await stranger.Post($"/console/evidence/{Guid.NewGuid()}{path}", ("sha", sha), ("comment", "x"))));
        Task<HttpResponseMessage> Version(Guid document) => stranger.Upload($"/console/evidence/{document}/versions", new ByteArrayContent(Samples.OnePage()), "a.pdf", EvidenceDesk.Fields());
        (await Seen(await Version(id))).ShouldBe(await Seen(await Version(Guid.NewGuid())));
    }

    [Fact, Trait("Case", "T-084")]
    public async Task A_post_from_elsewhere_is_refused()
    {
        var editor = await app.As(Role.Editor);
        var before = await Count();
        foreach (var path in new[] { "/console/evidence", $"/console/evidence/{await editor.BringWell(Samples.OnePage(), "a.pdf")}/versions" })
        {
            (await editor.Post(path, Form())).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "no stamp");
            (await editor.Post(path, Form(("stamp", "AAAA")))).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "wrong stamp");
            (await editor.Post(path, Form(("title", "x"), ("stamp", editor.Stamp)))).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "stamp not first");
            (await editor.Post(path, Form(("stamp", editor.Stamp)), "https://elsewhere.example")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "other origin");
            (await editor.Post(path, ConsoleVisitor.Encoded([("stamp", editor.Stamp)]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "not multipart");
            (await editor.Post(path, new ByteArrayContent([1, 2]) { Headers = { { "Content-Type", "multipart/form-data" } } })).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "no boundary");
            (await editor.Post(path, new ByteArrayContent([1, 2]) { Headers = { { "Content-Type", "multipart/form-data; boundary=a" } } })).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "broken");
        }
        (await Count()).ShouldBe(before + 1);
    }

    [Theory, Trait("Case", "T-051")]
    [InlineData("C:\\docs\\a.pdf", "a.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\r\nSet-Cookie: x", "aSet-Cookie x")]
    [InlineData("rep\u202Efdp.exe", "repfdp.exe")]
    [InlineData("x.pdf\0.png", "x.pdf.png")]
    [InlineData("報告書.pdf", "報告書.pdf")]
    [InlineData("...", "document")]
    [InlineData("", "document")]
    public void A_name_is_made_fit_for_a_readers_disk(string typed, string kept) => FileName.Clean(typed).ShouldBe(kept);

    [Fact]
    public async Task Real_evidence_is_taken_or_refused_in_words()
    {
        if (Samples.Evidence() is not { } folder) return;
        var editor = await app.As(Role.Editor);
        var (taken, refused) = (0, 0);
        foreach (var file in Directory.GetFiles(folder, "*.pdf").Order(StringComparer.Ordinal).Where(f => new FileInfo(f).Length < 400_000).Take(16))
        {
            var answer = await editor.Bring(await File.ReadAllBytesAsync(file), Path.GetFileName(file), ("right", "yes"));
            if (answer.StatusCode == HttpStatusCode.SeeOther) taken++;
            else
            {
                refused++;
                output.WriteLine($"{Path.GetFileName(file)}: {await answer.ShouldBeRefused()}");
            }
        }
        output.WriteLine($"{taken} taken, {refused} refused");
        taken.ShouldBeGreaterThan(refused);
    }

    private Task<long> Count() => app.Store.Query(sql => sql.Number("select count(*) from evidence_rows where tenant = @tenant", ("@tenant", app.Vendor.Tenant)));

    private static MultipartFormDataContent Form(params (string Name, string Value)[] first)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in first.Concat(EvidenceDesk.Fields())) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(Samples.OnePage()), "file", "a.pdf");
        return form;
    }

    private static async Task<string> Seen(HttpResponseMessage answer)
        => string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key != "Date").Select(h => h.Key + ":" + string.Join(',', h.Value)).Order().Prepend(answer.StatusCode.ToString())) + await ConsoleVisitor.Text(answer);
}
